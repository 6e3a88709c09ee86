import type { ServerResponse } from 'node:http'
import type { Answer } from './envelope.ts'

/** Text and bytes go out as they are, anything else as JSON. */
export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body)
  const bytes = isRaw ? Buffer.from(body) : Buffer.from(JSON.stringify(body))
  response.writeHead(status, {
    ...(isRaw ? {} : { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }),
    ...headers,
    'Content-Length': bytes.length,
  })
  response.end(response.req.method === 'HEAD' ? undefined : bytes)
}
