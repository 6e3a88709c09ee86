import type { Tracking } from './index'

/** The unread count in the page's title, put back when the page writes another; 0 takes it off. */
export const createBadge = ({ title, guard }: Pick<Tracking, 'title' | 'guard'>) => {
  const observer = new MutationObserver(
    guard(() => {
      if (!document.title.startsWith(title.badge)) document.title = title.badge + document.title
    }),
  )
  return (count: number): void => {
    const badge = count > 0 ? `(${count}) ` : ''
    if (badge === title.badge) return
    const plain = title.read()
    title.badge = badge
    document.title = badge + plain
    observer.disconnect()
    if (badge) title.watch(observer)
  }
}
