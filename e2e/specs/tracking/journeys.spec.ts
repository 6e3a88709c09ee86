import { expect, test, trail } from '../../engines/test.ts'
import type { EngineTab } from '../../engines/verbs.ts'

test.beforeEach(({ server }) => server.settings({ limiter: false }))

const patient = { timeout: 60_000 }

/** The script has come: what is left before that only the snippet notes. */
const arrived = (tab: EngineTab) =>
  expect
    .poll(() =>
      tab.page
        .evaluate(() => 'Tagalong' in globalThis && document.readyState === 'complete')
        // The page was just about to go.
        .catch(() => false),
    )
    .toBe(true)

/** The page leaves by itself, so long after it has loaded; what is asked from out here comes some milliseconds too late. */
const leave = async ({ page }: EngineTab, url: string, stayMs: number) => {
  await page.evaluate(
    ({ to, ms }) => {
      const [{ loadEventEnd } = { loadEventEnd: 0 }] = performance.getEntriesByType(
        'navigation',
      ) as PerformanceNavigationTiming[]
      setTimeout(() => (location.href = to), Math.max(0, ms - (performance.now() - loadEventEnd)))
    },
    { to: url, ms: stayMs },
  )
  await expect.poll(() => page.evaluate(() => location.href).catch(() => ''), { intervals: [20] }).toBe(url)
}

for (const stayMs of [0, 300, 1000, 1100])
  test(`documents left ${stayMs} ms after load, and gone back to, all arrive once, of one visitor`, async ({
    server,
    site,
    visitor,
  }) => {
    test.setTimeout(180_000)
    const expected: string[] = []
    /** Of each page gone back to, whether the browser had kept it. */
    const returns: boolean[] = []
    const isOn = async (path: string) => {
      expected.push(`${path} Page ${path}`)
      await arrived(visitor)
    }
    await visitor.go('/start')
    await isOn('/start')
    for (let round = 0; round < 4; round++) {
      for (let n = 0; n < 5; n++) {
        const path = `/r${round}/p${n}`
        await leave(visitor, site.origin + path, stayMs)
        await isOn(path)
        await visitor.mark()
      }
      for (const n of [3, 2]) {
        const path = `/r${round}/p${n}`
        await visitor.back()
        await expect.poll(() => visitor.page.evaluate(() => location.pathname).catch(() => '')).toBe(path)
        await isOn(path)
        returns.push(await visitor.page.evaluate(() => 'marked' in window))
        await new Promise((resolve) => setTimeout(resolve, stayMs))
      }
    }
    // Firefox keeps none whose report is on its way; that some were kept is what this journey is about.
    expect(returns).toContain(true)
    await leave(visitor, `${site.origin}/last`, stayMs)
    await isOn('/last')
    await expect.poll(async () => (await trail(server, site)).at(-1), patient).toBe('/last Page /last')
    expect(await trail(server, site)).toEqual(expected)
    expect(new Set((await server.visits()).map(({ token }) => token)).size).toBe(1)
  })
