import { expect, test, type Server } from '../../../e2e/backend/fixture.ts'
import { run } from '../run.ts'
import { decodeTexts } from '../server/textFrames.ts'
import type { Report, Way } from './contracts.ts'

const serverCheck = async (server: Server, ...more: string[]) => {
  const out: string[] = []
  const terminal = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void out.push(line),
    environment: {},
  }
  const code = await run(['server-check', server.origin, ...more], terminal, '')
  return { code, out, said: out.join('\n') }
}

const reportOf = async (server: Server, ...more: string[]): Promise<Report> =>
  JSON.parse((await serverCheck(server, '--json', ...more)).said) as Report

const waysOf = ({ calls }: Report): Record<string, Way> => Object.fromEntries(calls.map(({ call, way }) => [call, way]))
const resultsOf = ({ checks }: Report) =>
  Object.fromEntries(checks.map(({ name, ok, code }) => [name, ok ? 'ok' : code]))

/** How a page asks, posts, sends a file, and edits, by era and CORS setting. */
const eras: [dialect: string, cors: string, ways: { get: Way; post: Way; file: Way; edit: Way }, version: string][] = [
  ['v0', 'off', { get: 'blocked', post: 'blocked', file: 'blocked', edit: 'blocked' }, '0.74.3'],
  ['v0', '*', { get: 'simple', post: 'proper', file: 'blocked', edit: 'blocked' }, '0.74.3'],
  ['v6', 'off', { get: 'simple', post: 'blocked', file: 'blocked', edit: 'blocked' }, '6.14'],
  ['v6', '*', { get: 'simple', post: 'proper', file: 'proper', edit: 'proper' }, '6.14'],
  ['v7', 'off', { get: 'simple', post: 'blocked', file: 'blocked', edit: 'blocked' }, '7.5'],
  ['v7', '*', { get: 'simple', post: 'proper', file: 'proper', edit: 'proper' }, '7.5'],
  ['current', 'off', { get: 'simple', post: 'simple', file: 'blocked', edit: 'blocked' }, '8.3'],
  ['current', '*', { get: 'simple', post: 'simple', file: 'proper', edit: 'proper' }, '8.3'],
  ['v9', 'off', { get: 'simple', post: 'simple', file: 'blocked', edit: 'blocked' }, '9.0'],
  ['v9', '*', { get: 'simple', post: 'simple', file: 'proper', edit: 'proper' }, '9.0'],
]

for (const [dialect, cors, ways, version] of eras)
  test(`a ${dialect} server with CORS ${cors} answers every call as the widget expects, each in the way of its era`, async ({
    server,
  }) => {
    await server.settings({ dialect, cors })
    const report = await reportOf(server, '--conversation')
    expect([report.version, report.deviations]).toEqual([version, []])
    for (const [call, way] of Object.entries(waysOf(report))) {
      const [method = ''] = call.split(' ')
      const expected = { GET: ways.get, POST: call.includes('/upload/') ? ways.file : ways.post }[method] ?? ways.edit
      expect.soft(way, call).toBe(expected)
    }
    expect(resultsOf(report)).toMatchObject({ version: 'ok', websocket: 'ok', limits: 'ok', visitor: 'ok' })
    expect(resultsOf(report).uploads).toBe(ways.file === 'proper' ? 'ok' : 'blocked')
  })

test('a run leaves no visitor, calls no agent and mails nobody', async ({ server }) => {
  const { code } = await serverCheck(server)
  expect(code).toBe(0)
  expect((await server.ask('GET', 'visitors')).visitors).toEqual([])
  expect((await server.ask('GET', 'rooms')).rooms).toEqual([])
  expect((await server.ask('GET', 'mails')).mails).toEqual([])
  const paths = (await server.ledger()).map(({ path }) => path)
  expect(paths).not.toContain('/api/v1/livechat/room')
  expect(paths).not.toContain('/api/v1/livechat/offline.message')
})

test('a visitor that may not be deleted is said to stay', async ({ server }) => {
  await server.faults({ match: 'DELETE /api/v1/livechat/visitor', status: 403, error: '[error-not-allowed]' })
  expect((await serverCheck(server)).said).toContain('stays on the server, under the name “Tagalong server check”')
})

test('with CORS off it is said what still needs it, and nothing else is blocked', async ({ server }) => {
  await server.settings({ cors: 'off' })
  const { said, code } = await serverCheck(server)
  expect(said).toContain('is needed only for sending files and forget().')
  expect(code).toBe(1)
})

test('a firewall that refuses the odd header leaves the proper way', async ({ server }) => {
  await server.faults({ contentType: 'text/plain', status: 403, html: true })
  const report = await reportOf(server)
  expect(waysOf(report)['POST livechat/visitor']).toBe('proper')
  expect(report.deviations).toEqual([])
})

test('an answer that no server was seen to give is named with what was expected', async ({ server }) => {
  await server.faults([
    { match: 'POST /api/v1/livechat/message', status: 400, error: 'error-of-tomorrow' },
    { match: 'POST /api/v1/livechat/room.survey', status: 404 },
  ])
  const { said, code } = await serverCheck(server)
  expect(said).toContain('POST livechat/message: expected a success or invalid-room, got 400 error-of-tomorrow.')
  expect(said).toMatch(/POST livechat\/room\.survey +missing +404/)
  expect(code).toBe(1)
})

test('calls the limiter does not take are said to be not made', async ({ server }) => {
  await server.faults({ match: 'POST /api/v1/livechat/page.visited', limit: { calls: 0, windowMs: 60_000 } })
  const report = await reportOf(server)
  expect([waysOf(report)['POST livechat/page.visited'], report.deviations]).toEqual(['not made', []])
})

const websocketOf = async (server: Server) => (await reportOf(server)).checks.find(({ name }) => name === 'websocket')

test('the websocket is spoken to as the widget does, and one that is kept out is named', async ({ server }) => {
  expect(await websocketOf(server)).toMatchObject({ ok: true })
  const { frames } = await server.ask('GET', 'sockets')
  expect(frames.map(({ frame }: { frame: { msg: string } }) => frame.msg)).toEqual(['connect', 'sub'])
  await server.settings({ limiter: false })
  await server.faults({ socket: 'refuse' })
  expect(await websocketOf(server)).toMatchObject({ ok: false, code: 'no-socket' })
})

test('a websocket on which nobody answers is told from none', { tag: '@slow' }, async ({ server }) => {
  await server.faults({ socket: 'silent' })
  expect(await websocketOf(server)).toMatchObject({ ok: false, code: 'no-ddp' })
})

test('texts are read out of whatever pieces they come in', () => {
  const frame = (text: string) => {
    const payload = Buffer.from(text)
    const length = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 255]
    return Buffer.concat([Buffer.from([0x81, ...length]), payload])
  }
  const long = 'x'.repeat(300)
  const bytes = Buffer.concat([frame('one'), Buffer.from([0x89, 0]), frame(long), frame('three')])
  for (let cut = 0; cut <= bytes.length; cut++) {
    const first = decodeTexts(bytes.subarray(0, cut))
    const second = decodeTexts(Buffer.concat([first.rest, bytes.subarray(cut)]))
    expect([...first.texts, ...second.texts]).toEqual(['one', long, 'three'])
  }
})

test('a server that says it is another than it answers as is named', async ({ server }) => {
  await server.faults({ match: 'GET /api/v1/livechat/tagalong-server-check', html: true })
  expect((await serverCheck(server)).said).toContain('says it is 8.3, but answers as 5.2 to 7.5 does')
})

test('a server that tells no version is known by its answers', async ({ server }) => {
  await server.settings({ dialect: 'v0' })
  await server.faults({ match: '/api/info', status: 404, html: true })
  expect((await serverCheck(server)).said).toContain('It answers as 0.70 to 5.1 does.')
})

test('a server that does not answer is named with the reason, and nothing more is tried', async ({ server }) => {
  await server.faults({ plug: true })
  const { said, code } = await serverCheck(server)
  expect(said).toContain(`${server.origin} (ECONNREFUSED: nothing listens at this address and port)`)
  expect(said).not.toContain('CALL')
  expect(code).toBe(1)
})
