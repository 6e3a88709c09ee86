import type { ErrorCode, Options } from '../options'
import { withoutSecrets } from './secrets'

/** The address as it is compared and reported; undefined when the host does not want this page reported. */
export const createRedact =
  (options: Pick<Options, 'ignore' | 'sanitizeUrl'>, warnOnce: (code: ErrorCode, says: string) => void) =>
  (href: string): string | undefined => {
    const { ignore = [], sanitizeUrl = (bare) => bare } = options
    const path = href.replace(/^[^/]*\/\/[^/?#]*/, '')
    if (ignore.some((rule) => (typeof rule === 'string' ? path.startsWith(rule) : path.match(rule)))) return undefined
    try {
      const sanitized = sanitizeUrl(withoutSecrets(href))
      if (typeof sanitized === 'string') return sanitized
    } catch (error) {
      warnOnce('bad-option', `sanitizeUrl: ${error}`)
    }
    return undefined
  }
