import type { Clock, Undo } from './contracts'

export type Move = 'load' | 'push' | 'replace' | 'traverse' | 'reload'

interface NavigationLike extends EventTarget {
  currentEntry?: unknown
}

/** How many entries the tab's history has. */
export const entriesOf = (): number => history.length

export const listen = (target: EventTarget, type: string, hear: (event: Event) => void): Undo => {
  target.addEventListener(type, hear, true)
  return () => target.removeEventListener(type, hear, true)
}

/** Says of every change of the address which kind it was, where that is known, after it has happened. */
export const watchHistory = (moved: (move?: Move) => void, clock: Clock, watchTitle: (by: MutationObserver) => void, wrap: (moved: (move?: Move) => void, look: () => void) => Promise<Undo | undefined>): Undo => {
  const navigation = (globalThis as { navigation?: NavigationLike }).navigation
  if (navigation?.currentEntry)
    return listen(navigation, 'currententrychange', (event) => {
      const kind = (event as Event & { navigationType?: Move | null }).navigationType
      // Without a type it was `updateCurrentEntry`: the address is the same.
      if (kind) moved(kind)
    })
  // Older browsers: history itself tells, once what wraps it has come. Until then, and where it is frozen, the address is looked at when
  // the visitor has done something or the title has changed, never by the clock.
  const look = () => clock.after(0, () => moved())
  const titles = new MutationObserver(look)
  watchTitle(titles)
  let undo: Undo[] | undefined = ['click', 'submit', 'keydown', 'focus'].map((type) => listen(globalThis as unknown as EventTarget, type, look))
  undo.push(() => titles.disconnect())
  void wrap(moved, look).then((stop) => stop && (undo ? undo.push(stop) : stop()))
  return () => {
    undo?.forEach((stop) => stop())
    undo = undefined
  }
}
