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

/** Titles and addresses come from strangers: this takes out the characters that move the cursor, ring, or turn the direction of the line. */
export const printable = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')

/** As JSON on one line. JSON itself escapes only the first thirty-two of the characters that `printable` takes out. */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** The server that was given on the command line. A bare host means https. */
export const readServerArgument = (given: string): string => {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`
  const server = readAgentServer(address)
  if (server) return server
  // The error does not repeat it: it may hold a password.
  throw new UsageError(
    'The server is not an http or https address without a name or password in it, for example https://chat.example.com',
  )
}
