import { plain } from './plain'
import type { Send } from './ports'

/**
 * Whatever happens is a reply, never an exception. A redirect is followed only where the caller says so: what carries a token or somebody's
 * credentials would carry them to wherever the server, or whoever answers in its place, points. `credentials` here are cookies.
 */
export const createSend = (): Send => {
  // The `fetch` that is there when the page begins: a host may wrap it later.
  const { fetch } = globalThis
  return async (url, init, timeoutMs = 30_000) => {
    try {
      const response = await fetch(
        url,
        plain<RequestInit>({
          credentials: 'omit',
          redirect: 'error',
          // Below Chrome 103, Firefox 100 and Safari 16 there is no such thing: the browser itself gives up, after minutes.
          signal: AbortSignal.timeout?.(timeoutMs),
          ...init,
        }),
      )
      // The body is always read to its end: until then it keeps its share of the 64 KiB that all keepalive requests of a page have together.
      return { status: response.status, text: await response.text(), url: response.url }
    } catch (error) {
      return `${(error as Error | undefined)?.name}`
    }
  }
}
