import type { Undo } from './ports'
import { ofWindow } from './document'

export type Move = 'push' | 'replace' | 'traverse' | 'reload'

interface NavigationLike extends EventTarget {
  currentEntry?: unknown
}

/** How many entries the tab's history has. */
export const entriesOf = (): number => history.length

export const listen = (target: EventTarget, type: string, hear: (event: Event) => void): Undo => {
  target.addEventListener(type, hear, true)
  return () => target.removeEventListener(type, hear, true)
}

/** Says of every change of the address which kind it was, after it has happened; undefined where the browser does not tell. */
export const watchMoves = (moved: (move?: Move) => void): Undo | undefined => {
  const navigation = ofWindow<NavigationLike>('navigation')
  return navigation?.currentEntry
    ? // Without a type it was `updateCurrentEntry`: the address is the same.
      listen(navigation, 'currententrychange', (event) => moved((event as Event & { navigationType?: Move }).navigationType))
    : undefined
}
