import type { Patterns, PatternsParts } from './patterns'

/** Fetches what tries the server's regular expressions (its download is `patterns/`) with the first of them. */
export const createPatternsLoader = (parts: Pick<PatternsParts, 'core'>): Patterns => {
  let isStopped = false
  let patterns: Patterns | undefined

  const fetch = async (): Promise<Patterns> => {
    const { createPatterns } = await import('./patterns')
    return (patterns ??= createPatterns(parts))
  }

  return {
    async matches(pattern, text) {
      try {
        const fetched = await fetch()
        return isStopped ? 'unknown' : await fetched.matches(pattern, text)
      } catch (error) {
        parts.core.report('ui-failed', `${error}`)
        return 'unknown'
      }
    },
    stop() {
      isStopped = true
      patterns?.stop()
    },
  }
}
