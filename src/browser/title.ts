import { ofDocument } from './document'
import type { Title } from './ports'

/** The document's title without our own unread badge, and its changes. */
export const createTitle = (guard: (run: () => void) => () => void): Title => {
  let lastTitle = ''
  let listener: ((titleBefore: string) => void) | undefined
  const observer = new MutationObserver(
    guard(() => {
      const previous = lastTitle
      lastTitle = title.read()
      if (lastTitle !== previous) listener?.(previous)
    }),
  )
  const title: Title = {
    // Replaced by whoever writes the unread badge: by a function that reads the title without the badge.
    read: () => ofDocument('title'),
    before: () => (observer.takeRecords().length ? lastTitle : title.read()),
    // The whole head, since the title element may be replaced; the whole document while there is no head yet.
    watch: (by) =>
      by.observe(ofDocument('head') ?? ofDocument('documentElement'), {
        childList: true,
        subtree: true,
        characterData: true,
      }),
    listen(newListener) {
      listener = newListener
      lastTitle = title.read()
      observer.disconnect()
      if (newListener) title.watch(observer)
    },
  }
  return title
}
