import type { ErrorCode } from '../options'

/** The one error door. It opens inwards: what breaks here is never the host's uncaught error. */
export const createReport = (options: { debug?: boolean }, onError: (code: ErrorCode, says: string) => void) => {
  const said = new Set<string>()
  const broke = (error: unknown) => {
    if (options.debug) console.error('[Tagalong]', error)
  }
  return {
    /** A whole sentence, once. */
    say(code: ErrorCode, says: string): void {
      if (said.has(says)) return
      said.add(says)
      console.warn(`[Tagalong] ${says}`)
      onError(code, says)
    },
    guard:
      <A extends unknown[]>(run: (...args: A) => unknown) =>
      (...args: A): void => {
        try {
          const result = run(...args)
          if (result instanceof Promise) result.catch(broke)
        } catch (error) {
          broke(error)
        }
      },
  }
}
export type Report = ReturnType<typeof createReport>
