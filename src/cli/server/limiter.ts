import type { Check } from '../../options'
import type { Answer } from '../../wire/answer'
import { checkResult } from '../../diagnosis/checks'
import { printable } from '../terminal'
import type { HttpReply } from './http'

/** What one answer tells of the limiter: its header names how many calls it takes. */
export const checkLimiter = (reply: HttpReply, answer: Answer): Check => {
  if (answer.kind === 'limited') return checkResult('limits', 'limited', `${Math.ceil(answer.retryAfterMs / 1000)} s`)
  if (reply.kind === 'silent' || answer.kind === 'odd')
    return checkResult('limits', 'unchecked', 'the API does not answer')
  const calls = reply.headers['x-ratelimit-limit']
  return calls ? checkResult('limits', 'good', printable(String(calls))) : checkResult('limits', 'off')
}
