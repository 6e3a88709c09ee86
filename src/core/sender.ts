import type { Reply } from '../wire/reply'
import type { Clock } from './contracts'

export type Send = ReturnType<typeof createSend>

/** Whatever happens is a reply, never an exception. */
export const createSend = (clock: Clock) => {
  const { fetch } = globalThis
  return async (url: string, init?: RequestInit, timeoutMs = 30_000, abort = new AbortController()): Promise<Reply> => {
    let silence: Reply = 'unreachable'
    const undo = clock.after(timeoutMs, () => {
      silence = 'timeout'
      abort.abort()
    })
    try {
      const response = await fetch(url, { credentials: 'omit', cache: 'no-store', ...init, signal: abort.signal })
      // Read to the end: an unread body keeps its share of the page's 64 KiB of keepalive.
      return { status: response.status, text: await response.text() }
    } catch {
      return silence
    } finally {
      undo()
    }
  }
}
