/** `diagnose()` says what is true for this visitor, and leaves no trace on the console. */
import { expect, test, type Visitor } from '../../test.ts'

const diagnose = ({ page }: Visitor) =>
  page.evaluate(
    () =>
      new Promise<{ name: string; ok: boolean; code?: string; says: string }[]>((resolve) =>
        window.Tagalong((chat) => void chat.diagnose().then(resolve)),
      ),
  )

test('where all is well every check passes and the console stays empty', async ({ visitor, server, said }) => {
  await server.settings({ limiter: false })
  await visitor.go('/')
  await expect.poll(() => server.visits()).toHaveLength(1)
  const checks = await diagnose(visitor)
  expect(checks.filter(({ ok }) => !ok)).toEqual([])
  expect(checks.map(({ name }) => name).slice(-5)).toEqual(['requests', 'queue', 'dropped', 'cost', 'warnings'])
  expect(checks.find(({ name }) => name === 'cost')?.says).toMatch(/^On this page so far: \d+ requests, \d+\.\d kB/)
  expect(said).toEqual([])
})

test('what waits behind a limit is counted, with the reason and until when', async ({ visitor, server }) => {
  await visitor.go('/')
  await expect.poll(() => server.visits()).toHaveLength(1)
  await server.faults({ match: 'page.visited', limit: { calls: 0, windowMs: 60_000 } })
  for (const name of ['a', 'b', 'c']) {
    await visitor.push(`/${name}`, name)
    await expect.poll(visitor.waiting).toBeGreaterThan(0)
  }
  await expect.poll(async () => (await server.ledger('page.visited')).some(({ status }) => status === 429)).toBe(true)
  await expect
    .poll(async () => (await diagnose(visitor)).find(({ name }) => name === 'queue'))
    .toEqual({
      name: 'queue',
      ok: false,
      code: 'limited',
      says: expect.stringMatching(
        /^3 visits waiting to be sent, not before \d\d:\d\d:\d\d: the server takes no more calls/,
      ),
    })
  expect((await diagnose(visitor)).find(({ name }) => name === 'limits')).toMatchObject({ ok: false, code: 'limited' })
})

test('it says how the server is spoken to, and what CORS is still needed for', async ({ visitor, server }) => {
  const checksOf = async () => {
    const checks = await diagnose(visitor)
    const { says } = checks.find(({ name }) => name === 'requests')!
    const { ok, code, says: aboutCors } = checks.find(({ name }) => name === 'cors')!
    return [says, code ?? ok, aboutCors]
  }
  await server.settings({ limiter: false, cors: 'off' })
  await server.faults({ match: 'page.visited', latencyMs: 60_000 })
  await visitor.go('/')
  await visitor.launcher.waitFor()
  expect(await checksOf()).toEqual([
    expect.stringContaining('not known yet'),
    'not-known',
    expect.stringContaining('Ask again once a page has been reported.'),
  ])
  await server.faults()
  await visitor.go('/next')
  await expect
    .poll(checksOf)
    .toEqual([
      expect.stringContaining('need no preflight'),
      true,
      expect.stringContaining('is needed only for sending files and forget().'),
    ])
  await server.settings({ dialect: 'v7' })
  await visitor.go('/old')
  await expect
    .poll(checksOf)
    .toEqual([
      expect.stringContaining('each with a preflight'),
      'blocked',
      expect.stringContaining('“Enable CORS” (API_Enable_CORS)'),
    ])
})

test('a server that refuses every report is named in the queue with its own sentence', async ({ visitor, server }) => {
  await server.faults({ match: 'page.visited', status: 403, error: 'Workspace is read-only' })
  await visitor.go('/')
  await expect
    .poll(async () => (await diagnose(visitor)).find(({ name }) => name === 'queue'))
    .toEqual({
      name: 'queue',
      ok: false,
      code: 'refused',
      says: '1 visit waiting to be sent, not before the next page is loaded: the server refused it and said “Workspace is read-only”. Nothing is lost.',
    })
})

test('the text for somebody who can help has no token and no page in it', async ({ visitor, server }) => {
  await visitor.go('/secret-page')
  await expect.poll(() => server.visits()).toHaveLength(1)
  const [{ token } = { token: '' }] = await server.visits()
  const text = await visitor.page.evaluate(
    () => new Promise<string>((resolve) => window.Tagalong((chat) => void chat.diagnose({ text: true }).then(resolve))),
  )
  expect(text).toMatch(/^Tagalong \d+\.\d+\.\d+ on http:\/\/127\.0\.0\.1:\d+, server http/)
  expect(text).toContain('ok   server: ')
  expect(text).not.toContain(token)
  expect(text).not.toContain('secret-page')
})

test('with debug each step of a visit is a line of its own', async ({ visitor, site, server, tag, said }) => {
  site.page('/shop', { title: 'Shop', head: tag('data-debug') })
  await visitor.go('/shop')
  await expect.poll(() => server.visits()).toHaveLength(1)
  await visitor.push('/next', 'Next')
  await expect
    .poll(() => said.filter((line) => /\/next|page\.visited: 200/.test(line)).length)
    .toBeGreaterThanOrEqual(3)
  const steps = said.map((line) => line.replace(site.origin, ''))
  expect(steps).toContain('log: [Tagalong] visit stored: /next “Next”')
  expect(steps).toContain('log: [Tagalong] visit delivered: /next')
})
