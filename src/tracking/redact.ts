import type { ErrorCode, Options } from '../options'
import { withoutSecrets, withoutShapes } from './secrets'

const origin = /^[^/]*\/\/[^/?#]*/

/** A title as it is reported. */
export const redactTitle = ({ redact }: Pick<Options, 'redact'>, title: string): string =>
  redact === 'strict' ? withoutShapes(title) : title

/** The address as it is compared and reported; undefined when the host does not want this page reported. */
export const createRedact =
  (options: Pick<Options, 'ignore' | 'sanitizeUrl' | 'redact'>, warnOnce: (code: ErrorCode, says: string) => void) =>
  (href: string): string | undefined => {
    const { redact, ignore = [], sanitizeUrl = (bare) => bare } = options
    const path = href.replace(origin, '')
    if (ignore.some((rule) => (typeof rule === 'string' ? path.startsWith(rule) : path.match(rule)))) return undefined
    const bare = withoutSecrets(href)
    try {
      const sanitized = sanitizeUrl(
        redact === 'strict' ? bare.match(origin) + withoutShapes(bare.replace(origin, '')) : bare,
      )
      if (typeof sanitized === 'string') return sanitized
    } catch (error) {
      warnOnce('bad-option', `sanitizeUrl: ${error}`)
    }
    return undefined
  }
