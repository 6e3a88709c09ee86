import { errorCode, errorSays, isObject, limitWaitMs, type Json } from '../wire/errors'
import { toJson } from '../wire/json'
import type { Answer, Clock } from './contracts'

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

export interface Sending extends Omit<RequestInit, 'body'> {
  json?: unknown
  timeoutMs?: number
}

/** Whatever happens is an answer, never an exception. */
export const createSender = (clock: Clock) => {
  const fetch = globalThis.fetch
  /** The last answer to anything, and how long it took. */
  let seen: { good: boolean; tripMs: number } | undefined
  return {
    seen: () => seen,
    async send(url: string, { json, timeoutMs = 30_000, signal, ...init }: Sending = {}): Promise<Answer> {
      const abort = new AbortController()
      const begunMs = clock.now()
      let answer: Answer = { kind: 'silent', why: 'unreachable' }
      const stop = () => abort.abort()
      const undo = clock.after(timeoutMs, () => {
        answer = { kind: 'silent', why: 'timeout' }
        stop()
      })
      signal?.addEventListener('abort', stop)
      if (json !== undefined) init = { method: 'POST', keepalive: true, ...init, headers: { 'Content-Type': 'application/json', ...init.headers } }
      try {
        const response = await fetch(url, { credentials: 'omit', cache: 'no-store', ...init, body: json === undefined ? undefined : toJson(json), signal: abort.signal })
        // Read to the end: an unread body keeps its share of the page's 64 KiB of keepalive.
        answer = decodeAnswer(response.status, await response.text())
      } catch {}
      undo()
      const met = { good: answer.kind === 'ok' || answer.kind === 'refused', tripMs: clock.now() - begunMs }
      // What was in flight is refused as the document goes: that is no answer, and the page may be read after it.
      if (answer.kind === 'silent') clock.after(0, () => (seen = met))
      else seen = met
      return answer
    },
  }
}
export type Sender = ReturnType<typeof createSender>
