import type { Undo } from './contracts'
import { listen, type Move } from './moves'

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

/** For browsers without the Navigation API: history's own calls, and what it says of its own; `look` for what has happened before. */
export const wrapHistory = (moved: (move: Move) => void, look: () => void): Undo => {
  let at = location.href
  /** A router may hear of a traversal before us and write the address again at once: that replaces nothing. */
  const say = (move: Move, from?: string) => {
    moved(from === at ? move : 'traverse')
    at = location.href
  }
  const undo = [
    ...(['push', 'replace'] as const).map((kind) => wrap(`${kind}State`, (from) => say(kind, from))),
    ...['popstate', 'hashchange'].map((type) => listen(globalThis as unknown as EventTarget, type, () => say('traverse'))),
  ]
  look()
  return () => undo.forEach((stop) => stop?.())
}
