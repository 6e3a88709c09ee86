import type { AddressChange, Undo } from './ports'
import { ofWindow } from './document'

interface NavigationLike extends EventTarget {
  currentEntry?: unknown
}

/** How many entries the tab's history has. */
export const countHistoryEntries = (): number => history.length

export const listen = (target: EventTarget, type: string, hear: (event: Event) => void): Undo => {
  target.addEventListener(type, hear, true)
  return () => target.removeEventListener(type, hear, true)
}

/** Says of every change of the address which kind it was, after it has happened; undefined where the browser does not tell. */
export const watchAddress = (changed: (kind?: AddressChange) => void): Undo | undefined => {
  const navigation = ofWindow<NavigationLike>('navigation')
  return navigation?.currentEntry
    ? // Without a type it was `updateCurrentEntry`: the address is the same.
      listen(navigation, 'currententrychange', (event) =>
        changed((event as Event & { navigationType?: AddressChange }).navigationType),
      )
    : undefined
}
