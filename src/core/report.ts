import type { ErrorCode } from '../options'

export type Report = ReturnType<typeof createReport>

/** The one error door. It opens inwards: what breaks here is never the host's uncaught error. */
export const createReport = (
  debug: () => boolean | undefined,
  sentence: (code: ErrorCode, detail: string) => Promise<string>,
  onError: (code: ErrorCode, says: string) => void,
) => {
  const said = new Set<string>()
  const broke = (error: unknown) => {
    if (debug()) console.error('[Tagalong]', error)
  }
  const say = (code: ErrorCode, says: string) => {
    if (said.has(says)) return
    said.add(says)
    console.warn(`[Tagalong] ${says}`)
    onError(code, says)
  }
  return {
    /** A whole sentence, once. */
    say,
    /** Once per code and detail; the sentence is fetched. */
    report(code: ErrorCode, detail: string): void {
      const key = `${code} ${detail}`
      if (said.has(key)) return
      said.add(key)
      sentence(code, detail).then((says) => say(code, says), () => say(code, detail || code))
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
