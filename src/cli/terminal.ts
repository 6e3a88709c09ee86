import { readAgentServer } from '../agent/server'

/** Where the command reads and writes; replaced in tests. */
export interface Terminal {
  out(line: string): void
  err(line: string): void
  environment: Record<string, string | undefined>
}

/** What ends the command with a sentence instead of a stack. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** Titles and addresses come from strangers: none of them moves the cursor, rings, or turns the line around. */
export const plain = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')

/** JSON escapes only the first thirty-two of them. */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** A bare host means https. */
export const readAddress = (given: string): string => {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`
  const server = readAgentServer(text)
  if (server) return server
  // Not repeated: it may hold a password.
  throw new UsageError(
    'The server is not an http or https address without a name or password in it, for example https://chat.example.com',
  )
}
