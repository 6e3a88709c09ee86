import type { AddressChange, Clock, Departures, Undo } from '../browser/ports'
import { listen } from '../browser/addressChanges'
import { watchDepartures } from './departureSigns'

const listenOnWindow = (type: string, hear: (event: Event) => void): Undo =>
  // The global object of a page is its window, which is an event target.
  listen(globalThis as unknown as EventTarget, type, hear)

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

/** History's own calls, and what it says of its own. */
const wrapHistory = (moved: (move: AddressChange) => void): Undo[] => {
  let at = location.href
  /** A router may hear of a traversal before us and write the address again at once: that replaces nothing. */
  const say = (move: AddressChange, from?: string) => {
    moved(from === at ? move : 'traverse')
    at = location.href
  }
  return [
    ...(['push', 'replace'] as const).flatMap((kind) => wrap(`${kind}State`, (from) => say(kind, from)) ?? []),
    ...['popstate', 'hashchange'].map((type) => listenOnWindow(type, () => say('traverse'))),
  ]
}

/**
 * For browsers without the Navigation API: history tells. For what has happened before this came, and where history is frozen, the address
 * is looked at when the visitor has done something or the title has changed, never by the clock.
 */
export const patchHistory = (
  moved: (move?: AddressChange) => void,
  clock: Clock,
  watchTitle: (by: MutationObserver) => void,
  departures: Departures,
): Undo => {
  const look = () => void clock.after(0, () => moved())
  const titles = new MutationObserver(look)
  watchTitle(titles)
  const undo = [
    ...wrapHistory(moved),
    ...watchDepartures(departures, listenOnWindow),
    ...['click', 'submit', 'keydown', 'focus'].map((type) => listenOnWindow(type, look)),
  ]
  look()
  return () => {
    undo.forEach((stop) => stop())
    titles.disconnect()
  }
}
