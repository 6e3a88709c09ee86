import type { Clock, Undo } from './contracts'

export type Move = 'load' | 'push' | 'replace' | 'traverse'

type Guard = <A extends unknown[]>(run: (...args: A) => unknown) => (...args: A) => void
interface NavigationLike extends EventTarget {
  currentEntry?: unknown
}

/** The host's call comes first, its result is its own; only then is the address looked at. */
const wrap = (name: 'pushState' | 'replaceState', moved: (from: string) => void): Undo | undefined => {
  const own = Object.hasOwn(history, name)
  const original = history[name]
  let active = true
  const ours = function (this: History, ...args: Parameters<History['pushState']>) {
    const from = location.href
    const result = original.apply(this, args)
    if (active) moved(from)
    return result
  }
  if (!Reflect.set(history, name, ours)) return undefined
  return () => {
    active = false
    // A wrapper laid over ours later stays as it is; ours under it has become a pass-through.
    if (history[name] !== ours) return
    if (own) history[name] = original
    else delete (history as Partial<History>)[name]
  }
}

const listen = (target: EventTarget, type: string, hear: (event: Event) => void): Undo => {
  target.addEventListener(type, hear, true)
  return () => target.removeEventListener(type, hear, true)
}

/** Says of every change of the address which kind it was, after it has happened. */
export const watchHistory = (moved: (move: Move) => void, guard: Guard, clock: Clock, watchTitle: (by: MutationObserver) => void): Undo => {
  const navigation = (globalThis as { navigation?: NavigationLike }).navigation
  if (navigation?.currentEntry)
    return listen(navigation, 'currententrychange', (event) => {
      const kind = (event as Event & { navigationType?: string | null }).navigationType
      // Without a type it was `updateCurrentEntry`: the address is the same.
      if (kind) moved(kind === 'push' || kind === 'replace' ? kind : 'traverse')
    })
  const page = globalThis as unknown as EventTarget
  let at = location.href
  /** A router may hear of a traversal before us and write the address again at once: that replaces nothing. */
  const say = (move: Move, from?: string) => {
    moved(from === at ? move : 'traverse')
    at = location.href
  }
  const wrapped = (['push', 'replace'] as const).map((kind) => wrap(`${kind}State`, (from) => say(kind, from)))
  const undo = ['popstate', 'hashchange'].map((type) => listen(page, type, () => say('traverse')))
  if (!wrapped[0] || !wrapped[1]) {
    // Frozen history: the address is looked at when the visitor has done something or the title has changed, never by the clock.
    const later = () => void clock.after(0, guard(() => moved('push')))
    const titles = new MutationObserver(later)
    watchTitle(titles)
    undo.push(...['click', 'submit', 'keydown', 'focus'].map((type) => listen(page, type, later)), () => titles.disconnect())
  }
  return () => [...undo, ...wrapped].forEach((run) => run?.())
}
