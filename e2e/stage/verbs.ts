/** The verbs of a tab that are one question to its page, in any engine. */
import type { EnginePage, EngineTab } from '../engines/verbs.ts'

const changeAddress = (
  page: EnginePage,
  how: 'pushState' | 'replaceState',
  change: { path: string; title?: string | undefined; titleAfterMs?: number | undefined },
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

/** The visitor presses a link to this address, which may lie on another site. */
export const followLink = (page: EnginePage, href: string): Promise<void> =>
  page.evaluate((to) => {
    const link = document.createElement('a')
    link.href = to
    document.body.append(link)
    link.click()
  }, href)

export type Verbs = Omit<EngineTab, 'back' | 'forward' | 'rest' | 'mark' | 'returned' | 'launcher' | 'widget'>

export const createVerbs = <Page extends EnginePage>(page: Page, site: { origin: string }): Verbs & { page: Page } => ({
  page,
  async go(path) {
    await page.goto(site.origin + path)
  },
  push: (path, title, titleAfterMs) => changeAddress(page, 'pushState', { path, title, titleAfterMs }),
  replace: (path, title, titleAfterMs) => changeAddress(page, 'replaceState', { path, title, titleAfterMs }),
  async hash(hash) {
    await page.evaluate((to) => void (location.hash = to), hash)
  },
  follow: (path) => followLink(page, path),
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
  close: () => page.close(),
})
