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
  let body: Json | undefined
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) body = value
  } catch {
    body = undefined
  }
  if (status === 429) {
    const says = body ? errorSays(body) : ''
    return { kind: 'limited', retryAfterMs: limitWaitMs(says), says }
  }
  if (body?.success === true && status < 400) return { kind: 'ok', status, body }
  if (body && (body.success === false || body.status === 'error')) return { kind: 'refused', status, code: errorCode(body), says: errorSays(body), body }
  return { kind: 'odd', status }
}

/** Asks the server; whatever happens is an answer, never an exception. */
export const createTransport = ({ server, clock, headers: always, timeoutMs: usualMs = 30_000 }: TransportOptions): Transport & {
  /** Whether anybody is there at all, when the answers themselves cannot be read. */
  knock(path: string): Promise<boolean>
  /** The last answer to anything, and how long it took. */
  seen(): { good: boolean; tripMs: number } | undefined
} => {
  const send = globalThis.fetch.bind(globalThis)
  const address = (path: string, query: CallOptions['query']): string => {
    const pairs = Object.entries(query ?? {}).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`]))
    return `${server}${path[0] === '/' ? '' : '/api/v1/'}${path}${pairs.length ? `?${pairs.join('&')}` : ''}`
  }
  const limited = async <T>(ms: number, outer: AbortSignal | undefined, run: (signal: AbortSignal) => Promise<T>, otherwise: (timedOut: boolean) => T): Promise<T> => {
    const abort = new AbortController()
    let timedOut = false
    const stop = () => abort.abort()
    const undo = clock.after(ms, () => {
      timedOut = true
      stop()
    })
    outer?.addEventListener('abort', stop)
    try {
      return await run(abort.signal)
    } catch {
      return otherwise(timedOut)
    } finally {
      undo()
      outer?.removeEventListener('abort', stop)
    }
  }
  let seen: { good: boolean; tripMs: number } | undefined
  const common = { credentials: 'omit', cache: 'no-store', referrerPolicy: 'strict-origin-when-cross-origin' } as const
  return {
    seen: () => seen,
    async call(method, path, { query, body, headers, timeoutMs = usualMs, signal } = {}) {
      const begunMs = clock.now()
      const answer = await limited<Answer>(
        timeoutMs,
        signal,
        async (inner) => {
          const form = typeof FormData === 'function' && body instanceof FormData
          const response = await send(address(path, query), {
            ...common,
            method,
            keepalive: method !== 'GET' && !form,
            headers: { ...always, ...(body === undefined || form ? {} : { 'Content-Type': 'application/json' }), ...headers },
            body: body === undefined ? undefined : form ? body : toJson(body),
            signal: inner,
          })
          // Read to the end: an unread body keeps its share of the page's 64 KiB of keepalive.
          return decodeAnswer(response.status, await response.text())
        },
        (timedOut) => ({ kind: 'silent', why: timedOut ? 'timeout' : 'unreachable' }),
      )
      const met = { good: answer.kind === 'ok' || answer.kind === 'refused', tripMs: clock.now() - begunMs }
      // What was in flight is refused as the document goes: that is no answer, and the page may be read after it.
      if (answer.kind === 'silent') clock.after(0, () => (seen = met))
      else seen = met
      return answer
    },
    knock: (path) =>
      limited(
        10_000,
        undefined,
        async (signal) => {
          await send(address(path, undefined), { ...common, mode: 'no-cors', signal })
          return true
        },
        () => false,
      ),
  }
}
