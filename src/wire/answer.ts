import { errorCode, errorSays, isObject, limitWaitMs, type Json } from './errors'
import type { Reply } from './reply'
import type { Answer } from '../tracking/contracts'

/** What a reply means, whoever fetched it. */
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

export const answerOf = (reply: Reply): Answer => (typeof reply === 'string' ? { kind: 'silent', why: reply === 'TimeoutError' ? 'timeout' : 'unreachable' } : decodeAnswer(reply.status, reply.text))
