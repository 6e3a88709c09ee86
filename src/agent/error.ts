/**
 * Stable: what a program may decide by.
 *
 * @example
 * agent.visitorInfo(visitorId).catch(({ code }) => code === 'not-found' && showStranger())
 */
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

interface RefusalDetail {
  status?: number
  /** The server's own code, for example `invalid-room`. */
  serverCode?: string
  /** The server's own words. */
  says?: string
  retryAfterMs?: number
}

/**
 * What every call of the agent rejects with. It carries neither credentials nor addresses.
 *
 * @example
 * if (error instanceof AgentError && error.code === 'limited') waitFor(error.retryAfterMs)
 */
export class AgentError extends Error {
  readonly code: AgentErrorCode
  readonly status?: number
  readonly serverCode?: string
  readonly says?: string
  readonly retryAfterMs?: number
  constructor(code: AgentErrorCode, message: string, detail: RefusalDetail = {}) {
    super(message)
    this.name = 'AgentError'
    this.code = code
    if (detail.status !== undefined) this.status = detail.status
    if (detail.serverCode) this.serverCode = detail.serverCode
    if (detail.says) this.says = detail.says
    if (detail.retryAfterMs !== undefined) this.retryAfterMs = detail.retryAfterMs
  }
}
