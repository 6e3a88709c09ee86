import type { EventName, Events } from '../options'
import type { Undo } from './contracts'

type Listener = (detail: never) => void

/** Plain data to whoever listens, and to `document` for those who do not hold the object. */
export const createEvents = (guard: <A extends unknown[]>(run: (...args: A) => unknown) => (...args: A) => void) => {
  const listeners = new Map<string, Set<(detail: unknown) => void>>()
  return {
    on<E extends EventName>(event: E, listener: (detail: Events[E]) => void): Undo {
      const guarded = guard(listener as Listener as (detail: unknown) => void)
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(guarded))
      return () => set.delete(guarded)
    },
    emit<E extends EventName>(event: E, detail: Events[E]): void {
      ;[...(listeners.get(event) ?? [])].forEach((listener) => listener(detail))
      guard(() => document.dispatchEvent(new CustomEvent(`tagalong:${event}`, { detail })))()
    },
    stop: () => listeners.clear(),
  }
}
