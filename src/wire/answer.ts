import { errorCode, errorSays, limitWaitMs } from './errors'
import { readJson, type Json } from './json'
import type { Reply } from './reply'

/** What a call of the API came to. Calls never throw. */
export type Answer =
  | { kind: 'ok'; status: number; body: Json }
  /** The API's own JSON said no. */
  | { kind: 'refused'; status: number; code: string; says: string; body: Json }
  | { kind: 'limited'; retryAfterMs: number; says: string }
  /** Somebody answered, but not the API: a captive portal, a proxy, an unknown route of an old server. */
  | { kind: 'odd'; status: number }
  | { kind: 'silent'; why: 'unreachable' | 'timeout' }

/** What a status and a body mean together. */
export const decodeAnswer = (status: number, text: string): Answer => {
  const body = readJson(text) ?? {}
  const says = errorSays(body)
  if (status === 429) return { kind: 'limited', retryAfterMs: limitWaitMs(says), says }
  if (body.success === true && status < 400) return { kind: 'ok', status, body }
  if (body.success === false || body.status === 'error')
    return { kind: 'refused', status, code: errorCode(body), says, body }
  return { kind: 'odd', status }
}

/** Old servers answer an unknown route with the page of their own chat or with 405, newer ones with a bare 404. */
export const isUnknownRoute = (answer: Answer): boolean =>
  answer.kind === 'odd' || (answer.kind === 'refused' && (answer.status === 404 || answer.status === 405))

export const answerOf = (reply: Reply): Answer =>
  typeof reply === 'string'
    ? { kind: 'silent', why: reply === 'TimeoutError' ? 'timeout' : 'unreachable' }
    : decodeAnswer(reply.status, reply.text)
