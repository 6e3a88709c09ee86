import type { ErrorCode } from './types'

/**
 * What every refusal of Tagalong is: a stable code, and a sentence for people.
 *
 * @example
 * if (error instanceof TagalongError && error.code === 'limited') waitFor(error.retryAfterMs)
 */
export class TagalongError extends Error {
  declare readonly code: ErrorCode
  declare readonly retryAfterMs?: number
  declare readonly serverCode?: string
  declare readonly says?: string
  constructor(code: ErrorCode, says: string, more?: { retryAfterMs?: number; serverCode?: string; says?: string }) {
    super(says)
    Object.assign(this, { name: 'TagalongError', code }, more)
  }
}
