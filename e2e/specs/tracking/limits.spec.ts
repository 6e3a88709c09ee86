import { expect, test, trail, type Page } from '../../test.ts'

const patient = { timeout: 55_000 }
const numbered = (count: number) => Array.from({ length: count }, (_, n) => `/p${n + 1} P${n + 1}`)

for (const [calls, windowMs] of [
  [3, 3000],
  [6, 8000],
] as const)
  test(`with ${calls} calls in ${windowMs} ms, everything arrives in order, refused at most once per window`, async ({
    visitor,
    server,
    site,
  }) => {
    await server.faults({ match: 'page.visited', limit: { calls, windowMs } })
    await visitor.go('/')
    for (let n = 1; n <= 11; n++) await visitor.push(`/p${n}`, `P${n}`)
    await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', ...numbered(11)])
    const refused = (await server.ledger('page.visited')).filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.length).toBeLessThanOrEqual(Math.ceil(12 / calls))
  })

test('a backlog of 200 meets at most one refusal per window, over tabs and reloads', async ({
  visitor,
  server,
  site,
}) => {
  test.setTimeout(120_000)
  await server.faults({ match: '/api/', drop: 'before' })
  await visitor.go('/')
  // More than fifty pages a second nobody sees.
  await visitor.page.evaluate(async () => {
    for (let n = 1; n <= 199; n++) {
      history.pushState({}, '', `/p${n}`)
      document.title = `P${n}`
      if (n % 40 === 0) await new Promise((resolve) => setTimeout(resolve, 1100))
    }
  })
  await expect.poll(() => visitor.waiting(), patient).toBe(200)
  await server.faults({ match: 'page.visited', limit: { calls: 40, windowMs: 2000 } })
  const other = await visitor.tab()
  await other.go('/other')
  await visitor.page.reload()
  await expect.poll(async () => (await server.visits()).length, { timeout: 100_000 }).toBe(201)
  const stored = await trail(server, site)
  expect(stored.slice(0, 200)).toEqual(['/ Page /', ...numbered(199)])
  const refused = (await server.ledger('page.visited')).filter(({ status }) => status === 429)
  expect(refused.length).toBeLessThanOrEqual(6)
})

test('while visits wait for the limiter, registering does not', async ({ visitor, server }) => {
  await server.faults({ match: 'page.visited', limit: { calls: 1, windowMs: 60_000 } })
  await visitor.go('/')
  await visitor.push('/p1', 'P1')
  await expect
    .poll(async () => (await server.ledger('page.visited')).filter(({ status }) => status === 429))
    .toHaveLength(1)
  await visitor.launcher.click()
  await expect
    .poll(async () => (await server.ledger('POST /api/v1/livechat/visitor')).map(({ status }) => status))
    .toEqual([200])
})

test('visits that are too many or too old are dropped, oldest first, and the host is told', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  site.page('/', { title: 'Bounded', head: tag('data-queue-records="5"') })
  await visitor.page.addInitScript(() => {
    window.drops = []
    document.addEventListener('tagalong:drop', (event) =>
      window.drops.push((event as CustomEvent<(typeof window.drops)[number]>).detail),
    )
  })
  await server.faults({ match: '/api/', drop: 'before' })
  await visitor.go('/')
  for (let n = 1; n <= 7; n++) await visitor.push(`/p${n}`, `P${n}`)
  await expect
    .poll(
      () => visitor.page.evaluate(() => window.drops.map(({ href, reason }) => `${new URL(href).pathname} ${reason}`)),
      patient,
    )
    .toEqual(['/ too-many', '/p1 too-many', '/p2 too-many'])
  await server.faults()
  await expect.poll(() => trail(server, site), patient).toEqual([3, 4, 5, 6, 7].map((n) => `/p${n} P${n}`))
})

test('a visit that is refused for good is dropped, the host is told, and the next ones leave', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.page.addInitScript(() => {
    window.drops = []
    document.addEventListener('tagalong:drop', (event) =>
      window.drops.push((event as CustomEvent<(typeof window.drops)[number]>).detail),
    )
  })
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  const refused = () => visitor.page.evaluate(() => window.drops.length)
  await server.faults({ match: 'page.visited', status: 413, html: true, times: 1 })
  await visitor.push('/p1', 'P1')
  await expect.poll(refused, patient).toBe(1)
  await server.faults({ match: 'page.visited', status: 400, times: 1 })
  await visitor.push('/p2', 'P2')
  await visitor.push('/p3', 'P3')
  await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/p3 P3'])
  expect(await visitor.page.evaluate(() => window.drops)).toEqual([
    expect.objectContaining({ title: 'P1', reason: 'refused' }),
    expect.objectContaining({ title: 'P2', reason: 'refused' }),
  ])
})

test('the change the server watches is asked again when a visit was not kept', async ({ visitor, server, site }) => {
  await server.settings({ limiter: false })
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await server.settings({ 'settings.historyMonitorType': 'title' })
  await visitor.push('/p1', 'P1')
  await visitor.push('/p2', 'P2')
  await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/p1 P1', '/p2 P2'])
  expect((await server.visits()).map(({ change }) => change)).toEqual(['url', 'title', 'title'])
  expect(await server.ledger('livechat/config')).toHaveLength(2)
})

test('on a v0 server, which takes visits only from registered visitors in a room, visits wait until there is one', async ({
  visitor,
  server,
  site,
}) => {
  await server.settings({ limiter: false, dialect: 'v0' })
  await visitor.go('/')
  await visitor.push('/p1', 'P1')
  // Its settings tell of what era it is: no call is spent on a post that it would not read.
  const calls = async () =>
    (await server.ledger('page.visited')).map(({ status, contentType }) => [status, contentType])
  await expect.poll(calls).toEqual([[400, 'application/json']])
  await visitor.launcher.click()
  await visitor.page.getByRole('textbox').fill('Hello')
  await visitor.page.keyboard.press('Enter')
  await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/p1 P1'])
  expect((await server.visits()).every(({ roomId }) => !!roomId)).toBe(true)
  await visitor.push('/p2', 'P2')
  await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/p1 P1', '/p2 P2'])
})

for (const [name, script] of Object.entries({
  'IndexedDB refused': () =>
    Object.defineProperty(window, 'indexedDB', {
      get: () => {
        throw new DOMException('no', 'SecurityError')
      },
    }),
  'localStorage refused': () =>
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('no', 'SecurityError')
      },
    }),
  'all storage refused': () => {
    for (const name of ['indexedDB', 'localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('no', 'SecurityError')
        },
      })
  },
  'a database that never answers': () => (IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest),
  'a full disk': () =>
    (IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }),
}))
  test(`with ${name}, visits are reported all the same`, async ({ visitor, server, site, said }) => {
    await server.settings({ limiter: false })
    await visitor.page.addInitScript(script)
    await visitor.go('/')
    await visitor.push('/p1', 'P1')
    await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/p1 P1'])
    await visitor.push('/p2', 'P2')
    await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/p1 P1', '/p2 P2'])
    expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([])
  })

test('a database that the browser has wiped is opened anew', async ({ visitor, server, site }) => {
  await server.settings({ limiter: false })
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  const gone = await visitor.page.evaluate(async () => {
    const [{ name }] = (await indexedDB.databases()) as [{ name: string }]
    return new Promise((resolve) => {
      const request = indexedDB.deleteDatabase(name)
      request.onsuccess = () => resolve('gone')
      request.onblocked = () => resolve('blocked')
    })
  })
  expect(gone).toBe('gone')
  await visitor.push('/p1', 'P1')
  await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/p1 P1'])
})

test('while the settings wait for the limiter, they are asked for when it says, nobody is told of CORS, and the visitor is registered then', async ({
  visitor,
  server,
  said,
}) => {
  await server.faults({ match: 'livechat/config', limit: { calls: 1, windowMs: 10_000 } })
  // Somebody else behind the same address has had the only call.
  await fetch(`${server.origin}/api/v1/livechat/config`)
  await visitor.go('/')
  await visitor.launcher.click()
  await expect
    .poll(async () => (await server.ledger('POST /api/v1/livechat/visitor')).map(({ status }) => status), patient)
    .toEqual([200])
  const refused = (await server.ledger('livechat/config')).filter(({ status }) => status === 429)
  // The page that comes, the panel that opens, and the registration, in each of two windows.
  expect(refused.length).toBeLessThanOrEqual(6)
  expect(said.filter((text) => text.includes('CORS'))).toEqual([])
})

/** Minutes of the page's own clock, in steps that leave requests the time to fail. */
const passMinutes = async (page: Page, minutes: number) => {
  for (let step = 0; step < minutes * 30; step++) await page.clock.runFor(2000)
}

test('a dead server is asked ever less often by a chat that stays open', async ({ visitor, server }) => {
  test.setTimeout(60_000)
  await server.faults({ match: '/api/', drop: 'before' })
  // What the page asks: Firefox itself repeats each question, up to five times, when its connection breaks.
  let asked = 0
  visitor.page.on('request', (request) => (asked += Number(request.url().includes('livechat/config'))))
  await visitor.page.clock.install()
  await visitor.go('/')
  await visitor.launcher.click()
  await passMinutes(visitor.page, 1)
  const inFirstMinute = asked
  expect(inFirstMinute).toBeLessThanOrEqual(25)
  await passMinutes(visitor.page, 4)
  // By the chat, and by the queues of visits and registrations: each once a minute in the end.
  expect(asked - inFirstMinute).toBeLessThanOrEqual(24)
})

test('a policy that forbids the server is asked no more once it is known', async ({
  visitor,
  server,
  site,
  said,
  tag,
}) => {
  test.setTimeout(60_000)
  const policy = `script-src ${server.origin}; connect-src 'self'`
  site.page('/', { title: 'Strict', head: tag(), headers: { 'content-security-policy': policy } })
  await visitor.page.clock.install()
  await visitor.go('/')
  await visitor.launcher.click()
  await visitor.push('/p1', 'P1')
  const redLines = () => said.filter((line) => line.startsWith('error')).length
  await passMinutes(visitor.page, 1)
  const inFirstMinute = redLines()
  // Two for each request: by the launcher, the chat and both queues, until one of them has learnt why nobody answers.
  expect(inFirstMinute).toBeLessThanOrEqual(24)
  await visitor.push('/p2', 'P2')
  await passMinutes(visitor.page, 4)
  expect(await visitor.waiting()).toBe(3)
  expect(redLines()).toBe(inFirstMinute)
})
