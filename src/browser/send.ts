import type { Reply } from '../wire/reply'

export type Send = ReturnType<typeof createSend>

/** Whatever happens is a reply, never an exception. */
export const createSend = () => {
  // As it was found: a host may wrap it later.
  const { fetch } = globalThis
  return async (url: string, init?: RequestInit, timeoutMs = 30_000): Promise<Reply> => {
    try {
      const response = await fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(timeoutMs), ...init })
      // Read to the end: an unread body keeps its share of the page's 64 KiB of keepalive.
      return { status: response.status, text: await response.text() }
    } catch (error) {
      return `${(error as Error | undefined)?.name}`
    }
  }
}
