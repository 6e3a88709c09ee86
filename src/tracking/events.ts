import type { ErrorCode, EventName, Events, Options } from '../options'
import type { Undo } from '../browser/ports'
import { ofDocument } from '../browser/document'

type Listener = (detail: unknown) => void

/** Events for the host: plain data for its listeners, and on `document` for those who do not hold the object. And the one place where errors of ours end. */
export const createEvents = (options: Pick<Options, 'debug'>) => {
  const listeners = new Set<(type: EventName, detail: unknown) => void>()
  const warned = new Set<string>()
  const logError = (error: unknown) => {
    if (options.debug) console.error('[Tagalong]', error)
  }
  /** Whatever breaks in `run` never becomes the host's uncaught error or unhandled rejection. */
  const guard =
    <A extends unknown[]>(run: (...args: A) => unknown) =>
    (...args: A): void => {
      try {
        ;(run(...args) as Partial<Promise<unknown>> | undefined)?.catch?.(logError)
      } catch (error) {
        logError(error)
      }
    }
  const emit = guard(<E extends EventName>(event: E, detail: Events[E]): void => {
    ;[...listeners].forEach((listener) => listener(event, detail))
    ofDocument('dispatchEvent').call(document, new CustomEvent(`tagalong:${event}`, { detail }))
  }) as <E extends EventName>(event: E, detail: Events[E]) => void
  return {
    guard,
    warned,
    emit,
    on<E extends EventName>(event: E, listener: (detail: Events[E]) => void): Undo {
      const notify = guard((type: EventName, detail: unknown) => type === event && (listener as Listener)(detail))
      listeners.add(notify)
      return () => listeners.delete(notify)
    },
    warnOnce(code: ErrorCode, says: string): void {
      if (warned.has(says)) return
      warned.add(says)
      console.warn(`[Tagalong] ${says}`)
      emit('error', { code, says })
    },
  }
}
