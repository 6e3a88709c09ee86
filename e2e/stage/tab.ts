import type { Locator, Page } from 'playwright/test'
import { createBackForward, type BackForward } from './back-forward.ts'
import { createWidget, type Widget } from './widget.ts'

/** One tab of one visitor. */
export interface Tab extends BackForward {
  page: Page
  go(path: string): Promise<void>
  /** As a router does: the address first, the title `titleAfterMs` later; without a title the document keeps its own. */
  push(path: string, title?: string, titleAfterMs?: number): Promise<void>
  replace(path: string, title?: string, titleAfterMs?: number): Promise<void>
  hash(hash: string): Promise<void>
  /** Follows a real link. */
  follow(path: string): Promise<void>
  title(text: string): Promise<void>
  /** How many visits wait in this browser. */
  waiting(): Promise<number>
  /** Whether it is this tab that delivers. */
  holdsLock(): Promise<boolean>
  launcher: Locator
  widget: Widget
  close(): Promise<void>
}

const changeAddress = (
  page: Page,
  how: 'pushState' | 'replaceState',
  change: { path: string; title?: string; titleAfterMs?: number },
) =>
  page.evaluate(
    ({ how, path, title, titleAfterMs = 0 }) => {
      history[how]({}, '', path)
      if (title === undefined) return
      if (titleAfterMs === 0) document.title = title
      else setTimeout(() => (document.title = title), titleAfterMs)
    },
    { how, ...change },
  )

export const createTab = (page: Page, site: { origin: string }): Tab => ({
  page,
  async go(path) {
    await page.goto(site.origin + path)
  },
  push: (path, title, titleAfterMs) => changeAddress(page, 'pushState', { path, title, titleAfterMs }),
  replace: (path, title, titleAfterMs) => changeAddress(page, 'replaceState', { path, title, titleAfterMs }),
  async hash(hash) {
    await page.evaluate((to) => void (location.hash = to), hash)
  },
  ...createBackForward(page),
  async follow(path) {
    await page.evaluate((to) => {
      const link = document.createElement('a')
      link.href = to
      document.body.append(link)
      link.click()
    }, path)
  },
  title: (text) => page.evaluate((to) => void (document.title = to), text),
  waiting: () =>
    page.evaluate(async () => {
      const names = (await indexedDB.databases())
        .map(({ name }) => name ?? '')
        .filter((name) => name.startsWith('tagalong-'))
      let count = 0
      for (const name of names)
        count += await new Promise<number>((resolve) => {
          const open = indexedDB.open(name)
          open.onsuccess = () => {
            const all = open.result
              .transaction('kept')
              .objectStore('kept')
              .getAllKeys(IDBKeyRange.bound('visit/', 'visit/\uffff'))
            all.onsuccess = () => {
              open.result.close()
              resolve(all.result.length)
            }
          }
        })
      return count
    }),
  holdsLock: () =>
    page.evaluate(() =>
      navigator.locks.request('whoever asks', async () => {
        const { held = [] } = await navigator.locks.query()
        const clientOf = (start: string) => held.find(({ name }) => name?.startsWith(start))?.clientId
        return clientOf('whoever asks') === clientOf('tagalong-')
      }),
    ),
  launcher: page.locator('tagalong-widget').getByRole('button').first(),
  widget: createWidget(page),
  close: () => page.close(),
})
