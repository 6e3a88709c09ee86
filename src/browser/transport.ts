import { answerOf } from '../wire/answer'
import type { Send, Transport } from './ports'
import { isReachable, whereRedirected } from './redirects'
import { jsonPost } from '../wire/request'

export interface TransportOptions {
  /** Without a trailing slash. */
  server: string
  send: Send
}

/** Every verb of the REST API, by path. */
export const createTransport = ({
  server,
  send,
}: TransportOptions): Transport & {
  /** Whether anybody answers at this path, though the page may not be allowed to read it. */
  isReachable(path: string): Promise<boolean>
  /** The address to which the server redirects its callers. */
  whereRedirected(): Promise<string | undefined>
} => {
  const address = (path: string) => `${server}${path[0] === '/' ? '' : '/api/v1/'}${path}`
  return {
    async call(method, path, { query = {}, body, headers, timeoutMs = 30_000, signal } = {}) {
      const pairs = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, `${value}`]]))
      const init = body === undefined ? { cache: 'no-store' as const } : jsonPost(body)
      return answerOf(
        await send(
          address(path) + (pairs.length ? `?${new URLSearchParams(pairs)}` : ''),
          {
            ...init,
            method,
            headers: { ...init.headers, ...headers },
            ...(signal && { signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) }),
          },
          timeoutMs,
        ),
      )
    },
    isReachable: (path) => isReachable(address(path), send),
    whereRedirected: () => whereRedirected(server, send),
  }
}
