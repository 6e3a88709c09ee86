import { ofDocument, setTitle } from '../browser/document'
import type { Tracking } from '../tracking/contracts'

/** The unread count in the page's title, put back when the page writes another; 0 takes it off. */
export const createTitleBadge = ({ title, guard }: Pick<Tracking, 'title' | 'guard'>): ((count: number) => void) => {
  let badge = ''
  const whole = () => ofDocument('title')
  title.read = () => whole().slice(whole().startsWith(badge) ? badge.length : 0)
  const observer = new MutationObserver(
    guard(() => {
      if (!whole().startsWith(badge)) setTitle(badge + whole())
    }),
  )
  return (count) => {
    const next = count > 0 ? `(${count}) ` : ''
    if (next === badge) return
    const plain = title.read()
    badge = next
    setTitle(badge + plain)
    observer.disconnect()
    if (badge) title.watch(observer)
  }
}
