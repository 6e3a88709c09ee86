import { expect, test, trail } from '../../engines/test.ts'

const patient = { timeout: 50_000 }
const numbered = (count: number, from = 1) => Array.from({ length: count }, (_, n) => `/p${n + from} P${n + from}`)

test.beforeEach(({ server }) => server.settings({ limiter: false }))

test('pages made and reloaded while the server is away arrive in order when it is back @promise', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
  await server.faults({ match: '/api/', drop: 'before' })
  const asked = async () => (await server.ledger('livechat/config')).length
  const before = await asked()
  for (let n = 1; n <= 5; n++) await visitor.push(`/p${n}`, `P${n}`)
  await expect.poll(() => visitor.waiting()).toBe(5)
  // Had the page gone before it heard of its first report, and the server been back as soon, that one would count as delivered: see the README's rule.
  await expect.poll(asked).toBeGreaterThan(before)
  await visitor.page.reload()
  for (let n = 6; n <= 10; n++) await visitor.push(`/p${n}`, `P${n}`)
  await expect.poll(() => visitor.waiting()).toBe(10)
  await server.faults()
  await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', ...numbered(10)])
  expect(await visitor.waiting()).toBe(0)
})

for (const [name, fault] of Object.entries({
  'errors of the server': { status: 503 },
  'a captive portal': { html: true },
  'a proxy’s 403': { status: 403, html: true },
  'an unknown route': { status: 404, html: true },
  'a wrong method': { status: 405 },
  'a lost login': { status: 401 },
  'a proxy’s patience': { status: 408, html: true },
}))
  test(`${name}: nothing is lost`, async ({ visitor, server, site }) => {
    await visitor.go('/')
    await expect.poll(() => trail(server, site)).toHaveLength(1)
    await server.faults({ match: 'page.visited', ...fault })
    await visitor.push('/p1', 'P1')
    await visitor.push('/p2', 'P2')
    await expect.poll(async () => (await server.ledger('page.visited')).length, patient).toBeGreaterThan(2)
    await server.faults()
    await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/p1 P1', '/p2 P2'])
  })

test('an answer that is lost doubles no more than the one page it was about @promise', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await server.faults({ match: 'page.visited', drop: 'after', times: 1 })
  for (const page of ['/p1', '/p2', '/p3']) await visitor.push(page, page.slice(1).toUpperCase())
  await expect.poll(async () => (await trail(server, site)).at(-1), patient).toBe('/p3 P3')
  expect(await trail(server, site)).toEqual(['/ Page /', '/p1 P1', '/p1 P1', '/p2 P2', '/p3 P3'])
})

test('the tab closed, what waited leaves from the next one', async ({ visitor, server, site }) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await server.faults({ match: '/api/', drop: 'before' })
  for (let n = 1; n <= 3; n++) await visitor.push(`/p${n}`, `P${n}`)
  // What is on its way as a tab is closed may count as delivered: here it is known that it was not.
  await expect.poll(async () => (await server.ledger('page.visited')).length).toBeGreaterThan(1)
  await expect.poll(visitor.holdsLock).toBe(false)
  const next = await visitor.tab()
  await visitor.close()
  await server.faults()
  await next.go('/next')
  await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', ...numbered(3), '/next Page /next'])
})

test('where the server acts and its answers cannot be read, the queue is held, one record a page load, and the reason said once @promise', async ({
  visitor,
  server,
  site,
  said,
}) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await server.settings({ cors: 'executed-unreadable' })
  await visitor.push('/p1', 'P1')
  await visitor.push('/p2', 'P2')
  await expect
    .poll(() => said.filter((line) => /CORS/.test(line) && line.includes('[Tagalong]')), patient)
    .toHaveLength(1)
  expect((await trail(server, site)).filter((line) => line === '/p1 P1').length).toBeLessThanOrEqual(3)
  expect(await visitor.waiting()).toBe(2)
  const before = (await server.ledger('page.visited')).length
  await visitor.page.reload()
  await expect.poll(async () => (await server.ledger('livechat/config')).length).toBeGreaterThan(1)
  await expect.poll(async () => (await server.ledger('page.visited')).length, patient).toBe(before + 1)
  await server.settings({ cors: '*' })
  await visitor.page.reload()
  await expect.poll(() => visitor.waiting(), patient).toBe(0)
  expect((await trail(server, site)).at(-1)).toBe('/p2 P2')
})

test('what the server refuses for as long as an administrator likes is held, tried once a page load, and said once in its own words', async ({
  visitor,
  server,
  site,
  said,
}) => {
  const told = () => said.filter((line) => line.includes('Workspace is read-only'))
  const calls = () => server.ledger('page.visited')
  await server.faults({ match: 'page.visited', status: 403, error: 'Workspace is read-only' })
  await visitor.go('/')
  await expect.poll(told).toHaveLength(1)
  await visitor.push('/p1', 'P1')
  await visitor.push('/p2', 'P2')
  await expect.poll(() => visitor.waiting()).toBe(3)
  // Longer than what is tried again by itself would wait.
  await visitor.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 4000)))
  expect([(await calls()).length, told().length]).toEqual([1, 1])
  await visitor.page.reload()
  await expect.poll(calls, patient).toHaveLength(2)
  await server.faults()
  await visitor.page.reload()
  await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/p1 P1', '/p2 P2'])
})

test('with CORS switched off, on a server that reads only what needs it, the queue is held and the setting to change is said', async ({
  visitor,
  server,
  site,
  said,
}) => {
  await server.settings({ dialect: 'v7', cors: 'off' })
  await visitor.go('/')
  await expect
    .poll(() => said.filter((line) => line.includes('[Tagalong]') && /CORS/.test(line)), patient)
    .toHaveLength(1)
  expect(await visitor.waiting()).toBe(1)
  await server.settings({ cors: '*' })
  await visitor.go('/next')
  await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/next Page /next'])
})
