/** What the host says of pictures, sounds and films: see the option `media`. */
export type MediaRule = 'same-origin' | 'https' | 'click'

/** Whether an address may be asked before the visitor has asked for it: the server's own may; another host would learn who looks, and when. */
export const isTrusted = (server: string, rule: MediaRule | undefined, url: string): boolean =>
  url.startsWith(`${new URL(server).origin}/`) || (rule === 'https' && url.startsWith('https:'))
