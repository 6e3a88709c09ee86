/** The back/forward cache: a document that is left and comes back, and the browser's reasons when it does not. */
import { expect, type Page } from 'playwright/test'
import type { EnginePage, EngineTab } from '../engines/verbs.ts'

interface NotUsed {
  notRestoredExplanations: { reason: string; context?: string; details?: unknown[] }[]
}

type Heard = (reason: string) => void

/** The page itself learns of most reasons no more than `masked`, so the debugger is asked. Only Chromium tells. */
export const hearReasons = async (page: Page, heard: Heard): Promise<void> => {
  if (page.context().browser()?.browserType().name() !== 'chromium') return
  const wire = await page.context().newCDPSession(page)
  await wire.send('Page.enable')
  wire.on('Page.backForwardCacheNotUsed', (event: NotUsed) =>
    event.notRestoredExplanations.forEach((each) => heard(JSON.stringify(each))),
  )
}

export const createBackForward = (
  page: EnginePage,
  hear: (heard: Heard) => Promise<void> = () => Promise.resolve(),
): Pick<EngineTab, 'back' | 'forward' | 'rest' | 'mark' | 'returned'> => {
  let reasons: string[] = []
  // In a later task: the page may be gone before its answer to `evaluate` has left it.
  const move = (by: number) => page.evaluate((steps) => void setTimeout(() => history.go(steps)), by)
  return {
    back: () => move(-1),
    forward: () => move(1),
    rest: () =>
      expect(async () => {
        const busy = await page.evaluate(async () => {
          const names = (await indexedDB.databases())
            .map(({ name }) => name ?? '')
            .filter((name) => name.startsWith('tagalong-'))
          // A transaction that may write runs after all that were begun before it.
          for (const name of names)
            await new Promise<void>((resolve) => {
              const open = indexedDB.open(name)
              open.onsuccess = () => {
                const last = open.result.transaction('kept', 'readwrite')
                last.objectStore('kept').count()
                last.oncomplete = () => resolve(open.result.close())
              }
            })
          const { held = [], pending = [] } = await navigator.locks.query()
          return [...held, ...pending].map(({ name }) => name)
        })
        expect(busy).toEqual([])
      }).toPass(),
    async mark() {
      reasons = []
      await hear((reason) => reasons.push(reason))
      await page.evaluate(() => void Object.assign(window, { marked: true }))
    },
    returned: () =>
      expect(async () => {
        const marked = await page.evaluate(() => 'marked' in window)
        expect({ marked, reasons }).toEqual({ marked: true, reasons: [] })
      }).toPass({ timeout: 20_000 }),
  }
}
