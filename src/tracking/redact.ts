import type { ErrorCode, Options } from '../options'

/** Parameters whose value is a secret whoever's site it is. `code` and `state` only ever matter to a sign-in that is under way. */
const secret =
  /(token|secret|signature|credential)$|^((api_?)?key|auth(orization)?|pass(wd|word)?|pwd|code|state|jwt|otp|pin|sig|(j|php)?sess(ion)?_?(id)?|sid|zenid|ticket|saml\w+)$/i

/**
 * An address as it may be stored and sent: no credentials, no well-known secrets, be they in the query, in the fragment of a sign-in
 * (`#access_token=…`) or in the query of a hash router's page. Everything else is kept to the letter.
 */
export const withoutCredentials = (href: string): string =>
  href
    .replace(/^([^/]*\/\/)[^/?#]*@/, '$1')
    .replace(/;jsessionid=[^/;?#]*/i, '')
    // Unlike its heirs it never throws.
    .replace(/([?#&])([^?#&=/]+)=[^#&]*/g, (pair, before: string, name: string) =>
      secret.test(unescape(name)) ? `${before}\0` : pair,
    )
    // What follows the hole takes its place; where nothing does, the sign before it goes as well.
    .replace(/&\0/g, '')
    .replace(/([?#])\0(&?)/g, (_all, before: string, more: string) => more && before)

/** The address that is compared and reported, or undefined when the host does not want this page reported. */
export const createRedact =
  (options: Pick<Options, 'ignore' | 'sanitizeUrl'>, say: (code: ErrorCode, says: string) => void) =>
  (href: string): string | undefined => {
    const { ignore = [], sanitizeUrl } = options
    const ignored = (rule: string | RegExp) => {
      const path = href.replace(/^[^/]*\/\/[^/?#]*/, '')
      return typeof rule === 'string' ? path.startsWith(rule) : path.match(rule)
    }
    if (ignore.some(ignored)) return undefined
    const bare = /[@;=]/.test(href) ? withoutCredentials(href) : href
    try {
      const said = sanitizeUrl ? sanitizeUrl(bare) : bare
      if (typeof said === 'string') return said
    } catch (error) {
      say('bad-option', `sanitizeUrl: ${error}`)
    }
    return undefined
  }
