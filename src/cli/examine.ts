import { decodeAnswer, type Answer } from '../wire/answer'
import type { Check } from '../options'
import { checkResult, type CheckName } from '../diagnosis/checks'
import { serverOfConfigAddress } from '../diagnosis/redirected'
import { configPath, socketAddress } from '../wire/paths'
import { uncheckedConfig, checksOfConfig } from '../diagnosis/diagnose'
import { askServer, type HttpReply } from './http'
import { opensSocket } from './opensSocket'
import { printable } from './terminal'

/** The headers that the widget sends: JSON always, the visitor's token with a file. */
const neededHeaders = ['content-type', 'x-visitor-token']

/** As many redirects as browsers follow. */
const longestChain = 20

const seconds = (ms: number): string => `${Math.ceil(ms / 1000)} s`
/** The items of a header that is a list. */
const itemsOf = (header: string | string[] | undefined): string[] =>
  String(header ?? '')
    .split(',')
    .map((item) => item.trim().toLowerCase())

/** The address to which the server redirects its callers. */
const redirectedTo = (server: string, reply: HttpReply): string | undefined => {
  const location =
    reply.kind === 'answer' && reply.status >= 300 && reply.status < 400 ? reply.headers.location : undefined
  return location && URL.canParse(location, server + configPath)
    ? new URL(location, server + configPath).href
    : undefined
}

const mayRead = (reply: HttpReply, origin: string): boolean => {
  const allowed = reply.kind === 'answer' ? reply.headers['access-control-allow-origin'] : undefined
  return allowed === '*' || allowed === origin
}

const checkApi = (
  reply: Extract<HttpReply, { kind: 'answer' }>,
  answer: Answer,
  origin: string,
  isSameOrigin: boolean,
): Check => {
  if (answer.kind === 'odd') return checkResult('api', 'not-api', String(answer.status))
  if (answer.kind === 'refused') return checkResult('api', 'refused', printable(answer.says))
  return isSameOrigin || mayRead(reply, origin) ? checkResult('api', 'good') : checkResult('api', 'blocked', origin)
}

/** The browser's own question before a POST, and then the POST, whose answer must be readable as well. */
const checkCors = async (server: string, origin: string): Promise<Check> => {
  const url = `${server}/api/v1/livechat/visitor.status`
  const preflight = await askServer('OPTIONS', url, {
    Origin: origin,
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': neededHeaders.join(','),
  })
  if (preflight.kind === 'silent')
    return preflight.why === 'timeout'
      ? checkResult('cors', 'timeout', server)
      : checkResult('cors', 'unchecked', 'the server has stopped answering')
  const { status, headers } = preflight
  if (status === 405 || status === 404) return checkResult('cors', 'blocked', origin)
  if (!mayRead(preflight, origin))
    return checkResult(
      'cors',
      status === 403 || headers['access-control-allow-origin'] || headers['access-control-allow-methods']
        ? 'not-listed'
        : 'blocked',
      origin,
    )
  if (status < 200 || status > 299) return checkResult('cors', 'blocked', origin)
  const allowed = itemsOf(headers['access-control-allow-headers'])
  const missing = allowed.includes('*') ? [] : neededHeaders.filter((name) => !allowed.includes(name))
  if (missing.length) return checkResult('cors', 'missing-headers', missing.join(', '))
  const post = await askServer('POST', url, { Origin: origin, 'Content-Type': 'application/json' }, '{}')
  return mayRead(post, origin) ? checkResult('cors', 'good', origin) : checkResult('cors', 'blocked', origin)
}

const checkLimits = (reply: Extract<HttpReply, { kind: 'answer' }>, answer: Answer): Check => {
  if (answer.kind === 'limited') return checkResult('limits', 'limited', seconds(answer.retryAfterMs))
  if (answer.kind === 'odd') return checkResult('limits', 'unchecked', 'the API does not answer')
  const calls = reply.headers['x-ratelimit-limit']
  return calls ? checkResult('limits', 'good', printable(String(calls))) : checkResult('limits', 'off')
}

interface FoundServer {
  server: string
  reply: HttpReply
  /** Where a redirect leads: the end of a chain, as far as it stays with addresses of a server. */
  newAddress: string | undefined
}

/** Asks for `livechat/config`, and follows redirects as far as they lead to the same path of another server. */
const findServer = async (given: string, origin: string): Promise<FoundServer> => {
  const askConfig = (at: string) => askServer('GET', at + configPath, { Origin: origin, Accept: 'application/json' })
  let server = given
  let reply = await askConfig(server)
  let next = redirectedTo(server, reply)
  let newAddress = next
  for (let redirects = 0; redirects < longestChain; redirects++) {
    const nextServer = next && serverOfConfigAddress(next)
    if (!nextServer) break
    newAddress = next
    server = nextServer
    reply = await askConfig(server)
    next = redirectedTo(server, reply)
  }
  return { server, reply, newAddress }
}

const checkReached = ({ server, newAddress }: FoundServer, origin: string): Check => {
  if (newAddress) return checkResult('server', 'moved', printable(newAddress))
  const isMixedContent = origin.startsWith('https:') && server.startsWith('http:')
  return checkResult('server', isMixedContent ? 'mixed-content' : 'good', server)
}

/** The checks that need a server which answers. */
const needAnswer = [
  'api',
  'livechat',
  'cors',
  'websocket',
  'limits',
  'monitor',
  'agents',
] as const satisfies CheckName[]

/** What a widget on a page of this origin will meet, check by check, in an order in which each explains the next. */
export const examine = async (given: string, origin: string): Promise<Check[]> => {
  const found = await findServer(given, origin)
  const { server, reply } = found
  if (reply.kind === 'silent')
    return [
      checkResult('server', reply.why, `${server} (${reply.reason})`),
      ...needAnswer.map((name) => checkResult(name, 'unchecked', 'the server cannot be reached')),
    ]
  const answer = decodeAnswer(reply.status, reply.text)
  const isSameOrigin = new URL(server).origin === origin
  const url = socketAddress(server)
  const [cors, isSocketOpen] = await Promise.all([
    isSameOrigin ? checkResult('cors', 'same-origin', origin) : checkCors(server, origin),
    opensSocket(url, origin),
  ])
  const { livechat, monitor, agents } =
    answer.kind === 'ok'
      ? checksOfConfig(answer.body)
      : uncheckedConfig(
          answer.kind === 'limited' ? 'the server takes no more calls for now' : 'the configuration cannot be read',
        )
  return [
    checkReached(found, origin),
    checkApi(reply, answer, origin, isSameOrigin),
    livechat,
    cors,
    isSocketOpen ? checkResult('websocket', 'good') : checkResult('websocket', 'no-socket', url),
    checkLimits(reply, answer),
    monitor,
    agents,
  ]
}
