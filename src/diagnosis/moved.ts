/** Said by tracking in trouble as well, which does not fetch the other sentences for it. */

/** The server's new address, by where its `livechat/config` has been sent to; undefined when that is no such address. */
export const serverAt = (url: string): string | undefined =>
  /^(https?:[^?#]+)\/api\/v1\/livechat\/config([?#]|$)/.exec(url)?.[1]

/** A whole sentence on what to change. */
export const moved = (url: string): string => {
  const server = serverAt(url)
  return server
    ? `The server redirects to ${server}: set data-server to ${server}.`
    : `The server redirects to ${url.split(/[?#]/)[0]}, which is no livechat server’s address: set data-server to the address under which the chat itself opens, and see that no login page or proxy answers in its place.`
}
