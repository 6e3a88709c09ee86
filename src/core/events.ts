import type { ErrorCode, EventName, Events, Options } from '../options'
import type { Undo } from './contracts'

type Listener = (detail: unknown) => void

/** Word to the host: plain data to whoever listens, and to `document` for those who do not hold the object. And the one error door. */
export const createEvents = (options: Pick<Options, 'debug'>) => {
  const own = new EventTarget()
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
  const emit = guard(<E extends EventName>(event: E, detail: Events[E]): void => {
    own.dispatchEvent(new CustomEvent(event, { detail }))
    document.dispatchEvent(new CustomEvent(`tagalong:${event}`, { detail }))
  }) as <E extends EventName>(event: E, detail: Events[E]) => void
  return {
    guard,
    emit,
    on<E extends EventName>(event: E, listener: (detail: Events[E]) => void): Undo {
      const heard = guard(({ detail }: CustomEvent) => (listener as Listener)(detail ?? undefined)) as EventListener
      own.addEventListener(event, heard)
      return () => own.removeEventListener(event, heard)
    },
    /** A whole sentence, once. */
    say(code: ErrorCode, says: string): void {
      if (said.has(says)) return
      said.add(says)
      console.warn(`[Tagalong] ${says}`)
      emit('error', { code, says })
    },
  }
}
