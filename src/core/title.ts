import type { Undo } from './contracts'

/** The document's title without our own unread badge, and word of its changes. */
export const createTitle = (guard: (run: () => void) => () => void) => {
  let badge = ''
  let seen = ''
  let listener: (() => void) | undefined
  const read = (): string => {
    const title = document.title
    return badge && title.startsWith(badge) ? title.slice(badge.length) : title
  }
  const look = guard(() => {
    if (badge && !document.title.startsWith(badge)) document.title = badge + document.title
    const before = seen
    seen = read()
    if (seen !== before) listener?.()
  })
  const observer = new MutationObserver(look)
  const watch = () => {
    observer.disconnect()
    // The element itself may be replaced, and the head may not be there yet: the whole head is watched, and only while it matters.
    if (listener || badge) observer.observe(document.head ?? document.documentElement, { childList: true, subtree: true, characterData: true })
  }
  return {
    read,
    /** What the title was before the task that is now running: a router may write the next page's title just before its address. */
    before: (): string => (observer.takeRecords().length ? seen : read()),
    /** One listener at a time; undefined rests. */
    listen(to: (() => void) | undefined) {
      listener = to
      seen = read()
      watch()
    },
    badge(count: number) {
      const plain = read()
      badge = count > 0 ? `(${count}) ` : ''
      document.title = badge + plain
      watch()
    },
    stop: (() => {
      listener = undefined
      if (badge) document.title = read()
      badge = ''
      observer.disconnect()
    }) as Undo,
  }
}
export type Title = ReturnType<typeof createTitle>
