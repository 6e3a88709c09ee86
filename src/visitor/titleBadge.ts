import type { Tracking } from '../tracking'

/** The unread count in the page's title, put back when the page writes another; 0 takes it off. */
export const createBadge = ({ title, guard }: Pick<Tracking, 'title' | 'guard'>) => {
  let badge = ''
  title.read = () => document.title.slice(document.title.startsWith(badge) ? badge.length : 0)
  const observer = new MutationObserver(
    guard(() => {
      if (!document.title.startsWith(badge)) document.title = badge + document.title
    }),
  )
  return (count: number): void => {
    const next = count > 0 ? `(${count}) ` : ''
    if (next === badge) return
    const plain = title.read()
    badge = next
    document.title = badge + plain
    observer.disconnect()
    if (badge) title.watch(observer)
  }
}
