import type { Answer } from './envelope.ts'

/** 'executed-unreadable': calls are let through and acted on, but the page may not read the answers. */
export type CorsMode = '*' | 'off' | 'executed-unreadable' | string[]

const allowMethods = 'GET, POST, PUT, DELETE, HEAD, PATCH'
const allowHeaders =
  'Origin, X-Requested-With, Content-Type, Accept, X-User-Id, X-Auth-Token, x-visitor-token, Authorization'

const plain = { 'Content-Type': 'text/plain; charset=utf-8' }

export function preflight(mode: CorsMode, origin: string | undefined): Answer {
  if (mode === 'off') {
    return {
      status: 405,
      headers: plain,
      body: 'CORS not enabled. Go to "Admin > General > REST Api" to enable it.',
    }
  }
  const listed = Array.isArray(mode)
  // The server lower-cases its list but not the request's origin.
  if (listed && !mode.map((item) => item.toLowerCase()).includes(origin ?? ''))
    return { status: 403, headers: plain, body: 'Invalid origin' }
  return {
    status: 200,
    body: '',
    headers: {
      'Access-Control-Allow-Origin': listed ? origin! : '*',
      ...(listed ? { Vary: 'Origin' } : {}),
      'Access-Control-Allow-Methods': allowMethods,
      'Access-Control-Allow-Headers': allowHeaders,
    },
  }
}

/** Everything but a preflight may be read from anywhere, whatever the setting says about preflights. */
export const readable = (mode: CorsMode): Record<string, string> =>
  mode === 'executed-unreadable' ? {} : { 'Access-Control-Allow-Origin': '*' }
