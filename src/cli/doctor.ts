import { decodeAnswer } from '../browser/transport'
import type { Answer } from '../wire/answer'
import type { Check } from '../options'
import { found, type CheckName } from '../diagnosis/checks'
import { serverAt } from '../diagnosis/moved'
import { configPath, socketAddress } from '../wire/paths'
import { noConfig, readConfig } from '../diagnosis/diagnose'
import { jsonLine, plain, readAddress, UsageError, type Terminal } from './terminal'
import { ask, opensSocket, type Reply } from './web'

/** What the widget sends along: JSON always, the visitor's token with a file. */
const neededHeaders = ['content-type', 'x-visitor-token']

/** As many redirects as browsers follow. */
const longestChain = 20

const seconds = (ms: number): string => `${Math.ceil(ms / 1000)} s`
const words = (header: string | string[] | undefined): string[] =>
  String(header ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())

const readOrigin = (given: string | undefined): string => {
  try {
    const { origin, protocol } = new URL(given ?? '')
    if (/^https?:$/.test(protocol)) return origin
  } catch {
    // Said below.
  }
  throw new UsageError(
    'doctor needs --origin, the origin of the pages with the widget, for example --origin https://shop.example',
  )
}

/** Where callers are sent on to. */
const redirectedTo = (server: string, reply: Reply): string | undefined => {
  const location =
    reply.kind === 'answer' && reply.status >= 300 && reply.status < 400 ? reply.headers.location : undefined
  return location && URL.canParse(location, server + configPath)
    ? new URL(location, server + configPath).href
    : undefined
}

const mayRead = (reply: Reply, origin: string): boolean => {
  const allowed = reply.kind === 'answer' ? reply.headers['access-control-allow-origin'] : undefined
  return allowed === '*' || allowed === origin
}

const checkApi = (
  reply: Extract<Reply, { kind: 'answer' }>,
  answer: Answer,
  origin: string,
  sameOrigin: boolean,
): Check => {
  if (answer.kind === 'odd') return found('api', 'not-api', String(answer.status))
  if (answer.kind === 'refused') return found('api', 'refused', plain(answer.says))
  return sameOrigin || mayRead(reply, origin) ? found('api', 'good') : found('api', 'blocked', origin)
}

/** The browser's own question before a POST, and then the POST, whose answer must be readable as well. */
const checkCors = async (server: string, origin: string): Promise<Check> => {
  const url = `${server}/api/v1/livechat/visitor.status`
  const preflight = await ask('OPTIONS', url, {
    Origin: origin,
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': neededHeaders.join(','),
  })
  if (preflight.kind === 'silent')
    return preflight.why === 'timeout'
      ? found('cors', 'timeout', server)
      : found('cors', 'unchecked', 'the server has stopped answering')
  const { status, headers } = preflight
  if (status === 405 || status === 404) return found('cors', 'blocked', origin)
  if (!mayRead(preflight, origin))
    return found(
      'cors',
      status === 403 || headers['access-control-allow-origin'] || headers['access-control-allow-methods']
        ? 'not-listed'
        : 'blocked',
      origin,
    )
  if (status < 200 || status > 299) return found('cors', 'blocked', origin)
  const allowed = words(headers['access-control-allow-headers'])
  const missing = allowed.includes('*') ? [] : neededHeaders.filter((name) => !allowed.includes(name))
  if (missing.length) return found('cors', 'missing-headers', missing.join(', '))
  const post = await ask('POST', url, { Origin: origin, 'Content-Type': 'application/json' }, '{}')
  return mayRead(post, origin) ? found('cors', 'good', origin) : found('cors', 'blocked', origin)
}

const checkLimits = (reply: Extract<Reply, { kind: 'answer' }>, answer: Answer): Check => {
  if (answer.kind === 'limited') return found('limits', 'limited', seconds(answer.retryAfterMs))
  if (answer.kind === 'odd') return found('limits', 'unchecked', 'the API does not answer')
  const calls = reply.headers['x-ratelimit-limit']
  return calls ? found('limits', 'good', plain(String(calls))) : found('limits', 'off')
}

/** What a widget on a page of this origin will meet. */
export const examine = async (given: string, origin: string): Promise<Check[]> => {
  let server = given
  const look = () => ask('GET', server + configPath, { Origin: origin, Accept: 'application/json' })
  let reply = await look()
  // A chain of redirects is named by its end, as far as it stays with the address of a server.
  let to = redirectedTo(server, reply)
  let elsewhere = to
  for (let hops = 0; to && serverAt(to) && hops < longestChain; hops++) {
    elsewhere = to
    server = serverAt(to)!
    reply = await look()
    to = redirectedTo(server, reply)
  }
  if (reply.kind === 'silent') {
    const gone = 'the server cannot be reached'
    const rest = (['api', 'livechat', 'cors', 'websocket', 'limits', 'monitor', 'agents'] satisfies CheckName[]).map(
      (name) => found(name, 'unchecked', gone),
    )
    return [found('server', reply.why, `${server} (${reply.reason})`), ...rest]
  }
  const mixed = origin.startsWith('https:') && server.startsWith('http:')
  const reached = elsewhere
    ? found('server', 'moved', plain(elsewhere))
    : mixed
      ? found('server', 'mixed-content', server)
      : found('server', 'good', server)
  const answer = decodeAnswer(reply.status, reply.text)
  const sameOrigin = new URL(server).origin === origin
  const url = socketAddress(server)
  const [cors, live] = await Promise.all([
    sameOrigin ? found('cors', 'same-origin', origin) : checkCors(server, origin),
    opensSocket(url, origin),
  ])
  const { livechat, monitor, agents } =
    answer.kind === 'ok'
      ? readConfig(answer.body)
      : noConfig(
          answer.kind === 'limited' ? 'the server takes no more calls for now' : 'the configuration cannot be read',
        )
  return [
    reached,
    checkApi(reply, answer, origin, sameOrigin),
    livechat,
    cors,
    live ? found('websocket', 'good') : found('websocket', 'no-socket', url),
    checkLimits(reply, answer),
    monitor,
    agents,
  ]
}

export interface DoctorOptions {
  origin?: string
  json?: boolean
}

/** 0: all is well · 1: something fails. */
export const doctor = async (
  terminal: Terminal,
  given: string | undefined,
  options: DoctorOptions,
): Promise<number> => {
  if (!given)
    throw new UsageError(
      'doctor needs the address of the server, for example: tagalong doctor https://chat.example.com --origin https://shop.example',
    )
  const origin = readOrigin(options.origin)
  const checks = await examine(readAddress(given), origin)
  const unmade = checks.filter(({ code }) => code === 'unchecked').length
  const failed = checks.filter(({ ok }) => !ok).length - unmade
  if (options.json) checks.forEach((check) => terminal.out(jsonLine(check)))
  else {
    checks.forEach(({ ok, name, says }) => terminal.out(`${ok ? '✓' : '✗'} ${name.padEnd(10)} ${plain(says)}`))
    const rest = unmade ? `, ${unmade} could not be made` : ''
    terminal.out(
      `\n${failed || unmade ? `${failed} of ${checks.length} checks failed${rest}.` : `All ${checks.length} checks passed.`}`,
    )
  }
  return failed || unmade ? 1 : 0
}
