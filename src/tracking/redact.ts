import type { ErrorCode, Options } from '../options'

/** Names of parameters whose value is a secret on any site. `code` and `state` matter only to a sign-in that is under way. */
const secretName =
  /(token|secret|signature|credential)$|^((api_?)?key|auth(orization)?|pass(wd|word)?|pwd|code|state|jwt|otp|pin|sig|(j|php)?sess(ion)?_?(id)?|sid|zenid|ticket|saml\w+)$/i

/**
 * An address as it may be stored and sent: no credentials, no well-known secrets, be they in the query, in the fragment of a sign-in
 * (`#access_token=…`) or in the query of a hash router's page. Everything else is kept to the letter.
 */
export const withoutCredentials = (href: string): string =>
  href
    .replace(/^([^/]*\/\/)[^/?#]*@/, '$1')
    .replace(/;jsessionid=[^/;?#]*/i, '')
    // `unescape`, since `decodeURIComponent` throws on what is no valid encoding.
    .replace(/([?#&])([^?#&=/]+)=[^#&]*/g, (pair, sign: string, name: string) =>
      secretName.test(unescape(name)) ? `${sign}\0` : pair,
    )
    // The next parameter takes the place of one that was removed; where there is none, the sign before it goes as well.
    .replace(/&\0/g, '')
    .replace(/([?#])\0(&?)/g, (_all, sign: string, next: string) => next && sign)

/** The address as it is compared and reported; undefined when the host does not want this page reported. */
export const createRedact =
  (options: Pick<Options, 'ignore' | 'sanitizeUrl'>, warnOnce: (code: ErrorCode, says: string) => void) =>
  (href: string): string | undefined => {
    const { ignore = [], sanitizeUrl } = options
    const ignored = (rule: string | RegExp) => {
      const path = href.replace(/^[^/]*\/\/[^/?#]*/, '')
      return typeof rule === 'string' ? path.startsWith(rule) : path.match(rule)
    }
    if (ignore.some(ignored)) return undefined
    const bare = /[@;=]/.test(href) ? withoutCredentials(href) : href
    try {
      const sanitized = sanitizeUrl ? sanitizeUrl(bare) : bare
      if (typeof sanitized === 'string') return sanitized
    } catch (error) {
      warnOnce('bad-option', `sanitizeUrl: ${error}`)
    }
    return undefined
  }
