import { ofDocument } from './document'
import type { Title } from './ports'

/** The document's title without our own unread badge, and word of its changes. */
export const createTitle = (guard: (run: () => void) => () => void): Title => {
  let seen = ''
  let listener: ((was: string) => void) | undefined
  const observer = new MutationObserver(
    guard(() => {
      const before = seen
      seen = title.read()
      if (seen !== before) listener?.(before)
    }),
  )
  const title: Title = {
    /** Whoever writes something of ours before it puts a way to read without that in its place. */
    read: () => ofDocument('title'),
    /** What the title was before the task that is now running: a router may write the next page's title just before its address. */
    before: () => (observer.takeRecords().length ? seen : title.read()),
    /** The element itself may be replaced, and the head may not be there yet: the whole head is watched, and only while it matters. */
    watch: (by) =>
      by.observe(ofDocument('head') ?? ofDocument('documentElement'), {
        childList: true,
        subtree: true,
        characterData: true,
      }),
    /** One listener at a time, told what the title was; undefined rests. */
    listen(to) {
      listener = to
      seen = title.read()
      observer.disconnect()
      if (to) title.watch(observer)
    },
  }
  return title
}
