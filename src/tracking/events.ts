import type { ErrorCode, EventName, Events, Options } from '../options'
import type { Undo } from '../browser/ports'
import { ofDocument } from '../browser/document'

type Listener = (detail: unknown) => void

/** Word to the host: plain data to whoever listens, and to `document` for those who do not hold the object. And the one error door. */
export const createEvents = (options: Pick<Options, 'debug'>) => {
  const listeners = new Set<(type: EventName, detail: unknown) => void>()
  const said = new Set<string>()
  const broke = (error: unknown) => {
    if (options.debug) console.error('[Tagalong]', error)
  }
  /** What breaks in here is never the host's uncaught error. */
  const guard =
    <A extends unknown[]>(run: (...args: A) => unknown) =>
    (...args: A): void => {
      try {
        ;(run(...args) as Partial<Promise<unknown>> | undefined)?.catch?.(broke)
      } catch (error) {
        broke(error)
      }
    }
  const emit = guard(<E extends EventName>(event: E, detail: Events[E]): void => {
    ;[...listeners].forEach((listener) => listener(event, detail))
    ofDocument('dispatchEvent').call(document, new CustomEvent(`tagalong:${event}`, { detail }))
  }) as <E extends EventName>(event: E, detail: Events[E]) => void
  return {
    guard,
    emit,
    on<E extends EventName>(event: E, listener: (detail: Events[E]) => void): Undo {
      const heard = guard((type: EventName, detail: unknown) => type === event && (listener as Listener)(detail))
      listeners.add(heard)
      return () => listeners.delete(heard)
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
