import type { Answer } from './envelope.ts'

/** 'executed-unreadable': calls are let through and acted on, but the page may not read the answers. */
export type CorsMode = '*' | 'off' | 'executed-unreadable' | string[]

const allowMethods = 'GET, POST, PUT, DELETE, HEAD, PATCH'
const oldAllowHeaders = 'Origin, X-Requested-With, Content-Type, Accept, X-User-Id, X-Auth-Token'
const allowHeaders = `${oldAllowHeaders}, x-visitor-token, Authorization`

const plain = { 'Content-Type': 'text/plain; charset=utf-8' }

/** The servers of 0.70–2.4 allow neither uploads (no `x-visitor-token`) nor PUT and DELETE, and do not look at the origin. */
const oldPreflight = (mode: CorsMode): Answer => ({
  status: 200,
  body: '',
  headers: {
    'Access-Control-Allow-Origin': Array.isArray(mode) ? mode.join(',') : '*',
    'Access-Control-Allow-Headers': oldAllowHeaders,
  },
})

export function preflight(mode: CorsMode, origin: string | undefined, era: number): Answer {
  if (mode === 'off') {
    return {
      status: 405,
      headers: plain,
      body: 'CORS not enabled. Go to "Admin > General > REST Api" to enable it.',
    }
  }
  if (era < 6) return oldPreflight(mode)
  const listed = Array.isArray(mode)
  const from = origin ?? ''
  // The server lower-cases its list but not the request's origin.
  if (listed && !mode.map((item) => item.toLowerCase()).includes(from))
    return era < 8 ? { status: 200, body: '' } : { status: 403, headers: plain, body: 'Invalid origin' }
  return {
    status: 200,
    body: '',
    headers: {
      'Access-Control-Allow-Origin': listed ? from : '*',
      ...(listed ? { Vary: 'Origin' } : {}),
      'Access-Control-Allow-Methods': allowMethods,
      'Access-Control-Allow-Headers': allowHeaders,
    },
  }
}

/**
 * From 6 on everything but a preflight may be read from anywhere, whatever the setting says about preflights. The servers
 * of 0.70–2.4 let nothing be read while the setting is off.
 */
export const readable = (mode: CorsMode, era: number): Record<string, string> =>
  mode === 'executed-unreadable' || (mode === 'off' && era < 6) ? {} : { 'Access-Control-Allow-Origin': '*' }

/** What is pressed in blocks goes through a router of its own: with the setting off, everybody may call it. */
const mayInteract = (mode: CorsMode, origin: string) =>
  !Array.isArray(mode) || mode.map((item) => item.toLowerCase()).includes(origin)

export function interactionPreflight(mode: CorsMode, origin: string, askedHeaders: string): Answer {
  if (!mayInteract(mode, origin)) return { status: 500, headers: plain, body: 'Not allowed by CORS' }
  return {
    status: 204,
    body: '',
    headers: {
      ...interactionReadable(mode, origin),
      'Access-Control-Allow-Methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
      'Access-Control-Allow-Headers': askedHeaders,
    },
  }
}

export const interactionReadable = (mode: CorsMode, origin: string | undefined): Record<string, string> =>
  mode === 'executed-unreadable' || origin === undefined || !mayInteract(mode, origin)
    ? {}
    : { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' }
