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
  expect(checks.map(({ name }) => name).slice(-3)).toEqual(['queue', 'dropped', 'cost'])
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
