import type { ErrorCode, EventName, Events, Options } from '../options'
import type { Undo } from './contracts'

type Listener = (detail: unknown) => void

/** Word to the host: plain data to whoever listens, and to `document` for those who do not hold the object. And the one error door. */
export const createEvents = (options: Pick<Options, 'debug'>) => {
  const listeners = new Map<string, Set<Listener>>()
  const said = new Set<string>()
  const broke = (error: unknown) => {
    if (options.debug) console.error('[Tagalong]', error)
  }
  /** What breaks in here is never the host's uncaught error. */
  const guard =
    <A extends unknown[]>(run: (...args: A) => unknown) =>
    (...args: A): void => {
      try {
        const result = run(...args)
        if (result instanceof Promise) result.catch(broke)
      } catch (error) {
        broke(error)
      }
    }
  const emit = <E extends EventName>(event: E, detail: Events[E]): void => {
    listeners.get(event)?.forEach((listener) => listener(detail))
    guard(() => document.dispatchEvent(new CustomEvent(`tagalong:${event}`, { detail })))()
  }
  return {
    guard,
    emit,
    on<E extends EventName>(event: E, listener: (detail: Events[E]) => void): Undo {
      const guarded = guard(listener as Listener)
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(guarded))
      return () => set.delete(guarded)
    },
    /** A whole sentence, once. */
    say(code: ErrorCode, says: string): void {
      if (said.has(says)) return
      said.add(says)
      console.warn(`[Tagalong] ${says}`)
      emit('error', { code, says })
    },
    stop: () => listeners.clear(),
  }
}
