import { readServer } from '../options'
import { createTransport } from '../browser/transport'
import type { Answer } from '../wire/answer'
import type { CallOptions } from '../browser/ports'
import { createSend } from '../browser/send'
import type { Json } from '../wire/json'
import { serverOfConfigAddress } from '../diagnosis/redirected'
import { AgentError, refusal } from './refusal'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Asks by name; resolves with the server's answer or rejects with an AgentError. */
export type Ask = (what: string, method: Method, path: string, options?: CallOptions, secret?: string) => Promise<Json>

/** Absolute, and without a name or password in it: those would be in every address. */
export const readAgentServer = (given: unknown): string | undefined =>
  typeof given === 'string' && !/^[^/]*\/\/[^/]*@/.test(given) ? readServer(given, given) : undefined

/** What a header can carry. */
const isCredential = (value: unknown): value is string => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)

/** One segment of a path: nothing that climbs out of it. */
export const pathSegment = (name: string, value: unknown): string => {
  try {
    if (typeof value === 'string' && value.trim() && value !== '.' && value !== '..') return encodeURIComponent(value)
  } catch {
    // Half of a surrogate pair is no text.
  }
  throw new AgentError('bad-call', `${name} is missing or no usable text.`)
}

/** `asAgent` sends the credentials, in headers only; `asVisitor` sends none. */
export const createAsk = (server: string, userId: unknown, authToken: unknown): { asAgent: Ask; asVisitor: Ask } => {
  if (!isCredential(userId) || !isCredential(authToken)) {
    throw new AgentError(
      'bad-call',
      'createAgent needs { userId, authToken }: the id of an agent and a personal access token of theirs.',
    )
  }
  const transport = createTransport({ server, send: createSend() })
  const whereTo = async (answer: Answer) =>
    answer.kind === 'silent' && answer.why === 'unreachable'
      ? serverOfConfigAddress((await transport.whereRedirected()) ?? '')
      : undefined
  const ask =
    (headers: Record<string, string>, secrets: string[]): Ask =>
    async (what, method, path, options, secret) => {
      const answer = await transport.call(method, path, { ...options, headers })
      if (answer.kind === 'ok') return answer.body
      const scrub = (text: string) =>
        [...secrets, secret ?? '']
          .filter((one) => one.length > 5)
          .reduce((clean, one) => clean.replaceAll(one, '…'), text)
      throw refusal(what, answer, scrub, await whereTo(answer))
    }
  return {
    asAgent: ask({ 'X-User-Id': userId, 'X-Auth-Token': authToken }, [userId, authToken]),
    asVisitor: ask({}, []),
  }
}
