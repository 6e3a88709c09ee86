/** What a run of `server-check` finds: printed as a table, or as JSON for whoever is to look at it. */
import type { Check } from '../../options'
import type { Json } from '../../wire/json'

/** How a page of another origin can make a call. */
export type Way =
  /** At once: a GET, or a POST of a type that needs no preflight. */
  | 'simple'
  /** After a preflight, which the server allows. */
  | 'proper'
  /** Not at all: the preflight is refused, or the answer may not be read. */
  | 'blocked'
  /** The server does not know the call. */
  | 'missing'
  /** The server knows the call, and answers it as no server was seen to. */
  | 'odd'
  /** The limiter asked to wait, or nothing answered. */
  | 'not made'

export interface CallResult {
  call: string
  way: Way
  /** Status and code of the answer, for example `400 invalid-room`. */
  answer: string
}

/** An answer that is other than what the widget is written for. */
export interface Deviation {
  call: string
  expected: string
  got: string
}

export interface Report {
  server: string
  /** Of the pages whose view this is. */
  origin: string
  at: string
  version?: string
  checks: Check[]
  calls: CallResult[]
  deviations: Deviation[]
}

/** What the calls of a run are about. */
export interface Subject {
  token: string
  rid: string
  messageId: string
}

/** One call of the widget, and what the server may say to it. */
export interface Expectation {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Under /api/v1/livechat/; what begins with a colon stands for a member of the subject. */
  path: string
  query?: (subject: Subject) => Record<string, string>
  body?: (subject: Subject) => Json
  /** A file in place of a body. */
  file?: boolean
  /** Refusals that are as good as a success: they show that the call was understood. */
  refusals?: string[]
  /** Servers that have the call, by the first number of their version; all when absent. */
  from?: number
  to?: number
  /** What is wrong with the body of a success, if anything is. */
  inspect?: (body: Json, subject: Subject) => string | undefined
}
