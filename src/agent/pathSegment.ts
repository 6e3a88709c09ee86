import { AgentError } from './error'

/** What a caller gave as one segment of a path, so that it cannot climb out of it. */
export const pathSegment = (name: string, value: unknown): string => {
  try {
    if (typeof value === 'string' && value.trim() && value !== '.' && value !== '..') return encodeURIComponent(value)
  } catch {
    // Half of a surrogate pair cannot be encoded.
  }
  throw new AgentError('bad-call', `${name} is missing or no usable text.`)
}
