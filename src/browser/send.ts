import type { Send } from './ports'

/**
 * Whatever happens is a reply, never an exception. A redirect is followed only where the caller says so: what carries a token or somebody's
 * credentials would carry them to wherever the server, or whoever answers in its place, points. `credentials` here are cookies.
 */
export const createSend = (): Send => {
  // As it was found: a host may wrap it later.
  const { fetch } = globalThis
  return async (url, init, timeoutMs = 30_000) => {
    try {
      const response = await fetch(url, {
        credentials: 'omit',
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        ...init,
      })
      // Read to the end: an unread body keeps its share of the page's 64 KiB of keepalive.
      return { status: response.status, text: await response.text(), url: response.url }
    } catch (error) {
      return `${(error as Error | undefined)?.name}`
    }
  }
}
