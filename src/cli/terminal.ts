import { readAgentServer } from '../agent/server'

/** Where the command reads and writes; replaced in tests. */
export interface Terminal {
  out(line: string): void
  err(line: string): void
  environment: Record<string, string | undefined>
  /** False when the lines go into a file or another command, or when the environment wants none (NO_COLOR). */
  hasColours?: boolean
  /** How many characters fit into a line; undefined when the lines go into a file or another command. */
  columns?: number
}

const colourCodes = { red: 31, green: 32, yellow: 33, dim: 2 }

/** The text in a colour, where the terminal has any. */
export const paint = ({ hasColours }: Terminal, colour: keyof typeof colourCodes, text: string): string =>
  hasColours ? `\u001b[${colourCodes[colour]}m${text}\u001b[0m` : text

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
