import { expect, test, trail } from '../../test.ts'

const patient = { timeout: 60_000 }

test.beforeEach(({ server }) => server.settings({ limiter: false }))

test('order survives a clock that is set back, and forward', async ({ visitor, server, site }) => {
  const set = (days: number) =>
    visitor.page.evaluate((ms) => {
      const { now } = Date
      Date.now = () => now() + ms
    }, days * 86_400_000)
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await server.plug(true)
  await visitor.push('/p1', 'P1')
  await set(-1)
  await visitor.push('/p2', 'P2')
  await set(2)
  await visitor.push('/p3', 'P3')
  await set(-1)
  await visitor.push('/p4', 'P4')
  await expect.poll(() => visitor.waiting()).toBe(4)
  await server.plug(false)
  await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/p1 P1', '/p2 P2', '/p3 P3', '/p4 P4'])
})

test('what has waited for six days is delivered when the visitor comes back', async ({ visitor, server, site }) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await server.plug(true)
  await visitor.push('/p1', 'P1')
  await visitor.push('/p2', 'P2')
  await expect.poll(() => visitor.waiting()).toBe(2)
  const next = await visitor.tab()
  await visitor.close()
  await server.plug(false)
  await next.page.addInitScript(() => {
    const { now } = Date
    Date.now = () => now() + 6 * 86_400_000
  })
  await next.go('/next')
  await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/p1 P1', '/p2 P2', '/next Page /next'])
})

test('a server that never answers is given up after half a minute, and asked again', async ({
  visitor,
  server,
  site,
}) => {
  test.setTimeout(120_000)
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await server.faults({ match: 'page.visited', latencyMs: 600_000, times: 1 })
  await visitor.push('/p1', 'P1')
  await visitor.push('/p2', 'P2')
  await expect.poll(() => trail(server, site), { timeout: 90_000 }).toEqual(['/ Page /', '/p1 P1', '/p2 P2'])
})

test('a connection to the database that the browser closes is opened again', async ({
  visitor,
  server,
  site,
  said,
}) => {
  await visitor.page.addInitScript(() => {
    const opened: IDBDatabase[] = []
    window.openedDatabases = opened
    const { transaction } = IDBDatabase.prototype
    IDBDatabase.prototype.transaction = function (...args) {
      if (!opened.includes(this)) opened.push(this)
      return transaction.apply(this, args)
    }
  })
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await visitor.page.evaluate(() => window.openedDatabases.forEach((db) => db.close()))
  await visitor.push('/p1', 'P1')
  await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/p1 P1'])
  await server.plug(true)
  await visitor.push('/p2', 'P2')
  await expect.poll(() => visitor.waiting()).toBe(1)
  await visitor.page.evaluate(() => window.openedDatabases.forEach((db) => db.close()))
  await server.plug(false)
  await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/p1 P1', '/p2 P2'])
  expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([])
})

test('what is too long is cut, never refused', async ({ visitor, server }) => {
  await visitor.go('/')
  await expect.poll(() => server.visits()).toHaveLength(1)
  await visitor.push(`/long?q=${'x'.repeat(9000)}`, 'T'.repeat(600))
  await visitor.push('/next', 'Next')
  await expect
    .poll(async () => (await server.visits()).map(({ href, title }) => [href.length, title.length]).slice(1), patient)
    .toEqual([
      [8192, 512],
      [expect.any(Number), 4],
    ])
})

test('an answer that comes is proof of its one record only, whatever the page before it left on its way', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await server.faults({ match: 'page.visited', latencyMs: 400 })
  await visitor.push('/p1', 'P1')
  await expect.poll(async () => (await server.ledger('page.visited')).length, patient).toBe(2)
  await visitor.follow('/p2')
  await server.faults()
  await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/p1 P1', '/p2 Page /p2'])
})

test('offline, nothing is tried in a hurry; online, everything leaves at once', async ({
  visitor,
  server,
  site,
  context,
}) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await context.setOffline(true)
  for (const n of [1, 2, 3, 4]) await visitor.push(`/p${n}`, `P${n}`)
  await expect.poll(() => visitor.waiting()).toBe(4)
  await context.setOffline(false)
  await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/p1 P1', '/p2 P2', '/p3 P3', '/p4 P4'])
})
