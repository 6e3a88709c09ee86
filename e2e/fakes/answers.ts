/** What a server may answer, for tests that script it. */
import type { Answer } from '../../src/wire/answer'
import type { CallOptions } from '../../src/visitor/contracts'

export type Reply = Answer | Record<string, unknown> | ((options: CallOptions) => Answer | Record<string, unknown> | Promise<Answer | Record<string, unknown>>)

export const refused = (error: string, status = 400, more: Record<string, unknown> = {}): Answer => ({
  kind: 'refused',
  status,
  code: /\[([^[\]]+)\]$/.exec(error)?.[1] ?? error,
  says: error,
  body: { success: false, error, ...more },
})
export const silent: Answer = { kind: 'silent', why: 'unreachable' }
export const limited = (seconds: number): Answer => ({
  kind: 'limited',
  retryAfterMs: seconds * 1000,
  says: `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again. [error-too-many-requests]`,
})

export const isAnswer = (reply: object): reply is Answer => 'kind' in reply && typeof (reply as Answer).kind === 'string'
