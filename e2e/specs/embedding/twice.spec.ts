/** Made twice, or destroyed and made again, as components that are mounted twice and modules that are loaded anew do. */
import { buildStrictMode } from '../../stage/strictMode.ts'
import { expect, test as base, trail, type Visitor } from '../../test.ts'

const test = base.extend<object, { script: string }>({
  script: [async ({}, use) => use(await buildStrictMode()), { scope: 'worker', timeout: 120_000 }],
})

test.beforeEach(({ site, script }) => {
  site.page('/app.js', script)
  site.page('/', { title: 'App', head: '<script type="module" src="/app.js"></script>' })
})

const launchers = ({ page }: Visitor) => page.locator('tagalong-widget')
const warnings = (said: string[]) => said.filter((line) => line.includes('runs on this page already'))

for (const cleansUp of [true, false])
  test(`React's StrictMode ${cleansUp ? 'with' : 'without'} a cleanup makes one widget and one visit`, async ({
    visitor,
    server,
    site,
    said,
  }) => {
    await visitor.go('/')
    await visitor.page.evaluate(([address, cleans]) => window.mountStrict(address as string, cleans as boolean), [
      server.origin,
      cleansUp,
    ] as const)
    await visitor.launcher.waitFor()
    await expect.poll(() => trail(server, site)).toEqual(['/ App'])
    await visitor.push('/next', 'Next')
    await expect.poll(() => trail(server, site)).toEqual(['/ App', '/next Next'])
    await expect(launchers(visitor)).toHaveCount(1)
    expect(warnings(said)).toHaveLength(cleansUp ? 0 : 1)
  })

test('the second call returns the first widget, and says what it ignores', async ({ visitor, server, site, said }) => {
  await visitor.go('/')
  const isSame = await visitor.page.evaluate((address) => {
    const first = window.createTagalong({ server: address })
    return first === window.createTagalong({ server: `${address}/`, tracking: 'off', queue: { days: 1 } })
  }, server.origin)
  expect(isSame).toBe(true)
  await expect.poll(() => trail(server, site)).toEqual(['/ App'])
  expect(warnings(said)).toEqual([
    `warning: [Tagalong] A widget for ${server.origin} runs on this page already: a second call returns the first widget, and its tracking and queue are ignored. Make it once, or call destroy() first.`,
  ])
})

test('a widget that comes to a tracker is the whole widget on the same tracking', async ({ visitor, server, site }) => {
  await visitor.go('/')
  const name = await visitor.page.evaluate(async (server) => {
    const tracker = window.createTracker({ server })
    const chat = window.createTagalong({ server })
    await chat.open()
    const { username } = await tracker.identify({ name: 'Ada' })
    return username
  }, server.origin)
  expect(name).toMatch(/^guest-/)
  await expect(visitor.widget.panel).toBeVisible()
  await expect(launchers(visitor)).toHaveCount(1)
  await expect.poll(() => trail(server, site)).toEqual(['/ App'])
})

test('destroyed and made again is no visit, unless the visitor has gone on meanwhile', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.go('/')
  const again = (path: string) =>
    visitor.page.evaluate(
      ([address, to]) => {
        const chat = window.createTagalong({ server: address })
        chat.destroy()
        if (to !== location.pathname) history.pushState(null, '', to)
        window.createTagalong({ server: address })
      },
      [server.origin, path] as const,
    )
  await again('/')
  await again('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ App'])
  await visitor.page.evaluate((address) => window.createTagalong({ server: address }).destroy(), server.origin)
  await again('/other')
  await expect.poll(() => trail(server, site)).toEqual(['/ App', '/other App'])
})

test('a widget that was made and destroyed while nobody saw the page makes no visit of the next', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.go('/')
  await visitor.page.evaluate((address) => void window.createTagalong({ server: address }), server.origin)
  await expect.poll(() => trail(server, site)).toEqual(['/ App'])
  await visitor.page.evaluate((address) => {
    let isHidden = true
    Object.defineProperty(Document.prototype, 'hidden', { get: () => isHidden })
    // The first that runs already, and one that never begins.
    window.createTagalong({ server: address }).destroy()
    window.createTagalong({ server: address }).destroy()
    isHidden = false
    window.createTagalong({ server: address })
  }, server.origin)
  await visitor.push('/other', 'Other')
  await expect.poll(() => trail(server, site)).toEqual(['/ App', '/other Other'])
})
