import { isTrusted, type MediaRule } from '../wire/media'
import { pathSegment } from '../wire/paths'

/** Links that may be followed. `javascript:`, `data:` and the like may not. */
const allowedProtocols = /^(https?|mailto|tel):$/

export interface Addresses {
  /** Of an address that may be relative to the server. Undefined for one that is empty, unreadable, or may not be followed. */
  absolute(href: string): string | undefined
  /** As `absolute`, of what is fetched without the visitor's asking. */
  picture(href: string): string | undefined
  avatar(username: string): string
}

export const createAddresses = (server: string, mediaRule: () => MediaRule | undefined): Addresses => {
  const absolute = (href: string): string | undefined => {
    // As browsers do: `java\nscript:` is `javascript:` to them.
    const trimmed = href.replace(/[\t\n\r]/g, '').trim()
    if (!trimmed) return
    try {
      const whole = /^([a-z][a-z\d+.-]*:|\/\/)/i.test(trimmed)
        ? trimmed
        : `${server}${trimmed[0] === '/' ? '' : '/'}${trimmed}`
      const url = new URL(whole, server)
      return allowedProtocols.test(url.protocol) ? url.href : undefined
    } catch {
      return
    }
  }
  return {
    absolute,
    picture(href) {
      const url = absolute(href)
      return url && isTrusted(server, mediaRule(), url) ? url : undefined
    },
    avatar: (username) => `${server}/avatar/${pathSegment(username)}`,
  }
}
