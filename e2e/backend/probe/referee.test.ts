import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoAgent, outsider, secondAgent } from '../office/users.ts'
import { expect, openServer, test, type Server } from '../fixture.ts'
import { documented, judge, jurisdiction, publishedValidator, type DocumentedCase } from './referee.ts'
import { samples, spoil, type Sample } from './samples.ts'

const login = {
  agent: { 'X-User-Id': demoAgent._id, 'X-Auth-Token': demoAgent.authToken },
  ordinary: { 'X-User-Id': secondAgent._id, 'X-Auth-Token': secondAgent.authToken },
  outsider: { 'X-User-Id': outsider._id, 'X-Auth-Token': outsider.authToken },
}

test('each request is judged by a published schema or by the documentation', () => {
  for (const line of jurisdiction()) console.log(`  ${line}`)
  expect(jurisdiction().length).toBeGreaterThan(20)
})

function ask(server: Server, { route, part }: Sample, value: unknown) {
  const [method, path] = route.split(' ') as [string, string]
  const address = `/api/v1/${path}`
  return part === 'body'
    ? server.call(method, address, value, login.agent)
    : server.call(method, `${address}?${new URLSearchParams(value as Record<string, string>)}`, undefined, login.agent)
}

for (const dialect of ['v8', 'v9'] as const) {
  for (const sample of samples.filter(({ matchBefore9 }) => dialect === 'v9' || !matchBefore9)) {
    test(`${sample.route} refuses in ${dialect} exactly what its published schema refuses, in its words`, async ({
      server,
    }) => {
      await server.settings({ dialect, limiter: false })
      const validator = await publishedValidator(sample.validator)
      const suffix = dialect === 'v8' ? ' [invalid-params]' : ''
      const errorType = dialect === 'v9' && sample.part === 'query' ? 'error-invalid-params' : 'invalid-params'
      for (const { how, value } of [
        { how: 'nothing is spoilt', value: sample.value },
        ...spoil(sample.value, sample.part),
      ]) {
        const wanted = validator(structuredClone(value))
          ? 'accepted'
          : { success: false, error: validator.errors![0]!.message + suffix, errorType }
        const { status, body } = await ask(server, sample, value)
        const isRefused = status === 400 && String(body.errorType).endsWith('invalid-params')
        expect(isRefused ? body : 'accepted', how).toEqual(wanted)
      }
    })
  }
}

function without(value: unknown, paths: string[]): unknown {
  const copy = structuredClone(value)
  for (const path of paths) {
    const steps = path.split('.')
    const last = steps.pop()!
    const node = steps.reduce<any>((at, step) => at?.[step], copy)
    if (node && last in node) node[last] = `some ${typeof node[last]}`
  }
  return copy
}

async function send(server: Server, route: string, { as, path, headers, body, file }: DocumentedCase) {
  const [method, pattern] = route.split(' ') as [string, string]
  const wanted = path ?? pattern
  const address = wanted.startsWith('/') ? wanted : `/api/v1/${wanted}`
  const sent = { ...(as ? login[as] : {}), ...headers }
  if (!file) return server.call(method, address, body, sent)
  const form = new FormData()
  const bytes = file.base64 === undefined ? Buffer.alloc(file.size ?? 0) : Buffer.from(file.base64, 'base64')
  form.append(file.field, new File([bytes], file.name, { type: file.type }))
  const response = await fetch(server.origin + address, { method, headers: sent, body: form })
  return { status: response.status, body: (await response.json()) as unknown }
}

for (const { route, settings, state, cases } of documented) {
  for (const documentedCase of cases ?? []) {
    test(`${route}: ${documentedCase.name}, as documented`, async () => {
      const dataFolder = await mkdtemp(join(tmpdir(), 'backend-'))
      const stored = documentedCase.state ?? state
      if (stored) await writeFile(join(dataFolder, 'state.json'), JSON.stringify(stored))
      const server = await openServer({ dataFolder })
      await server.settings({
        ...settings,
        ...documentedCase.settings,
        ...(documentedCase.dialect ? { dialect: documentedCase.dialect } : {}),
      })
      const { status, body } = await send(server, route, documentedCase)
      const { madeByServer = [] } = documentedCase
      expect({ status, body: without(body, madeByServer) }).toEqual({
        status: documentedCase.status,
        body: without(documentedCase.answer, madeByServer),
      })
      await server.stop()
      await rm(dataFolder, { recursive: true })
    })
  }
}

test('a request is judged by schema or table, and a bad one is named', async () => {
  const page = { token: 't', pageInfo: { change: 'url', title: '', location: { href: 'x' } } }
  const post = (path: string, body: unknown, query = {}) => judge('POST', `/api/v1/livechat/${path}`, query, body)
  expect(await post('page.visited', page)).toEqual({
    by: 'published schema',
    name: 'isPOSTLivechatPageVisitedParams',
    fine: true,
  })
  expect(await post('page.visited', { ...page, referrer: 'x' })).toMatchObject({
    fine: false,
    says: 'must NOT have additional properties',
  })
  expect(await post('page.visited', { ...page, token: 1 })).toMatchObject({
    fine: false,
    says: 'is taken only because values are coerced',
  })
  expect(await post('page.visited', page, { more: '1' })).toMatchObject({
    fine: false,
    says: 'carries more than its body',
  })
  expect(await post('visitor', { visitor: { token: 't' } })).toEqual({
    by: 'documented table',
    name: 'POST livechat/visitor',
    fine: true,
  })
  expect(await post('visitor', { visitor: { token: 't', nickname: 'x' } })).toMatchObject({
    fine: false,
    says: 'Match error: Unknown key in field visitor.nickname',
  })
  expect(await post('page.visit', page)).toMatchObject({ by: 'nothing', fine: false })
  expect(await judge('GET', '/api/v1/livechat/visitor/t', {}, undefined)).toMatchObject({
    by: 'published schema',
    fine: true,
  })
  expect(await judge('GET', '/cdn/tagalong.js', {}, undefined)).toMatchObject({ by: 'nothing', fine: true })
})
