import { expect, test, trail, type Entry, type Page } from '../../test.ts'

/** Runs in the page with the API at hand; what it rejects with comes back as its code. */
const ask = <T>(page: Page, run: string): Promise<T> =>
  page.evaluate(
    (source) =>
      new Promise<T>((resolve, reject) =>
        window.Tagalong((api) => {
          new Function('api', `return (async () => (${source}))()`)(api).then(resolve, (error: { code: string }) =>
            error.code ? resolve({ code: error.code } as T) : reject(error),
          )
        }),
      ),
    run,
  )
/** Of a simple post an older server has read nothing. */
const bodies = (entries: Entry[]) =>
  entries.flatMap(({ body }) => (body ? [(body as { visitor: Record<string, unknown> }).visitor] : []))

test('identify registers, merges what is said at once, and never says the same twice', async ({ visitor, server }) => {
  await server.settings({ limiter: false })
  await visitor.go('/')
  const first = await ask<{ visitorId: string }>(
    visitor.page,
    `Promise.all([api.identify({ name: 'Ada' }), api.identify({ email: 'Ada@example.com' })]).then(([one]) => one)`,
  )
  expect(first).toMatchObject({ visitorId: expect.any(String) })
  const registrations = bodies(await server.ledger('POST /api/v1/livechat/visitor'))
  expect(registrations.at(-1)).toMatchObject({ name: 'Ada', email: 'Ada@example.com' })
  expect(registrations.length).toBeLessThanOrEqual(2)
  await ask(visitor.page, `api.identify({ name: 'Ada' })`)
  await visitor.go('/next')
  await ask(visitor.page, `api.identify({ name: 'Ada', email: 'Ada@example.com' })`)
  expect(await server.ledger('POST /api/v1/livechat/visitor')).toHaveLength(registrations.length)
  await ask(visitor.page, `api.identify({ name: 'Ada Lovelace' })`)
  expect(bodies(await server.ledger('POST /api/v1/livechat/visitor')).at(-1)).toMatchObject({
    name: 'Ada Lovelace',
    email: 'Ada@example.com',
  })
})

test('what is not said of a guest hides nothing that an option says', async ({ visitor, server, site, tag }) => {
  await server.settings({ departments: [{ _id: 'd1', name: 'Sales', showOnRegistration: true }] })
  site.page('/', { head: tag('data-department="Sales"') })
  await visitor.go('/')
  await ask(visitor.page, `api.identify({ name: 'Ada', department: undefined, phone: undefined })`)
  expect(bodies(await server.ledger('POST /api/v1/livechat/visitor'))).toEqual([
    { token: expect.any(String), name: 'Ada', department: 'Sales' },
  ])
})

test('a bad field is named and left out, and the visitor is registered all the same', async ({ visitor, server }) => {
  // Servers of 8.3 take any address: those before refuse what is none.
  await server.settings({ limiter: false, dialect: 'v7' })
  await visitor.go('/')
  await visitor.page.evaluate(() => {
    window.errors = []
    document.addEventListener('tagalong:error', (event) =>
      window.errors.push((event as CustomEvent<{ says: string }>).detail),
    )
  })
  const made = await ask<{ visitorId: string }>(
    visitor.page,
    `api.identify({ name: 'Ada', email: 'not an address', department: 'Nowhere' })`,
  )
  expect(made.visitorId).toBeTruthy()
  expect(bodies(await server.ledger('POST /api/v1/livechat/visitor')).at(-1)).toEqual({
    token: expect.any(String),
    name: 'Ada',
  })
  await expect
    .poll(() => visitor.page.evaluate(() => window.errors.map(({ says }) => says).join(' ')))
    .toMatch(/department[\s\S]*email|email[\s\S]*department/)
})

test('a registration asked for while the server is away survives a reload and is made when it is back', async ({
  visitor,
  server,
  site,
}) => {
  await server.settings({ limiter: false })
  await visitor.go('/')
  await visitor.launcher.waitFor()
  await expect.poll(() => server.visits()).toHaveLength(1)
  await visitor.launcher.hover()
  await visitor.page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => /chat-/.test(name)),
  )
  await server.faults({ match: '/api/', drop: 'before' })
  expect(await ask(visitor.page, `api.identify({ name: 'Grace' })`)).toEqual({ code: 'unreachable' })
  await visitor.go('/later')
  await server.faults()
  await expect
    .poll(async () => bodies(await server.ledger('POST /api/v1/livechat/visitor')).at(-1), { timeout: 40_000 })
    .toMatchObject({ name: 'Grace' })
  await expect.poll(() => trail(server, site), { timeout: 40_000 }).toEqual(['/ Page /', '/later Page /later'])
})

test('the token the server answers with is taken over in every tab, and what waits leaves under it', async ({
  visitor,
  server,
}) => {
  await server.settings({ limiter: false })
  // Somebody else with this phone number is already known.
  const known = 'a'.repeat(64)
  await fetch(`${server.origin}/api/v1/livechat/visitor`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ visitor: { token: known, phone: '123456789' } }),
  })
  await visitor.go('/')
  const other = await visitor.tab()
  await other.go('/other')
  await expect.poll(() => server.visits()).toHaveLength(2)
  await server.faults({ match: 'page.visited', status: 503 })
  await other.push('/waiting', 'Waiting')
  await expect.poll(() => other.waiting()).toBe(1)
  await ask(visitor.page, `api.identify({ phone: '123456789' })`)
  expect(await ask(visitor.page, 'api.getVisitorToken()')).toBe(known)
  await expect.poll(() => ask(other.page, 'api.getVisitorToken()')).toBe(known)
  await server.faults()
  await expect
    .poll(async () => (await server.visits()).find(({ title }) => title === 'Waiting')?.token, { timeout: 40_000 })
    .toBe(known)
})

test('a token that the host names is looked up at the server first, then used', async ({ visitor, server }) => {
  const given = 'b'.repeat(40)
  await fetch(`${server.origin}/api/v1/livechat/visitor`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ visitor: { token: given, name: 'Known' } }),
  })
  await visitor.go('/')
  await ask(visitor.page, `api.identify({ token: '${given}' })`)
  expect(await server.ledger(`GET /api/v1/livechat/visitor/${given}`)).toHaveLength(1)
  expect(await ask(visitor.page, 'api.getVisitorToken()')).toBe(given)
})

test('reset gives the next visitor a new token; what waits leaves under the old one', async ({ visitor, server }) => {
  await visitor.go('/')
  const before = await ask(visitor.page, 'api.getVisitorToken()')
  await visitor.push('/old', 'Old')
  await server.faults({ match: 'page.visited', status: 503 })
  await visitor.push('/late', 'Late')
  await expect.poll(() => visitor.waiting()).toBeGreaterThan(0)
  await ask(visitor.page, 'api.reset()')
  const after = await ask(visitor.page, 'api.getVisitorToken()')
  expect(after).not.toBe(before)
  await server.faults()
  await visitor.push('/new', 'New')
  await expect.poll(() => server.visits(), { timeout: 40_000 }).toHaveLength(4)
  const tokens = Object.fromEntries((await server.visits()).map(({ title, token }) => [title, token]))
  expect(tokens).toMatchObject({ Old: before, Late: before, New: after })
})

test('forget deletes the visitor at the server and here', async ({ visitor, server }) => {
  await visitor.go('/')
  await ask(visitor.page, `api.identify({ name: 'Ada' })`)
  const before = await ask(visitor.page, 'api.getVisitorToken()')
  await ask(visitor.page, 'api.forget()')
  expect(
    (await server.ledger(`DELETE /api/v1/livechat/visitor/${before as string}`)).map(({ status }) => status),
  ).toEqual([200])
  expect(await ask(visitor.page, 'api.getVisitorToken()')).not.toBe(before)
})

test('many tabs opened at once are one visitor', async ({ visitor, server }) => {
  await server.settings({ limiter: false })
  const tabs = await Promise.all(Array.from({ length: 6 }, () => visitor.tab()))
  await Promise.all(tabs.map((tab, n) => tab.go(`/t${n}`)))
  await tabs[0]!.page.bringToFront()
  for (const tab of tabs) await tab.page.bringToFront()
  await expect.poll(async () => (await server.visits()).length).toBe(6)
  expect(new Set((await server.visits()).map(({ token }) => token)).size).toBe(1)
})
