import { errorCode, errorSays, isObject, limitWaitMs, type Json } from '../wire/errors'
import type { Answer, CallOptions, Clock, Transport } from './contracts'

export interface TransportOptions {
  /** Without a trailing slash. */
  server: string
  clock: Clock
  /** Sent with every call. */
  headers?: Record<string, string>
  timeoutMs?: number
}

/** Old Prototype.js gives arrays and strings a `toJSON` of their own, which turns `[…]` into a text: it is taken off for the moment of writing. */
const toJson = (body: unknown): string => {
  const masked = [Object, Array, String].map((type) => [type.prototype, Object.getOwnPropertyDescriptor(type.prototype, 'toJSON')] as const)
  for (const [prototype, own] of masked) if (own) delete (prototype as { toJSON?: unknown }).toJSON
  try {
    return JSON.stringify(body)
  } finally {
    for (const [prototype, own] of masked) if (own) Object.defineProperty(prototype, 'toJSON', own)
  }
}

const decode = (status: number, text: string): Answer => {
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
  const common = { credentials: 'omit', cache: 'no-store', referrerPolicy: 'strict-origin-when-cross-origin' } as const
  return {
    call: (method, path, { query, body, headers, timeoutMs = usualMs, signal } = {}) =>
      limited<Answer>(
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
          return decode(response.status, await response.text())
        },
        (timedOut) => ({ kind: 'silent', why: timedOut ? 'timeout' : 'unreachable' }),
      ),
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
