/** What a page view costs the visitor's line, the server and the page itself: counted in bytes, requests, timers, sockets and shifts, never in time. */
import { readFileSync } from 'node:fs'
import { createMeter } from '../../bench/stage/meter.ts'
import { observeResources } from '../../stage/page-resources.ts'
import { expect, test, trail, type Server, type Visitor } from '../../test.ts'

test.use({ compress: true })

/** What arrives, the answers' headers included. */
const pageViewBytes = 20 * 1024
const heapBytes = 1_500_000

test.beforeEach(({ server }) => server.settings({ limiter: false }))

/** What customers paste. */
const pasted = (origin: string) =>
  readFileSync('dist/snippet.html', 'utf8')
    .split('\n\n')[0]!
    .replace('https://cdn.example.com', `${origin}/cdn`)
    .replace('https://chat.example.com', origin)

/** Every call, preflights too, names of chunks without their hash. */
const asked = async (server: Server, match = '') =>
  (await server.ledger(match, true)).map(
    ({ method, path }) => `${method} ${path.replace('/api/v1/livechat/', '').replace(/-[\w-]{8}\.js$/, '')}`,
  )

/** The launcher stands, and so many visits have arrived. */
const arrived = async (visitor: Visitor, server: Server, visits = 1) => {
  await visitor.launcher.waitFor()
  await expect.poll(() => server.visits()).toHaveLength(visits)
}

test('a first page view takes two files, one question and one report, and few bytes altogether', async ({
  visitor,
  server,
  site,
}) => {
  const meter = await createMeter(+new URL(server.origin).port)
  site.page('/', { title: 'Shop', head: pasted(meter.origin) })
  await visitor.go('/')
  await arrived(visitor, server)
  await visitor.rest()
  const view = ['GET /cdn/tagalong.js', 'GET /cdn/chunks/launcher', 'GET config', 'POST page.visited']
  expect(await asked(server)).toEqual(view)
  expect(meter.receivedBytes()).toBeGreaterThan(10_000)
  expect(meter.receivedBytes()).toBeLessThanOrEqual(pageViewBytes)
  // Whatever else it would ask comes before the next visit does.
  await visitor.push('/next', 'Next')
  await arrived(visitor, server, 2)
  expect((await asked(server)).slice(3)).toEqual(['POST page.visited', 'POST page.visited'])
  await meter.stop()
})

// By the script tag alone: the stub looks there at once (src/snippet.ts).
test('a visitor’s first page asks the browser for its tab’s memory when it has settled, after its first paint', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  site.page('/', { title: 'Page /', head: tag(), body: '<h1>Painted</h1>' })
  await visitor.page.addInitScript(() => {
    const { sessionStorage } = window
    Object.defineProperty(window, 'sessionStorage', {
      get() {
        window.firstSessionStorageLookMs ??= performance.now()
        return sessionStorage
      },
    })
    window.sessionStorageSize = () => Object.keys(sessionStorage).length
  })
  await visitor.go('/')
  await visitor.page.waitForFunction(() => window.firstSessionStorageLookMs)
  const [lookMs, paintMs] = await visitor.page.evaluate(() => [
    window.firstSessionStorageLookMs,
    performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  ])
  expect(lookMs).toBeGreaterThan(paintMs ?? Infinity)
  // The tab's name, and its last address.
  expect(await visitor.page.evaluate(() => window.sessionStorageSize())).toBe(2)
  await arrived(visitor, server)
})

test('a next page makes one call, its report; what the server wants shown is asked again after ten minutes', async ({
  visitor,
  server,
}) => {
  await visitor.page.clock.install()
  await visitor.go('/')
  await arrived(visitor, server)
  const before = (await asked(server)).length
  await visitor.page.clock.fastForward('09:00')
  await visitor.go('/second')
  await arrived(visitor, server, 2)
  await visitor.rest()
  expect((await asked(server)).slice(before)).toEqual(['POST page.visited'])
  await visitor.page.clock.fastForward('01:01')
  await visitor.go('/third')
  await arrived(visitor, server, 3)
  await expect.poll(() => asked(server, 'livechat/config')).toHaveLength(2)
})

for (const [where, prepare] of [
  ['on a page', () => undefined],
  [
    'without the Navigation API, and with a history that is frozen',
    () => {
      Object.defineProperty(window, 'navigation', { value: undefined })
      Object.freeze(history)
    },
  ],
] as const)
  for (const [when, play] of [
    ['nobody has touched the chat', async () => undefined],
    [
      'the chat was opened and closed',
      async ({ widget }: Visitor) => {
        await widget.open()
        await expect(widget.composer).toBeVisible()
        await widget.close()
        await expect(widget.panel).toHaveCount(0)
      },
    ],
  ] as const)
    // Only Chromium's debugger tells who listens to what.
    test(`${where} where ${when}, nothing waits, repeats or asks @chromium`, async ({ visitor, server, site }) => {
      const { page } = visitor
      await page.clock.install()
      const resources = await observeResources(page)
      await page.addInitScript(prepare)
      const calls: string[] = []
      const answered: string[] = []
      page.on('request', (request) => calls.push(request.url()))
      for (const end of ['requestfinished', 'requestfailed'] as const)
        page.on(end as 'requestfinished', (request) => answered.push(request.url()))
      await visitor.go('/')
      await arrived(visitor, server)
      await play(visitor)
      const nothing = { timers: 0, intervals: 0, frames: 0, sockets: 0, locks: 0 }
      await expect(async () => {
        expect(await resources.held()).toMatchObject(nothing)
        expect([...answered].sort()).toEqual([...calls].sort())
      }).toPass({ timeout: 20_000 })
      const [begun, before] = [await resources.begun(), calls.length]
      await page.clock.runFor('01:00:00')
      expect(await resources.held()).toMatchObject(nothing)
      expect(await resources.begun()).toBe(begun)
      expect(calls.slice(before)).toEqual([])
      // It only slept.
      await visitor.push('/next')
      await page.mouse.click(5, 5)
      await expect.poll(async () => (await trail(server, site)).length).toBe(2)
      expect(await resources.begun()).toBeGreaterThan(begun)
    })

// Of Firefox Playwright does not tell that a socket is opened.
test('there is no websocket before there is a conversation, and one then @chromium', async ({ visitor, server }) => {
  const sockets: string[] = []
  visitor.page.on('websocket', (socket) => sockets.push(socket.url()))
  await visitor.go('/')
  await visitor.widget.open()
  await expect(visitor.widget.composer).toBeVisible()
  await visitor.go('/next')
  await expect(visitor.widget.composer).toBeVisible()
  await arrived(visitor, server, 2)
  expect(sockets).toEqual([])
  await visitor.widget.say('Hello')
  await expect.poll(() => sockets).toHaveLength(1)
})

test('the first open takes three files more, whichever way the panel is opened', async ({ visitor, server }) => {
  await visitor.go('/')
  await arrived(visitor, server)
  const before = (await asked(server, '/cdn/')).length
  await visitor.launcher.hover()
  await visitor.widget.open()
  await expect(visitor.widget.composer).toBeVisible()
  await visitor.rest()
  expect((await asked(server, '/cdn/')).slice(before).sort()).toEqual([
    'GET /cdn/chunks/chat',
    'GET /cdn/chunks/en',
    'GET /cdn/chunks/panel',
  ])
})

test('opened, the panel asks for what it has heard longer than 30 seconds ago', async ({ visitor, server }) => {
  const { widget, page } = visitor
  await page.clock.install()
  await visitor.go('/')
  await arrived(visitor, server)
  const open = async (configs: number) => {
    await widget.open()
    await expect(widget.composer).toBeVisible()
    await expect.poll(() => asked(server, 'livechat/config')).toHaveLength(configs)
    await widget.close()
    await expect(widget.panel).toHaveCount(0)
  }
  await open(1)
  await page.clock.fastForward('00:31')
  await open(2)
  await open(2)
})

// Only Chromium tells what blocks a paint, and what has moved.
test('nothing of ours blocks the page’s first paint, or ever moves it @chromium', async ({ visitor, server, site }) => {
  const { page, widget } = visitor
  // A name of its own: the next page would wait for the same file.
  site.page('/', {
    title: 'Shop',
    head: pasted(server.origin).replace('.js', '.js?late'),
    body: '<h1>Shop</h1><p>Shoes</p>',
  })
  site.page('/next', { title: 'Next', head: pasted(server.origin), body: '<h1>Next</h1><p>Coats</p>' })
  await page.addInitScript(() => {
    const shifts: number[] = []
    window.layoutShifts = shifts
    new PerformanceObserver((list) =>
      list.getEntries().forEach((entry) => shifts.push((entry as PerformanceEntry & { value: number }).value)),
    ).observe({ type: 'layout-shift', buffered: true })
  })
  await server.faults({ match: '/cdn/', latencyMs: 25_000, times: 1 })
  await page.goto(site.origin, { waitUntil: 'commit' })
  const painted = () => page.evaluate(() => performance.getEntriesByName('first-paint').length)
  await expect.poll(painted).toBe(1)
  expect(await asked(server, '/cdn/')).toEqual(['GET /cdn/tagalong.js'])
  await visitor.go('/next')
  await arrived(visitor, server, 2)
  const ours = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap((entry) =>
        /\/(cdn|api)\//.test(entry.name)
          ? [(entry as PerformanceResourceTiming & { renderBlockingStatus: string }).renderBlockingStatus]
          : [],
      ),
  )
  expect(ours.length).toBeGreaterThan(2)
  expect(new Set(ours)).toEqual(new Set(['non-blocking']))
  await widget.open()
  await expect(widget.composer).toBeVisible()
  await widget.close()
  await expect(widget.panel).toHaveCount(0)
  expect(await page.evaluate(() => window.layoutShifts)).toEqual([])
})

// Only Chromium's debugger measures the heap.
test('closed, the widget adds little to what the page holds in memory @chromium', async ({ visitor, server, site }) => {
  site.page('/bare', { title: 'Bare', body: '<h1>Bare</h1>' })
  const heap = async (tab: Pick<Visitor, 'page' | 'go'>, path: string, settled = async () => undefined as unknown) => {
    const resources = await observeResources(tab.page)
    await tab.go(path)
    await settled()
    return (await resources.metrics()).heapBytes
  }
  const bare = await heap(await visitor.tab(), '/bare')
  const ours = await heap(visitor, '/', () => arrived(visitor, server))
  expect(ours).toBeGreaterThan(bare)
  expect(ours - bare).toBeLessThanOrEqual(heapBytes)
})
