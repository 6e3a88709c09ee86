import { observeResources } from '../../stage/page-resources.ts'
import { expect, test, type Page, type Server } from '../../test.ts'
import type { Tagalong } from '../../../src/index.ts'

test.beforeEach(({ server }) => server.settings({ limiter: false }))

/** Starts the widget and takes it away again, in rounds that differ in how far the widget gets. Returns how many of its timers were left. */
const startAndDestroy = (page: Page, server: Server, from: number, to: number) =>
  page.evaluate(
    async ([first, last, src, server]) => {
      const { pageResources } = window
      const until = async (is: () => unknown) => {
        while (!is()) await pageResources.wait(4)
      }
      let leftTimers = 0
      const launcher = () => document.querySelector('tagalong-widget')?.shadowRoot?.querySelector('button')
      for (let round = first; round < last; round++) {
        const script = Object.assign(document.createElement('script'), { src })
        script.dataset.server = server
        const loaded = new Promise((resolve) => script.addEventListener('load', resolve, { once: true }))
        document.head.append(script)
        await loaded
        script.remove()
        const api = await new Promise<Tagalong>((resolve) => window.Tagalong(resolve))
        await api.ready
        if (round % 10 !== 9) await until(launcher)
        // One belongs to the core, one to what is drawn.
        pageResources.made.push(new WeakRef(api.on), new WeakRef(document.querySelector('tagalong-widget') ?? api.on))
        if (round % 5 === 0) await api.open()
        if (round % 10 === 0) await api.close()
        if (round % 10 === 5) await until(() => pageResources.sockets())
        api.destroy()
        leftTimers += pageResources.timers(100)
        if ('Tagalong' in window) throw new Error('The global is still there.')
      }
      return leftTimers
    },
    [from, to, `${server.cdn}/tagalong.js`, server.origin] as const,
  )

/** A connection that is still open would block this. */
const deleteDatabases = (page: Page) =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases()).flatMap(({ name = [] }) => name)
    return Promise.all(
      names.map(
        (name) =>
          new Promise((resolve) =>
            Object.assign(indexedDB.deleteDatabase(name), {
              onsuccess: () => resolve('deleted'),
              onblocked: () => resolve('blocked'),
            }),
          ),
      ),
    )
  })

// Only Chromium's debugger tells who listens to what.
test('after 100 rounds of start and destroy() the page is as it was, as the debugger and the counters see it @chromium', async ({
  visitor,
  server,
  site,
  said,
}) => {
  test.setTimeout(180_000)
  const { page, widget } = visitor
  // A conversation to come back to: with it there is a socket.
  await visitor.go('/')
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await widget.close()
  const resources = await observeResources(page)
  site.page('/bare', { title: 'Bare', body: '<h1>Bare</h1>' })
  await visitor.go('/bare')
  await resources.remember()
  const before = await resources.held()
  expect(before).toMatchObject({
    changed: [],
    timers: 0,
    intervals: 0,
    frames: 0,
    observers: 0,
    channels: 0,
    sockets: 0,
    databases: 0,
    locks: 0,
  })

  const quiet = () => expect(async () => expect(await resources.held()).toEqual(before)).toPass({ timeout: 20_000 })
  expect(await startAndDestroy(page, server, 0, 20), 'timers at the end of a round').toBe(0)
  await quiet()
  const early = await resources.metrics()
  expect(await startAndDestroy(page, server, 20, 100), 'timers at the end of a round').toBe(0)
  await quiet()
  await expect(async () => {
    const late = await resources.metrics()
    for (const what of ['listeners', 'documents', 'nodes'] as const)
      expect(late[what], what).toBeLessThanOrEqual(early[what])
    expect(await page.evaluate(() => window.pageResources.made.filter((made) => made.deref()).length), 'of 200').toBe(0)
  }).toPass({ timeout: 20_000 })
  expect(await deleteDatabases(page)).toEqual(['deleted'])
  // The browser itself remarks on a socket that is closed while it connects.
  expect(said.filter((line) => !line.includes('WebSocket is closed'))).toEqual([])
})
