import type { Answer } from '../wire/answer'
import type { Transport } from '../browser/ports'
import type { Check } from '../options'
import { asObject, asText } from '../wire/coerce'
import type { Json } from '../wire/json'
import { checkResult } from './checks'
import { isMixedContent } from './mixedContent'
import { configPath, socketAddress } from '../wire/paths'

/** What the checks need of the page: each handed in by the file that owns that power of the browser. */
export interface DiagnosisParts {
  /** Absolute, without a trailing slash. */
  server: string
  call: Transport['call']
  /** Whether anybody answers at this path, though a page may not be allowed to read the answer. */
  isReachable(path: string): Promise<boolean>
  /** The address to which the server redirects; undefined when it does not, or when the browser does not tell. */
  whereRedirected(): Promise<string | undefined>
  /** Whether a websocket opens at this address. */
  opensSocket(url: string): Promise<boolean>
  /** The origin of the page. */
  origin: string
  /** Whether what is stored outlives the page. */
  isStorageDurable: boolean
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

/** A page may always send a GET; the permission to POST shows only in a POST. This one is harmless: its empty body is refused with 400. */
const checkCors = async ({
  server,
  call,
  isReachable,
  origin,
}: DiagnosisParts): Promise<{ cors: Check; answer: Answer }> => {
  const answer = await call('POST', 'livechat/visitor.status', { body: {}, timeoutMs: 10_000 })
  if (new URL(server, origin).origin === origin) return { cors: checkResult('cors', 'same-origin', origin), answer }
  if (answer.kind !== 'silent') return { cors: checkResult('cors', 'good', origin), answer }
  if (answer.why === 'timeout') return { cors: checkResult('cors', 'timeout', server), answer }
  return {
    cors: (await isReachable(configPath))
      ? checkResult('cors', 'blocked', origin)
      : checkResult('cors', 'unchecked', 'the server has stopped answering'),
    answer,
  }
}

const checkServer = async (
  { server, isReachable, whereRedirected, origin }: DiagnosisParts,
  answer: Answer,
): Promise<{ server: Check; api: Check; isThere: boolean }> => {
  const good = checkResult('server', 'good', server)
  const whyUnchecked = 'the server cannot be reached'
  switch (answer.kind) {
    case 'ok':
    case 'limited':
      return { server: good, api: checkResult('api', 'good'), isThere: true }
    case 'refused':
      return { server: good, api: checkResult('api', 'refused', answer.says), isThere: true }
    case 'odd':
      return { server: good, api: checkResult('api', 'not-api', String(answer.status)), isThere: true }
    case 'silent': {
      if (answer.why === 'timeout')
        return {
          server: checkResult('server', 'timeout', server),
          api: checkResult('api', 'unchecked', whyUnchecked),
          isThere: false,
        }
      const newAddress = await whereRedirected()
      if (newAddress)
        return {
          server: checkResult('server', 'moved', newAddress),
          api: checkResult('api', 'unchecked', 'nothing with a token follows a redirect'),
          isThere: false,
        }
      if (await isReachable(configPath))
        return { server: good, api: checkResult('api', 'blocked', origin), isThere: true }
      return {
        server: checkResult('server', isMixedContent(origin, server) ? 'mixed-content' : 'unreachable', server),
        api: checkResult('api', 'unchecked', whyUnchecked),
        isThere: false,
      }
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
  const whyUnchecked = 'the server cannot be reached'
  if (!isThere) {
    const { livechat, monitor, agents } = uncheckedConfig(whyUnchecked)
    const rest = (['cors', 'websocket', 'limits'] as const).map((name) => checkResult(name, 'unchecked', whyUnchecked))
    return [server, api, livechat, ...rest, monitor, agents, storage]
  }
  const url = socketAddress(parts.server)
  const [{ cors, answer }, isSocketOpen] = await Promise.all([checkCors(parts), parts.opensSocket(url)])
  const limited = [configAnswer, answer].find((given) => given.kind === 'limited')
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
    limited ? checkResult('limits', 'limited', seconds(limited.retryAfterMs)) : checkResult('limits', 'good'),
    monitor,
    agents,
    storage,
  ]
}
