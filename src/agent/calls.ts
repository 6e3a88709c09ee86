import type { CallOptions } from '../browser/ports'
import { createSend } from '../browser/send'
import { whereRedirected } from '../browser/redirects'
import { createTransport } from '../browser/transport'
import { serverOfConfigAddress } from '../diagnosis/redirected'
import type { Answer } from '../wire/answer'
import type { Json } from '../wire/json'
import { AgentError } from './error'
import { refusalOf } from './refusal'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/**
 * Resolves with the body of the server's answer, or rejects with an AgentError. `callName` is what errors call it; `secret` is kept out of
 * what they repeat.
 */
export type Call = (
  callName: string,
  method: Method,
  path: string,
  options?: CallOptions,
  secret?: string,
) => Promise<Json>

export interface Calls {
  /** Sends the agent's credentials, in headers only. */
  asAgent: Call
  /** Sends none. */
  asVisitor: Call
}

/** A text that a header can carry. */
const isCredential = (value: unknown): value is string => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)

/** Shorter texts are no secrets, and taking them out would leave holes in every sentence. */
const shortestSecret = 6

const withoutSecrets =
  (secrets: string[]) =>
  (text: string): string =>
    secrets
      .filter((secret) => secret.length >= shortestSecret)
      .reduce((clean, secret) => clean.replaceAll(secret, '…'), text)

export const createCalls = (server: string, userId: unknown, authToken: unknown): Calls => {
  if (!isCredential(userId) || !isCredential(authToken)) {
    throw new AgentError(
      'bad-call',
      'createAgent needs { userId, authToken }: the id of an agent and a personal access token of theirs.',
    )
  }
  const send = createSend()
  const transport = createTransport({ server, send })
  /** The server to which this one redirects, where that may be why nothing answered. */
  const findNewServer = async (answer: Answer): Promise<string | undefined> =>
    answer.kind === 'silent' && answer.why === 'unreachable'
      ? serverOfConfigAddress((await whereRedirected(server, send)) ?? '')
      : undefined
  const createCall =
    (headers: Record<string, string>, credentials: string[]): Call =>
    async (callName, method, path, options, secret = '') => {
      const answer = await transport.call(method, path, { ...options, headers })
      if (answer.kind === 'ok') return answer.body
      throw refusalOf(callName, answer, withoutSecrets([...credentials, secret]), await findNewServer(answer))
    }
  return {
    asAgent: createCall({ 'X-User-Id': userId, 'X-Auth-Token': authToken }, [userId, authToken]),
    asVisitor: createCall({}, []),
  }
}
