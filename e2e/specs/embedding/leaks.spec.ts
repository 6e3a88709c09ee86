import { observeResources } from '../../stage/page-resources.ts'
import { expect, test } from '../../test.ts'

interface Api {
  ready: Promise<void>
  on(event: string, listener: () => void): () => void
  open(): Promise<void>
  close(): Promise<void>
  destroy(): void
}
type Host = typeof globalThis & {
  Tagalong?: (run: (api: Api) => void) => void
  pageResources: {
    wait(ms: number): Promise<void>
    sockets(): number
    timers(longerThanMs: number): number
    made: WeakRef<object>[]
  }
}

test.beforeEach(({ server }) => server.settings({ limiter: false }))

test('after 100 rounds of start and destroy() the page is as it was, as the debugger and the counters see it', async ({
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

  const rounds = (from: number, to: number) =>
    page.evaluate(
      async ([first, last, src, server]) => {
        const host = globalThis as Host
        const until = async (is: () => unknown) => {
          while (!is()) await host.pageResources.wait(4)
        }
        let left = 0
        const launcher = () => document.querySelector('tagalong-widget')?.shadowRoot?.querySelector('button')
        for (let round = first; round < last; round++) {
          const script = Object.assign(document.createElement('script'), { src })
          script.dataset.server = server
          const loaded = new Promise((resolve) => script.addEventListener('load', resolve, { once: true }))
          document.head.append(script)
          await loaded
          script.remove()
          const api = await new Promise<Api>((resolve) => host.Tagalong!(resolve))
          await api.ready
          if (round % 10 !== 9) await until(launcher)
          // One belongs to the core, one to what is drawn.
          host.pageResources.made.push(
            new WeakRef(api.on),
            new WeakRef(document.querySelector('tagalong-widget') ?? api.on),
          )
          if (round % 5 === 0) await api.open()
          if (round % 10 === 0) await api.close()
          if (round % 10 === 5) await until(() => host.pageResources.sockets())
          api.destroy()
          left += host.pageResources.timers(100)
          if (host.Tagalong) throw new Error('The global is still there.')
        }
        return left
      },
      [from, to, `${server.cdn}/tagalong.js`, server.origin] as const,
    )

  const quiet = () => expect(async () => expect(await resources.held()).toEqual(before)).toPass({ timeout: 20_000 })
  expect(await rounds(0, 20), 'timers at the end of a round').toBe(0)
  await quiet()
  const early = await resources.metrics()
  expect(await rounds(20, 100), 'timers at the end of a round').toBe(0)
  await quiet()
  await expect(async () => {
    const late = await resources.metrics()
    for (const what of ['listeners', 'documents', 'nodes'] as const)
      expect(late[what], what).toBeLessThanOrEqual(early[what])
    expect(
      await page.evaluate(() => (globalThis as Host).pageResources.made.filter((made) => made.deref()).length),
      'of 200',
    ).toBe(0)
  }).toPass({ timeout: 20_000 })
  const deleted = await page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name!)
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
  expect(deleted).toEqual(['deleted'])
  // The browser itself remarks on a socket that is closed while it connects.
  expect(said.filter((line) => !line.includes('WebSocket is closed'))).toEqual([])
})
