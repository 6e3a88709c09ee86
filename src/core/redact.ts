import type { ErrorCode, Options } from '../options'

/** Parameters whose value is a secret whoever's site it is. `code` and `state` only ever matter to a sign-in that is under way. */
const secret =
  /^(((access|id|refresh|auth|csrf|xsrf|rc)_?)?token|auth(orization)?|(api_?)?key|(client_?)?secret|pass(wd|word)?|pwd|code|state|jwt|otp|pin|sig(nature)?|(j|php)?sess(ion)?_?(id)?|sid|zenid|ticket|saml(request|response)|x-amz-(signature|credential|security-token))$/i

const longest = 8192

const withoutSecrets = (pairs: string): string =>
  pairs
    .split('&')
    .filter((pair) => {
      const name = pair.split('=')[0] as string
      try {
        return !secret.test(decodeURIComponent(name))
      } catch {
        return !secret.test(name)
      }
    })
    .join('&')

/** An address as it may be stored and sent: no credentials, no well-known secrets. Everything else is kept to the letter. */
export const withoutCredentials = (href: string): string => {
  const [, start = href, query, hash] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(href) ?? []
  const bare = start.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1').replace(/;jsessionid=[^/;]*/i, '')
  return (bare + joined('?', query && withoutSecrets(query.slice(1))) + cleanHash(hash ?? '')).slice(0, longest)
}

/** `#access_token=…` of a sign-in, and the query of a hash router's page. */
const cleanHash = (hash: string): string => {
  const mark = hash.lastIndexOf('?')
  if (mark > 0) return hash.slice(0, mark) + joined('?', withoutSecrets(hash.slice(mark + 1)))
  return hash.includes('=') && !/^#[/!]/.test(hash) ? joined('#', withoutSecrets(hash.slice(1))) : hash
}

const joined = (mark: string, text: string | undefined): string => (text ? mark + text : '')

/** The address that is compared and reported, or undefined when the host does not want this page reported. */
export const createRedact =
  (options: Pick<Options, 'ignore' | 'sanitizeUrl'>, say: (code: ErrorCode, says: string) => void) =>
  (href: string): string | undefined => {
    const { ignore = [], sanitizeUrl } = options
    let path = href
    try {
      const { pathname, search, hash } = new URL(href)
      path = pathname + search + hash
    } catch {
      path = href
    }
    if (ignore.some((rule) => (typeof rule === 'string' ? path.startsWith(rule) : new RegExp(rule.source, rule.flags.replace(/[gy]/g, '')).test(path)))) return undefined
    const bare = withoutCredentials(href)
    if (!sanitizeUrl) return bare
    try {
      const said = sanitizeUrl(bare)
      return typeof said === 'string' ? said.slice(0, longest) : undefined
    } catch {
      say('bad-option', 'sanitizeUrl threw: the page is not reported.')
      return undefined
    }
  }
