/** Regular expressions that the server's administrator has written: they are not ours, and may take for ever. A download of its own. */
import type { Core } from '../../visitor/contracts'
import { createBesidePage, type BesidePage, type Outcome } from './besidePage'
import { isQuick } from './isQuick'

export interface PatternsParts {
  core: Pick<Core, 'clock' | 'guard' | 'report'>
  besidePage?: BesidePage
}

export interface Patterns {
  /** `unknown`: it is no expression, takes too long, or cannot be tried on this page. The host has been told why, once. */
  matches(pattern: string, text: string): Promise<'yes' | 'no' | 'unknown'>
  stop(): void
}

/** So much of an expression is quoted. */
const longestQuote = 100

const complaintOf = (outcome: Outcome, pattern: string): string | undefined => {
  const quoted = `“${pattern.slice(0, longestQuote)}”`
  if (outcome === 'slow') return `${quoted} takes too long`
  if (outcome === 'blocked')
    return `${quoted} may take long, and cannot be tried beside the page: its Content-Security-Policy has no “worker-src blob:”`
  return undefined
}

const tryHere = (pattern: string, text: string): Outcome => {
  try {
    return new RegExp(pattern).test(text) ? 'match' : 'no-match'
  } catch {
    return 'unreadable'
  }
}

export const createPatterns = ({ core, besidePage = createBesidePage(core) }: PatternsParts): Patterns => {
  /** Those that took too long once are not tried again. */
  const refused = new Set<string>()
  /** One worker at a time. */
  let lastTry: Promise<unknown> = Promise.resolve()

  const tryBeside = async (pattern: string, text: string): Promise<Outcome> => {
    if (refused.has(pattern)) return 'slow'
    const outcome = await besidePage.test(pattern, text)
    const complaint = complaintOf(outcome, pattern)
    if (complaint) {
      refused.add(pattern)
      core.report('bad-pattern', complaint)
    }
    return outcome
  }

  return {
    async matches(pattern, text) {
      const outcome = isQuick(pattern, text)
        ? tryHere(pattern, text)
        : await (lastTry = lastTry.then(() => tryBeside(pattern, text)))
      return outcome === 'match' ? 'yes' : outcome === 'no-match' ? 'no' : 'unknown'
    },
    stop: () => besidePage.stop(),
  }
}
