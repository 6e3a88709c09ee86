import { plain } from './plain'
import { answerOf } from '../wire/answer'
import type { Send, Transport } from './ports'
import { jsonPost } from '../wire/request'
import type { Reply } from '../wire/reply'

export interface TransportOptions {
  /** Without a trailing slash. */
  server: string
  send: Send
  /** Sends a POST whose only header is its type, which may then be one that needs no preflight. Without it the type is JSON's own. */
  post?(path: string, body: object, options: { init: RequestInit; timeoutMs: number }): Promise<Reply>
}

/** Every verb of the REST API, by path. */
export const createTransport = ({
  server,
  send,
  post = (path, body, { init, timeoutMs }) => send(server + path, { ...jsonPost(body, 'proper'), ...init }, timeoutMs),
}: TransportOptions): Transport => {
  const under = (path: string) => (path[0] === '/' ? '' : '/api/v1/') + path
  return {
    async call(method, path, options = {}) {
      const { query = {}, body, headers, timeoutMs = 30_000, signal } = plain(options)
      const pairs = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, `${value}`]]))
      const fullPath = under(path) + (pairs.length ? `?${new URLSearchParams(pairs)}` : '')
      // Below Chrome 116, Firefox 124 and Safari 17.4 only one signal can be given: it can be stopped, and the browser itself gives up.
      const stop = signal && { signal: AbortSignal.any?.([signal, AbortSignal.timeout(timeoutMs)]) ?? signal }
      if (method === 'POST' && body && !headers)
        return answerOf(await post(fullPath, body, { init: { ...stop }, timeoutMs }))
      const init = body === undefined ? { cache: 'no-store' as const } : jsonPost(body, 'proper')
      return answerOf(
        await send(
          server + fullPath,
          { ...init, method, headers: { ...init.headers, ...headers }, ...stop },
          timeoutMs,
        ),
      )
    },
  }
}
