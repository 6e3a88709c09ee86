import { ofDocument, setTitle } from '../../browser/document'
import type { Core } from '../../visitor/contracts'

/** The count of unread messages before the page's title, put back when the page writes another title; 0 removes it. */
export const createTitleBadge = ({ title, guard }: Pick<Core, 'title' | 'guard'>): ((count: number) => void) => {
  let prefix = ''
  const readTitle = () => ofDocument('title')
  title.read = () => readTitle().slice(readTitle().startsWith(prefix) ? prefix.length : 0)
  const observer = new MutationObserver(
    guard(() => {
      if (!readTitle().startsWith(prefix)) setTitle(prefix + readTitle())
    }),
  )
  return (count) => {
    const nextPrefix = count > 0 ? `(${count}) ` : ''
    if (nextPrefix === prefix) return
    const pageTitle = title.read()
    prefix = nextPrefix
    setTitle(prefix + pageTitle)
    observer.disconnect()
    if (prefix) title.watch(observer)
  }
}

/** The same, which begins to watch the title with the first unread message. */
export const createLazyTitleBadge = (parts: Pick<Core, 'title' | 'guard'>): ((count: number) => void) => {
  let show: ((count: number) => void) | undefined
  return (count) => {
    if (count) show ??= createTitleBadge(parts)
    show?.(count)
  }
}
