import { expect, test as base, trail } from '../test.ts'
import type { EngineBrowser, EngineTab } from './engine.ts'
import { missingWebKit, startWebKit } from './webkit.ts'

const absent = missingWebKit()

const test = base.extend<{ browserOfTest: EngineBrowser; tab: EngineTab }>({
  browserOfTest: async ({}, use) => {
    const browser = await startWebKit()
    await use(browser)
    await browser.stop()
  },
  tab: async ({ browserOfTest }, use) => {
    await use(await browserOfTest.newTab())
  },
})

test.skip(() => !!absent, absent)
test.beforeEach(({ server }) => server.settings({ limiter: false }))

const patient = { timeout: 60_000 }
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** The script has come: what is left before that only the snippet notes. */
const arrived = (tab: EngineTab) =>
  expect.poll(() => tab.evaluate(() => 'Tagalong' in globalThis && document.readyState === 'complete')).toBe(true)

/** The document of `url` is on screen again, as it was left. */
const goBack = async (tab: EngineTab, url: string) => {
  await tab.back()
  await expect.poll(() => tab.url()).toBe(url)
  expect(await tab.evaluate(() => (globalThis as { marked?: boolean }).marked)).toBe(true)
}

const widget = (tab: EngineTab) => ({
  open: () => tab.evaluate(() => window.Tagalong((chat) => void chat.open())),
  /** Undefined until the composer is there. */
  say: (text: string) =>
    tab.evaluate((said) => {
      const field = document.querySelector('tagalong-widget')?.shadowRoot?.querySelector('textarea')
      if (!field) return false
      field.value = said
      field.dispatchEvent(new Event('input', { bubbles: true }))
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
      return true
    }, text),
  bubbles: () =>
    tab.evaluate(() =>
      [
        ...(document.querySelector('tagalong-widget')?.shadowRoot?.querySelectorAll('article.message .bubble') ?? []),
      ].map((bubble) => (bubble as HTMLElement).innerText.trim()),
    ),
})

/** The page leaves by itself, so long after it has loaded; what is asked from out here comes some milliseconds too late. */
const leave = async (tab: EngineTab, url: string, stayMs: number) => {
  await tab.evaluate(
    (to, ms) => {
      const sinceLoadMs =
        performance.now() - (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).loadEventEnd
      setTimeout(() => (location.href = to), Math.max(0, ms - sinceLoadMs))
    },
    url,
    stayMs,
  )
  await expect.poll(() => tab.url(), { intervals: [20] }).toBe(url)
}

for (const stayMs of [0, 300, 1000, 1100])
  test(`documents left ${stayMs} ms after load, and gone back to, all arrive, of one visitor`, async ({
    server,
    site,
    tab,
  }) => {
    test.setTimeout(180_000)
    const expected: string[] = []
    const isOn = async (path: string) => {
      expected.push(`${path} Page ${path}`)
      await arrived(tab)
      await tab.evaluate(() => void Object.assign(globalThis, { marked: true }))
    }
    await tab.go(`${site.origin}/start`)
    await isOn('/start')
    for (let round = 0; round < 4; round++) {
      for (let n = 0; n < 5; n++) {
        const path = `/r${round}/p${n}`
        await leave(tab, site.origin + path, stayMs)
        await isOn(path)
      }
      for (const n of [3, 2]) {
        const path = `/r${round}/p${n}`
        await goBack(tab, site.origin + path)
        await isOn(path)
        await rest(stayMs)
      }
    }
    await leave(tab, `${site.origin}/last`, stayMs)
    expected.push('/last Page /last')
    await expect.poll(async () => (await trail(server, site)).at(-1), patient).toBe('/last Page /last')
    const visits = await trail(server, site)
    const missing = expected.filter(
      (visit, at) =>
        visits.filter((each) => each === visit).length <= expected.slice(0, at).filter((each) => each === visit).length,
    )
    expect(missing).toEqual([])
    expect(new Set((await server.visits()).map(({ token }) => token)).size).toBe(1)
  })

test('an open conversation is still there on pages that are left at any moment, and on those gone back to', async ({
  server,
  site,
  tab,
}) => {
  test.setTimeout(120_000)
  const { open, say, bubbles } = widget(tab)
  await tab.go(`${site.origin}/start`)
  await arrived(tab)
  await open()
  await expect.poll(() => say('Hello')).toBe(true)
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await server.agent({ does: 'take' })
  await server.agent({ does: 'say', text: 'Still there?' })
  const conversation = ['Hello', 'Still there?']
  await expect.poll(bubbles).toEqual(conversation)
  for (const stayMs of [0, 300, 1000, 1100]) {
    await tab.go(`${site.origin}/left/${stayMs}`)
    await arrived(tab)
    await rest(stayMs)
    await tab.go(`${site.origin}/next/${stayMs}`)
    await expect.poll(bubbles).toEqual(conversation)
  }
  await tab.evaluate(() => void Object.assign(globalThis, { marked: true }))
  await tab.go(`${site.origin}/last`)
  await expect.poll(bubbles).toEqual(conversation)
  await goBack(tab, `${site.origin}/next/1100`)
  await expect.poll(bubbles).toEqual(conversation)
  expect(
    (await server.visits()).map(({ token }) => token).filter((token, at, all) => all.indexOf(token) === at),
  ).toHaveLength(1)
})
