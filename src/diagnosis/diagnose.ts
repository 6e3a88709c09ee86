import type { Answer } from '../wire/answer'
import type { Transport } from '../browser/ports'
import type { Check } from '../options'
import { asObject, asText } from '../wire/coerce'
import type { Json } from '../wire/json'
import { checkResult } from './checks'
import { isMixedContent } from './mixedContent'
import { configPath, socketAddress } from '../wire/paths'
import type { PostWay } from '../wire/request'

/** What the checks need of the page: each handed in by the file that owns that power of the browser. */
export interface DiagnosisParts {
  /** Absolute, without a trailing slash. */
  server: string
  call: Transport['call']
  /** The address as the host has written it. */
  givenServer?: string
  /** Whether anybody answers at this path, though a page may not be allowed to read the answer. */
  isReachable(path: string): Promise<boolean>
  /** Whether the page’s own policy forbids the request that `run` makes. */
  isForbidden(server: string, run: () => Promise<unknown>): Promise<boolean>
  /** The address to which the server redirects; undefined when it does not, or when the browser does not tell. */
  whereRedirected(): Promise<string | undefined>
  /** Whether a websocket opens at this address. */
  opensSocket(url: string): Promise<boolean>
  /** The origin of the page. */
  origin: string
  /** Whether what is stored outlives the page. */
  isStorageDurable: boolean
  /** How long the server's limiter keeps this browser waiting already. */
  limitedForMs?: number
  /** How the server takes a POST, as far as this browser has learnt it. */
  postWay?: PostWay
}

const seconds = (ms: number): string => `${Math.ceil(ms / 1000)} s`

/** The checks of what `livechat/config` says: livechat, the monitored change, and agents. The doctor makes them as well. */
export const checksOfConfig = (body: Json): { livechat: Check; monitor: Check; agents: Check } => {
  const config = asObject(body.config)
  if (config.enabled !== true) {
    const whyUnchecked = 'livechat is switched off'
    return { ...uncheckedConfig(whyUnchecked), livechat: checkResult('livechat', 'disabled') }
  }
  const type = asText(asObject(config.settings).historyMonitorType)
  return {
    livechat: checkResult('livechat', 'good'),
    monitor: checkResult('monitor', ['', 'url', 'title'].includes(type) ? 'good' : 'unknown-type', type),
    agents: checkResult('agents', config.online === true ? 'good' : 'nobody'),
  }
}

/** The same checks where there is no configuration to be read. */
export const uncheckedConfig = (because: string): { livechat: Check; monitor: Check; agents: Check } => ({
  livechat: checkResult('livechat', 'unchecked', because),
  monitor: checkResult('monitor', 'unchecked', because),
  agents: checkResult('agents', 'unchecked', because),
})

/**
 * Whether the server permits what needs a preflight, such as files. A GET that says its content type needs the same permission as a POST, and no
 * server answers it with an error that the browser would write on the console.
 */
const checkCors = async ({
  server,
  call,
  isReachable,
  origin,
  postWay,
}: DiagnosisParts): Promise<{ cors: Check; answer: Answer }> => {
  const headers = { 'content-type': 'application/json' }
  const answer = await call('GET', 'livechat/config', { headers, timeoutMs: 10_000 })
  if (new URL(server, origin).origin === origin) return { cors: checkResult('cors', 'same-origin', origin), answer }
  if (answer.kind !== 'silent') return { cors: checkResult('cors', 'good', origin), answer }
  if (answer.why === 'timeout') return { cors: checkResult('cors', 'timeout', server), answer }
  if (!(await isReachable(configPath)))
    return { cors: checkResult('cors', 'unchecked', 'the server has stopped answering'), answer }
  if (postWay === 'simple') return { cors: checkResult('cors', 'not-needed', 'sending files and forget()'), answer }
  return { cors: postWay ? checkResult('cors', 'blocked', origin) : checkResult('cors', 'not-known', origin), answer }
}

/** Looks like a server’s name, and yet is a folder of the page’s own site: `chat.example.com`. */
const hasNoScheme = (given = ''): boolean => /^[\w-]+(\.[\w-]+)+(:\d+)?(\/|$)/.test(given)

const whyUnchecked = 'the server cannot be reached'
const unreached = (server: Check): { server: Check; api: Check; isThere: boolean } => ({
  server,
  api: checkResult('api', 'unchecked', whyUnchecked),
  isThere: false,
})

/** The parts that asking for the server’s settings, and judging the answer, takes. */
export type ServerParts = Pick<
  DiagnosisParts,
  'server' | 'givenServer' | 'isReachable' | 'isForbidden' | 'whereRedirected' | 'origin'
>

/** Whether the server is there, by its answer to the question for its settings. */
export const checkServer = async (
  { server, givenServer, isReachable, isForbidden, whereRedirected, origin }: ServerParts,
  answer: Answer,
): Promise<{ server: Check; api: Check; isThere: boolean }> => {
  const good = checkResult('server', 'good', server)
  if (hasNoScheme(givenServer) && answer.kind !== 'ok' && answer.kind !== 'limited')
    return unreached(checkResult('server', 'no-scheme', givenServer))
  switch (answer.kind) {
    case 'ok':
    case 'limited':
      return { server: good, api: checkResult('api', 'good'), isThere: true }
    case 'refused':
      return { server: good, api: checkResult('api', 'refused', answer.says), isThere: true }
    case 'odd':
      return { server: good, api: checkResult('api', 'not-api', String(answer.status)), isThere: true }
    case 'silent': {
      if (answer.why === 'timeout') return unreached(checkResult('server', 'timeout', server))
      let isThere = false
      const isForbiddenHere = await isForbidden(server, async () => (isThere = await isReachable(configPath)))
      const newAddress = isThere && (await whereRedirected())
      if (newAddress)
        return {
          ...unreached(checkResult('server', 'moved', newAddress)),
          api: checkResult('api', 'unchecked', 'nothing with a token follows a redirect'),
        }
      if (isThere) return { server: good, api: checkResult('api', 'blocked', origin), isThere }
      const fault = isForbiddenHere
        ? 'forbidden-by-policy'
        : isMixedContent(origin, server)
          ? 'mixed-content'
          : 'unreachable'
      return unreached(checkResult('server', fault, server))
    }
  }
}

/** Before the visitor has agreed, or after they have refused, the server hears nothing, a diagnosis included. */
export const withoutAsking = (): Check[] =>
  (['server', 'api', 'livechat', 'cors', 'websocket', 'limits', 'monitor', 'agents', 'storage'] as const).map((name) =>
    checkResult(name, 'unchecked', 'the visitor has not agreed yet; call consent(true) first'),
  )

/** What a widget on this page meets, check by check, in an order in which each explains the next. */
export const diagnose = async (parts: DiagnosisParts): Promise<Check[]> => {
  const configAnswer = await parts.call('GET', 'livechat/config', { timeoutMs: 10_000 })
  const { server, api, isThere } = await checkServer(parts, configAnswer)
  const storage = checkResult('storage', parts.isStorageDurable ? 'good' : 'memory-only')
  if (!isThere) {
    const { livechat, monitor, agents } = uncheckedConfig(whyUnchecked)
    const rest = (['cors', 'websocket', 'limits'] as const).map((name) => checkResult(name, 'unchecked', whyUnchecked))
    return [server, api, livechat, ...rest, monitor, agents, storage]
  }
  const url = socketAddress(parts.server)
  const [{ cors, answer }, isSocketOpen] = await Promise.all([checkCors(parts), parts.opensSocket(url)])
  const limited = [configAnswer, answer].find((given) => given.kind === 'limited')
  const waitMs = limited?.retryAfterMs || parts.limitedForMs
  const { livechat, monitor, agents } =
    configAnswer.kind === 'ok'
      ? checksOfConfig(configAnswer.body)
      : uncheckedConfig(
          configAnswer.kind === 'limited'
            ? 'the server takes no more calls for now'
            : 'the configuration cannot be read',
        )
  return [
    server,
    api,
    livechat,
    cors,
    isSocketOpen ? checkResult('websocket', 'good') : checkResult('websocket', 'no-socket', url),
    waitMs ? checkResult('limits', 'limited', seconds(waitMs)) : checkResult('limits', 'good'),
    monitor,
    agents,
    storage,
  ]
}
