import type { AddressChange, Undo } from './ports'
import { ofWindow } from './document'

interface NavigationLike extends EventTarget {
  currentEntry?: unknown
}

/** How many entries the tab's history has. */
export const countHistoryEntries = (): number => history.length

/** Listens on the way down, before the page's own listeners on the target. */
export const listen = (target: EventTarget, type: string, hear: (event: Event) => void): Undo => {
  target.addEventListener(type, hear, true)
  return () => target.removeEventListener(type, hear, true)
}

/**
 * Calls back after every change of the address, with its kind. Undefined where there is no Navigation API (Safari before 26.2, Firefox before
 * 147): there `recovery/historyPatch.ts` takes its place.
 */
export const watchAddress = (changed: (kind?: AddressChange) => void): Undo | undefined => {
  const navigation = ofWindow<NavigationLike>('navigation')
  return navigation?.currentEntry
    ? // Without a type it was `updateCurrentEntry()`, which leaves the address as it is.
      listen(navigation, 'currententrychange', (event) =>
        changed((event as Event & { navigationType?: AddressChange }).navigationType),
      )
    : undefined
}
