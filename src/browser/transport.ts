import { answerOf } from '../wire/answer'
import type { Transport } from './ports'
import { isReachable, whereRedirected } from '../browser/redirects'
import { jsonPost } from '../wire/request'
import type { Send } from '../browser/ports'

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
  /** Whether anybody is there at all, when the answers themselves cannot be read. */
  isReachable(path: string): Promise<boolean>
  /** Where the server sends its callers on to. */
  whereRedirected(): Promise<string | undefined>
} => {
  const address = (path: string) => `${server}${path[0] === '/' ? '' : '/api/v1/'}${path}`
  return {
    async call(method, path, { query = {}, body, headers, timeoutMs = 30_000, signal } = {}) {
      const pairs = Object.entries(query).flatMap(([key, value]) =>
        value === undefined ? [] : `${key}=${encodeURIComponent(value)}`,
      )
      const init = body === undefined ? { cache: 'no-store' as const } : jsonPost(body)
      return answerOf(
        await send(
          address(path) + (pairs.length ? `?${pairs.join('&')}` : ''),
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
