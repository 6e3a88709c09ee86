/** What a refusal of the server means: one code out of the five places where servers have put it. */
import type { Json } from './json'

const nonEmptyText = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

/** What names a class of errors, up to 5.1, or all that is forbidden, from 9.0 on, and no code. */
const classes = /^((Meteor|Match)\.Error|error-forbidden)$/

const errorText = (body: Json): string =>
  nonEmptyText(body.error) ?? nonEmptyText(body.reason) ?? nonEmptyText(body.message) ?? ''

/** The server's own words: `error`, else `reason`, else `message`. Up to 5.1 `error` is the code alone, and the words are in `reason`. */
export const errorSays = (body: Json): string =>
  (body.errorType === 'Meteor.Error' && nonEmptyText(body.reason)) || errorText(body)

/** `errorType`, else the code in trailing brackets of the text, else the whole text. */
export const errorCode = (body: Json): string => {
  const text = errorText(body)
  const type = nonEmptyText(body.errorType)
  return type && !classes.test(type) ? type : (/\[([^[\]]+)\]\s*$/.exec(text)?.[1] ?? text)
}

/**
 * How long the limiter asks to wait. Pages of another origin cannot read its headers, but its text names the seconds; where it names none,
 * a minute, which is the longest window of a server as installed.
 */
export const limitWaitMs = (says: string): number => {
  // At most six digits: a longer number is no wait. And the search begins once at each number, not at each of its digits, so that it stays linear.
  const seconds = /(?:^|\D)(\d{1,6}) ?second/.exec(says)?.[1]
  return (seconds ? +seconds : 60) * 1000
}
