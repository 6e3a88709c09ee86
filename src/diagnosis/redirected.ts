/** A file of its own: recovery warns with this sentence too, and does not fetch the others for it. */

/** The address of the server whose `livechat/config` this is; undefined when it is another address. */
export const serverOfConfigAddress = (url: string): string | undefined =>
  /^(https?:[^?#]+)\/api\/v1\/livechat\/config([?#]|$)/.exec(url)?.[1]

/** What to change when the server redirects its `livechat/config` to this address. */
export const redirectSentence = (url: string): string => {
  const server = serverOfConfigAddress(url)
  return server
    ? `The server redirects to ${server}: set data-server to ${server}.`
    : `The server redirects to ${url.split(/[?#]/)[0]}, which is no livechat server’s address: set data-server to the address under which the chat itself opens, and see that no login page or proxy answers in its place.`
}
