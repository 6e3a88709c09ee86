import type { Clock, Undo } from './contracts'

export type Move = 'load' | 'push' | 'replace' | 'traverse'

type Guard = <A extends unknown[]>(run: (...args: A) => unknown) => (...args: A) => void
interface NavigationLike extends EventTarget {
  currentEntry?: unknown
}

/** The host's call comes first, its result is its own; only then is the address looked at. */
const wrap = (name: 'pushState' | 'replaceState', moved: () => void): Undo | undefined => {
  const own = Object.getOwnPropertyDescriptor(history, name)
  const original = history[name]
  let active = true
  const ours = function (this: History, ...args: Parameters<History['pushState']>) {
    const result = original.apply(this, args)
    if (active) moved()
    return result
  }
  try {
    history[name] = ours
  } catch {
    return undefined
  }
  if (history[name] !== ours) return undefined
  return () => {
    active = false
    // A wrapper laid over ours later stays as it is; ours under it has become a pass-through.
    if (history[name] !== ours) return
    if (own) Object.defineProperty(history, name, own)
    else Reflect.deleteProperty(history, name)
  }
}

const listen = (target: EventTarget, type: string, hear: (event: Event) => void, capture = false): Undo => {
  target.addEventListener(type, hear, capture)
  return () => target.removeEventListener(type, hear, capture)
}

/** Says of every change of the address which kind it was, after it has happened. */
export const watchHistory = (moved: (move: Move) => void, guard: Guard, clock: Clock): Undo => {
  const navigation = (globalThis as { navigation?: NavigationLike }).navigation
  if (navigation?.currentEntry && typeof navigation.addEventListener === 'function') {
    return listen(navigation, 'currententrychange', (event) => {
      const kind = (event as Event & { navigationType?: string | null }).navigationType
      // Without a type it was `updateCurrentEntry`: the address is the same.
      if (kind) moved(kind === 'push' || kind === 'replace' ? kind : 'traverse')
    })
  }
  const traversed = () => moved('traverse')
  const undo = [listen(globalThis as unknown as EventTarget, 'popstate', traversed), listen(globalThis as unknown as EventTarget, 'hashchange', traversed)]
  const wrapped = [wrap('pushState', () => moved('push')), wrap('replaceState', () => moved('replace'))]
  if (wrapped.includes(undefined)) {
    // Frozen history: the address is looked at when the visitor has done something, never by the clock.
    const later = () => void clock.after(0, guard(() => moved('push')))
    for (const type of ['click', 'submit', 'keydown', 'focus']) undo.push(listen(globalThis as unknown as EventTarget, type, later, true))
  }
  return () => [...undo, ...wrapped].forEach((run) => run?.())
}
