import { openTabs } from '../browser/tabs'
import type { Tracking } from '../tracking/contracts'

/** What the tabs tell each other of tracking: there is something to deliver, the visitor has changed, or is to be forgotten. */
export const joinTabs = (
  tracking: Pick<
    Tracking,
    'on' | 'guard' | 'page' | 'visits' | 'visitor' | 'tabs' | 'name' | 'isDestroyed' | 'startAfresh'
  >,
): void => {
  const { on, guard, page, visits, visitor, startAfresh } = tracking
  const others = openTabs(tracking)
  on('visit', () => others.post('visit'))
  others.observe('visit', visits.check)
  const readAgain = guard(() => visitor.change())
  others.observe('visitor', readAgain)
  // Nothing is heard in the back/forward cache.
  page.observe((event) => event === 'restore' && readAgain())
  others.observe('forget', guard(startAfresh))
}
