/** A server whose answers a test writes beforehand, below the transport: replies as they come over the network. */
import type { Send, CallOptions } from '../../src/browser/ports'
import type { Answer } from '../../src/wire/answer'
import type { Reply as RawReply } from '../../src/wire/reply'

type Given = Answer | Record<string, unknown>
/** What a call is answered with: a meaning, the body of a success, or either for each call anew. */
export type Reply = Given | ((options: CallOptions) => Given | Promise<Given>)

export const refused = (error: string, status = 400, more: Record<string, unknown> = {}): Answer => ({
  kind: 'refused',
  status,
  code: /\[([^[\]]+)\]$/.exec(error)?.[1] ?? error,
  says: error,
  body: { success: false, error, ...more },
})
export const silent: Answer = { kind: 'silent', why: 'unreachable' }
export const limited = (seconds: number): Answer => ({
  kind: 'limited',
  retryAfterMs: seconds * 1000,
  says: `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again. [error-too-many-requests]`,
})

const isAnswer = (given: object): given is Answer => 'kind' in given && typeof given.kind === 'string'

/** As it comes over the network. */
const rawOf = (given: Given): RawReply => {
  const reply = (status: number, body: object): RawReply => ({ status, text: JSON.stringify(body) })
  if (!isAnswer(given)) return reply(200, { ...given, success: true })
  switch (given.kind) {
    case 'ok':
      return reply(given.status, { ...given.body, success: true })
    case 'refused':
      return reply(given.status, { success: false, error: given.says, ...given.body })
    case 'limited':
      return reply(429, { success: false, error: given.says })
    case 'odd':
      return { status: given.status, text: '' }
    case 'silent':
      return given.why === 'timeout' ? 'TimeoutError' : 'TypeError'
  }
}

/** One call, read back from its request. */
const callOf = (server: string, url: string, init: RequestInit = {}): ScriptedCall => {
  const { pathname, searchParams } = new URL(url)
  const path = pathname.slice(new URL(server).pathname.replace(/\/$/, '').length).replace(/^\/api\/v1\//, '')
  const query = Object.fromEntries(searchParams)
  const options: CallOptions = {
    ...(searchParams.size && { query }),
    ...(typeof init.body === 'string' && { body: JSON.parse(init.body) as object }),
    ...(init.headers && { headers: init.headers as Record<string, string> }),
  }
  return { verb: `${init.method ?? 'GET'} ${path}`, options }
}

export interface ScriptedCall {
  /** `GET livechat/config` and the like. */
  verb: string
  options: CallOptions
}

export interface Script {
  send: Send
  calls: ScriptedCall[]
  /** A real server is asked; its calls are noted. */
  recording(real: Send): Send
  /** How a call is answered from now on; the latest answer that fits counts. */
  reply(pattern: string | RegExp, reply: Reply): void
  count(part: string): number
  bodies(part: string): Record<string, unknown>[]
}

export const createScript = (server: string): Script => {
  const replies: [RegExp, Reply][] = []
  const calls: ScriptedCall[] = []
  const send: Send = async (url, init) => {
    const call = callOf(server, url, init)
    calls.push(call)
    const reply = [...replies].reverse().find(([pattern]) => pattern.test(call.verb))?.[1]
    return rawOf((typeof reply === 'function' ? await reply(call.options) : reply) ?? refused('invalid-room'))
  }
  return {
    send,
    calls,
    recording: (real) => (url, init, timeoutMs) => {
      calls.push(callOf(server, url, init))
      return real(url, init, timeoutMs)
    },
    reply(pattern, reply) {
      replies.push([typeof pattern === 'string' ? new RegExp(`^${pattern.replace(/[.]/g, '\\.')}`) : pattern, reply])
    },
    count: (part) => calls.filter(({ verb }) => verb.includes(part)).length,
    bodies: (part) =>
      calls.filter(({ verb }) => verb.includes(part)).map(({ options }) => options.body as Record<string, unknown>),
  }
}
