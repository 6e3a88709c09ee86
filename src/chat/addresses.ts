/** Where the server's relative addresses lead, and which links may be followed at all. */

const allowed = /^(https?|mailto|tel):$/

export interface Addresses {
  /** Undefined for what is empty, unreadable, or no link to follow (`javascript:` and its kin). */
  absolute(href: string): string | undefined
  avatar(username: string): string
}

export const createAddresses = (server: string): Addresses => {
  const absolute = (href: string): string | undefined => {
    // What a browser leaves out of an address.
    const given = href.replace(/[\t\n\r]/g, '').trim()
    if (!given) return
    try {
      const whole = /^([a-z][a-z\d+.-]*:|\/\/)/i.test(given) ? given : `${server}${given[0] === '/' ? '' : '/'}${given}`
      const url = new URL(whole, server)
      return allowed.test(url.protocol) ? url.href : undefined
    } catch {
      return
    }
  }
  return {
    absolute,
    avatar: (username) => `${server}/avatar/${encodeURIComponent(username)}`,
  }
}
