import type { Answer } from '../wire/answer'
import type { Transport } from '../browser/ports'
import type { Check } from '../options'
import { isObject, type Json } from '../wire/errors'
import { found } from './checks'
import { configPath, socketAddress } from '../wire/paths'

/** What a page can reach, handed in by those who own it. */
export interface Reach {
  /** Without a trailing slash. */
  server: string
  call: Transport['call']
  /** Whether anybody is there at all, though the answer may not be read. */
  knock(path: string): Promise<boolean>
  /** Where the server sends its callers on to, as far as a page may know. */
  whereRedirected(): Promise<string | undefined>
  /** Whether a websocket opens. */
  socket(url: string): Promise<boolean>
  /** Of the page. */
  origin: string
  /** What is stored outlives the page. */
  storage: boolean
}

const seconds = (ms: number): string => `${Math.ceil(ms / 1000)} s`

/** What `livechat/config` says about livechat, agents and the monitored change; also used by the doctor. */
export const readConfig = (body: Json): { livechat: Check; monitor: Check; agents: Check } => {
  const config = isObject(body.config) ? body.config : {}
  if (config.enabled !== true) {
    const because = 'livechat is switched off'
    return {
      livechat: found('livechat', 'disabled'),
      monitor: found('monitor', 'unchecked', because),
      agents: found('agents', 'unchecked', because),
    }
  }
  const type =
    isObject(config.settings) && typeof config.settings.historyMonitorType === 'string'
      ? config.settings.historyMonitorType
      : ''
  return {
    livechat: found('livechat', 'good'),
    monitor: found('monitor', ['', 'url', 'title'].includes(type) ? 'good' : 'unknown-type', type),
    agents: found('agents', config.online === true ? 'good' : 'nobody'),
  }
}

/** Without a configuration these three remain unknown. */
export const noConfig = (because: string): { livechat: Check; monitor: Check; agents: Check } => ({
  livechat: found('livechat', 'unchecked', because),
  monitor: found('monitor', 'unchecked', because),
  agents: found('agents', 'unchecked', because),
})

/** A page may always GET; the permission to POST shows only in a POST. This one is harmless: its empty body is refused with 400. */
const mayWrite = async ({ server, call, knock, origin }: Reach): Promise<{ cors: Check; answer: Answer }> => {
  const answer = await call('POST', 'livechat/visitor.status', { body: {}, timeoutMs: 10_000 })
  if (new URL(server, origin).origin === origin) return { cors: found('cors', 'same-origin', origin), answer }
  if (answer.kind !== 'silent') return { cors: found('cors', 'good', origin), answer }
  if (answer.why === 'timeout') return { cors: found('cors', 'timeout', server), answer }
  return {
    cors: (await knock(configPath))
      ? found('cors', 'blocked', origin)
      : found('cors', 'unchecked', 'the server has stopped answering'),
    answer,
  }
}

const reachedServer = async (
  { server, knock, whereRedirected, origin }: Reach,
  answer: Answer,
): Promise<{ server: Check; api: Check; there: boolean }> => {
  const good = found('server', 'good', server)
  const gone = 'the server cannot be reached'
  switch (answer.kind) {
    case 'ok':
    case 'limited':
      return { server: good, api: found('api', 'good'), there: true }
    case 'refused':
      return { server: good, api: found('api', 'refused', answer.says), there: true }
    case 'odd':
      return { server: good, api: found('api', 'not-api', String(answer.status)), there: true }
    case 'silent': {
      if (answer.why === 'timeout')
        return { server: found('server', 'timeout', server), api: found('api', 'unchecked', gone), there: false }
      const to = await whereRedirected()
      if (to)
        return {
          server: found('server', 'moved', to),
          api: found('api', 'unchecked', 'nothing with a token follows a redirect'),
          there: false,
        }
      if (await knock(configPath)) return { server: good, api: found('api', 'blocked', origin), there: true }
      const mixed = origin.startsWith('https:') && server.startsWith('http:')
      return {
        server: found('server', mixed ? 'mixed-content' : 'unreachable', server),
        api: found('api', 'unchecked', gone),
        there: false,
      }
    }
  }
}

/** What a widget on this page meets, check by check, in an order in which each explains the next. */
export const diagnose = async (reach: Reach): Promise<Check[]> => {
  const config = await reach.call('GET', 'livechat/config', { timeoutMs: 10_000 })
  const { server, api, there } = await reachedServer(reach, config)
  const storage = found('storage', reach.storage ? 'good' : 'memory-only')
  const gone = 'the server cannot be reached'
  if (!there) {
    const { livechat, monitor, agents } = noConfig(gone)
    const rest = (['cors', 'websocket', 'limits'] as const).map((name) => found(name, 'unchecked', gone))
    return [server, api, livechat, ...rest, monitor, agents, storage]
  }
  const url = socketAddress(reach.server)
  const [{ cors, answer }, live] = await Promise.all([mayWrite(reach), reach.socket(url)])
  const limited = [config, answer].find((one) => one.kind === 'limited')
  const { livechat, monitor, agents } =
    config.kind === 'ok'
      ? readConfig(config.body)
      : noConfig(
          config.kind === 'limited' ? 'the server takes no more calls for now' : 'the configuration cannot be read',
        )
  return [
    server,
    api,
    livechat,
    cors,
    live ? found('websocket', 'good') : found('websocket', 'no-socket', url),
    limited ? found('limits', 'limited', seconds(limited.retryAfterMs)) : found('limits', 'good'),
    monitor,
    agents,
    storage,
  ]
}
