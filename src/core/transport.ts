import { answerOf } from './answer'
import type { Clock, Transport } from './contracts'
import { createSend, posting, type Send } from './sender'

export { decodeAnswer } from './answer'

export interface TransportOptions {
  /** Without a trailing slash. */
  server: string
  clock: Clock
  /** Sent with every call. */
  headers?: Record<string, string>
  timeoutMs?: number
  send?: Send
}

/** Every verb of the REST API, by path. */
export const createTransport = ({ server, clock, headers: always, timeoutMs: usualMs, send = createSend(clock) }: TransportOptions): Transport & {
  /** Whether anybody is there at all, when the answers themselves cannot be read. */
  knock(path: string): Promise<boolean>
} => {
  const address = (path: string) => `${server}${path[0] === '/' ? '' : '/api/v1/'}${path}`
  return {
    async call(method, path, { query = {}, body, headers, timeoutMs = usualMs, signal } = {}) {
      const pairs = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : `${key}=${encodeURIComponent(value)}`))
      const init = body === undefined ? {} : posting(body)
      const abort = new AbortController()
      signal?.addEventListener('abort', () => abort.abort())
      return answerOf(await send(address(path) + (pairs.length ? `?${pairs.join('&')}` : ''), { ...init, method, headers: { ...init.headers, ...always, ...headers } }, timeoutMs, abort))
    },
    knock: async (path) => typeof (await send(address(path), { mode: 'no-cors' }, 10_000)) === 'object',
  }
}
