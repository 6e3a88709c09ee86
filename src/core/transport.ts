import { errorCode, errorSays, isObject, limitWaitMs, type Json } from '../wire/errors'
import { toJson } from '../wire/json'
import type { Answer, CallOptions, Clock, Transport } from './contracts'

export interface TransportOptions {
  /** Without a trailing slash. */
  server: string
  clock: Clock
  /** Sent with every call. */
  headers?: Record<string, string>
  timeoutMs?: number
}

/** What an answer is, whoever fetched it. */
export const decodeAnswer = (status: number, text: string): Answer => {
  let body: Json = {}
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) body = value
  } catch {}
  const says = errorSays(body)
  if (status === 429) return { kind: 'limited', retryAfterMs: limitWaitMs(says), says }
  if (body.success === true && status < 400) return { kind: 'ok', status, body }
  if (body.success === false || body.status === 'error') return { kind: 'refused', status, code: errorCode(body), says, body }
  return { kind: 'odd', status }
}

/** Asks the server; whatever happens is an answer, never an exception. */
export const createTransport = ({ server, clock, headers: always, timeoutMs: usualMs = 30_000 }: TransportOptions): Transport & {
  /** Whether anybody is there at all, when the answers themselves cannot be read. */
  knock(path: string): Promise<boolean>
  /** The last answer to anything, and how long it took. */
  seen(): { good: boolean; tripMs: number } | undefined
} => {
  const fetch = globalThis.fetch
  const address = (path: string, query: CallOptions['query'] = {}): string => {
    const pairs = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : `${key}=${encodeURIComponent(value)}`))
    return `${server}${path[0] === '/' ? '' : '/api/v1/'}${path}${pairs.length ? '?' : ''}${pairs.join('&')}`
  }
  /** The answer's status and text, or whether it was waited for in vain. */
  const send = async (url: string, init: RequestInit, timeoutMs: number, outer?: AbortSignal): Promise<[status: number, text: string] | boolean> => {
    const abort = new AbortController()
    let timedOut = false
    outer?.addEventListener('abort', () => abort.abort())
    const undo = clock.after(timeoutMs, () => {
      timedOut = true
      abort.abort()
    })
    try {
      const response = await fetch(url, { credentials: 'omit', cache: 'no-store', signal: abort.signal, ...init })
      // Read to the end: an unread body keeps its share of the page's 64 KiB of keepalive.
      return [response.status, await response.text()]
    } catch {
      return timedOut
    } finally {
      undo()
    }
  }
  let seen: { good: boolean; tripMs: number } | undefined
  return {
    seen: () => seen,
    async call(method, path, { query, body, headers, timeoutMs = usualMs, signal } = {}) {
      const begunMs = clock.now()
      const got = await send(
        address(path, query),
        body === undefined
          ? { method, headers: { ...always, ...headers } }
          : { method, keepalive: true, headers: { 'Content-Type': 'application/json', ...always, ...headers }, body: toJson(body) },
        timeoutMs,
        signal,
      )
      const silent = typeof got === 'boolean'
      const answer: Answer = silent ? { kind: 'silent', why: got ? 'timeout' : 'unreachable' } : decodeAnswer(...got)
      const met = { good: answer.kind === 'ok' || answer.kind === 'refused', tripMs: clock.now() - begunMs }
      // What was in flight is refused as the document goes: that is no answer, and the page may be read after it.
      if (silent) clock.after(0, () => (seen = met))
      else seen = met
      return answer
    },
    knock: async (path) => typeof (await send(address(path), { mode: 'no-cors' }, 10_000)) !== 'boolean',
  }
}
