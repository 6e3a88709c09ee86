/** How much anybody may send to a server that stands open to the network: more is refused, and costs it no memory. */
import type { IncomingMessage } from 'node:http'

const mebibyte = 1_048_576

/** Of a body that is no form with a file in it. */
export const maxBodyBytes = 10 * mebibyte
/** Of one frame of a websocket. */
export const maxFrameBytes = mebibyte
/** Websockets at once, and what one of them may listen to. */
export const maxSockets = 1000
export const maxSubscriptions = 200
/** What of one body is written down in the ledger. */
export const maxLoggedBytes = 64 * 1024
/** MongoDB stores no document that is nested deeper, and `JSON.stringify` cannot write one of some thousand levels. */
const maxDepth = 100

function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
  return false
}

/** Undefined when it is no JSON, or JSON that is nested too deeply. */
export function readJsonText(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return isTooDeep(value) ? undefined : value
  } catch {
    return undefined
  }
}

/** A request's body; undefined when it is longer than `maxBytes`, and then the rest of it is thrown away as it comes. */
export function readRaw(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxBytes) chunks.push(chunk)
      else {
        chunks.length = 0
        resolve(undefined)
      }
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
  })
}
