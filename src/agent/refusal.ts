import type { Answer } from '../wire/answer'

/** Stable: what a program may decide by. */
export type AgentErrorCode =
  /** Something was left out or cannot be sent; the server was not asked. */
  | 'bad-call'
  | 'unreachable'
  | 'timeout'
  /** Too many calls; `retryAfterMs` says when the next one is welcome. */
  | 'limited'
  /** 401: this userId and authToken are not accepted. */
  | 'not-logged-in'
  /** 403, or what older servers say instead with 400. */
  | 'not-permitted'
  /** No such room or visitor. */
  | 'not-found'
  /** The server finds the request itself wrong. */
  | 'bad-request'
  /** Any other refusal; `serverCode` and `says` tell which. */
  | 'refused'
  /** This server does not know the call: it is older or newer than it. */
  | 'unknown-route'
  /** Somebody answered, but not the API: a proxy, a login page. */
  | 'not-api'
  /** The API answered with something that cannot be what it says. */
  | 'unreadable'

interface More {
  status?: number
  /** The server's own code, for example `invalid-room`. */
  serverCode?: string
  /** The server's own words. */
  says?: string
  retryAfterMs?: number
}

/** What every call of the agent rejects with. It carries neither credentials nor addresses. */
export class AgentError extends Error {
  readonly code: AgentErrorCode
  readonly status?: number
  readonly serverCode?: string
  readonly says?: string
  readonly retryAfterMs?: number
  constructor(code: AgentErrorCode, message: string, more: More = {}) {
    super(message)
    this.name = 'AgentError'
    this.code = code
    if (more.status !== undefined) this.status = more.status
    if (more.serverCode) this.serverCode = more.serverCode
    if (more.says) this.says = more.says
    if (more.retryAfterMs !== undefined) this.retryAfterMs = more.retryAfterMs
  }
}

const meanings: Record<string, AgentErrorCode> = {
  'error-unauthorized': 'not-permitted',
  'error-not-authorized': 'not-permitted',
  'error-not-allowed': 'not-permitted',
  'invalid-room': 'not-found',
  'invalid-visitor': 'not-found',
  'visitor-not-found': 'not-found',
  'invalid-room-visitor': 'not-found',
  'invalid-token': 'not-found',
  'invalid-params': 'bad-request',
  'error-invalid-params': 'bad-request',
  'error-invalid-sort': 'bad-request',
}

const codeOf = (status: number, serverCode: string): AgentErrorCode => {
  if (status === 401) return 'not-logged-in'
  if (status === 403) return 'not-permitted'
  if (status === 405) return 'unknown-route'
  if (status === 404) return 'not-found'
  if (serverCode.startsWith('Match error:')) return 'bad-request'
  return Object.hasOwn(meanings, serverCode) ? meanings[serverCode]! : 'refused'
}

const remedies: Partial<Record<AgentErrorCode, string>> = {
  'not-logged-in':
    'The server does not accept this userId and authToken: a personal access token of an agent, made in their profile, is needed.',
  'not-permitted':
    'This agent may not do that: the role needs the permission view-l-room, and the room must be theirs to see.',
  'not-found': 'The server knows no such room or visitor.',
  'bad-request': 'The server finds the request wrong.',
  'unknown-route': 'This server does not know the call: it is older or newer than it.',
}

/** Reads a refusal once, for every call; `scrub` takes what is secret out of the server's words, `redirectedTo` is where it sends its callers. */
export const refusal = (
  what: string,
  answer: Exclude<Answer, { kind: 'ok' }>,
  scrub: (text: string) => string,
  redirectedTo?: string,
): AgentError => {
  switch (answer.kind) {
    case 'limited':
      return new AgentError(
        'limited',
        `${what}: too many calls; the next one is welcome in ${Math.ceil(answer.retryAfterMs / 1000)} s.`,
        {
          status: 429,
          serverCode: 'error-too-many-requests',
          says: scrub(answer.says),
          retryAfterMs: answer.retryAfterMs,
        },
      )
    case 'silent':
      return answer.why === 'timeout'
        ? new AgentError('timeout', `${what}: the server took too long to answer.`)
        : new AgentError(
            'unreachable',
            redirectedTo
              ? `${what}: the server redirects to ${scrub(redirectedTo)}, and credentials are sent nowhere but to the server itself: pass { server: '${scrub(redirectedTo)}' } if that is the right one.`
              : `${what}: the server cannot be reached. In a browser it must allow this origin (API_Enable_CORS, API_CORS_Origin).`,
          )
    case 'odd': {
      const unknown = answer.status === 200 || answer.status === 404 || answer.status === 405
      return unknown
        ? new AgentError('unknown-route', `${what}: ${remedies['unknown-route']}`, { status: answer.status })
        : new AgentError('not-api', `${what}: something answered with status ${answer.status}, but not the API.`, {
            status: answer.status,
          })
    }
    case 'refused': {
      const code = codeOf(answer.status, answer.code)
      const says = scrub(answer.says)
      const reason = [remedies[code], says && `It said: “${says}”.`].filter(Boolean).join(' ')
      return new AgentError(code, `${what}: ${reason || 'refused without a word.'}`, {
        status: answer.status,
        serverCode: scrub(answer.code),
        says,
      })
    }
  }
}
