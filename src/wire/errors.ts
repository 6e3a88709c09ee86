/** What a refusal of the server means: one code out of the five places where servers have put it. */

export type Json = Record<string, unknown>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

/** The server's own words: `error`, else `reason`, else `message`. */
export const errorSays = (body: Json): string => text(body.error) ?? text(body.reason) ?? text(body.message) ?? ''

/** What names a class of errors, up to 5.1, or all that is forbidden, from 9.0 on, and no code. */
const classes = /^((Meteor|Match)\.Error|error-forbidden)$/

/** `errorType`, else the code in trailing brackets of the text, else the whole text. */
export const errorCode = (body: Json): string => {
  const says = errorSays(body)
  const type = text(body.errorType)
  return type && !classes.test(type) ? type : (/\[([^[\]]+)\]\s*$/.exec(says)?.[1] ?? says)
}

/** Cross-origin pages cannot read the limiter's headers: the seconds are in the text, and a window is never longer than a minute by default. */
export const limitWaitMs = (says: string): number => {
  // A number of more digits is no time to wait, and not read: the search begins at each number once, not at each of its digits.
  const seconds = /(?:^|\D)(\d{1,6}) ?second/.exec(says)?.[1]
  return (seconds ? +seconds : 60) * 1000
}
