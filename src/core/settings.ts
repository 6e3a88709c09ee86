import { isObject, type Json } from '../wire/errors'
import type { Answer, Clock, ConfigCopy, Lock, Settings, Storage } from './contracts'

interface Kept extends Partial<ConfigCopy> {
  triedAt: number
}

/** A server that gave no config is not asked by every page. */
const retryMs = 60_000

export interface SettingsParts {
  storage: Storage
  clock: Clock
  lock: Lock
  call(): Promise<Answer>
  /** False before consent or the first open: nothing is stored or asked. */
  allowed(): boolean
  guard<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void
}

/** `livechat/config`: one stored copy for all tabs and pages, and one question at a time. */
export const createSettings = ({ storage, clock, lock, call, allowed, guard }: SettingsParts): Settings & {
  /** Asks now, whatever is stored. */
  ask(): Promise<Answer>
} => {
  const listeners = new Set<(copy: ConfigCopy) => void>()
  let asking: Promise<ConfigCopy | undefined> | undefined
  const read = () => storage.get<Kept>('config')
  const copyOf = (kept: Kept | undefined): ConfigCopy | undefined => (kept?.config && kept.at ? { at: kept.at, config: kept.config } : undefined)
  const ask = async () => {
    const answer = await call()
    const at = clock.now()
    const config = answer.kind === 'ok' && isObject(answer.body.config) ? answer.body.config : undefined
    await storage.update<Kept>('config', (old) => (config ? { at, triedAt: at, config } : { ...old, triedAt: at }))
    if (config) listeners.forEach((listener) => listener({ at, config }))
    return answer
  }
  const young = (atMs: number | undefined, maxAgeMs: number) => atMs !== undefined && Math.abs(clock.now() - atMs) < maxAgeMs
  return {
    ask,
    cached: async () => (allowed() ? copyOf(await read()) : undefined),
    async fresh(maxAgeMs) {
      if (!allowed()) return undefined
      const kept = await read()
      if (young(kept?.at, maxAgeMs) || (maxAgeMs > retryMs && young(kept?.triedAt, retryMs))) return copyOf(kept)
      asking ??= (async () => {
        let copy: ConfigCopy | undefined
        const askedMs = clock.now()
        await lock.hold(async () => {
          const now = await read()
          // Another tab has asked while this one stood in line.
          if (!now?.at || now.at < askedMs) await ask()
          copy = copyOf(await read())
        })
        asking = undefined
        return copy && copy.at >= askedMs ? copy : maxAgeMs > retryMs ? copy : undefined
      })()
      return asking
    },
    observe(listener) {
      const guarded = guard(listener)
      listeners.add(guarded)
      return () => listeners.delete(guarded)
    },
  }
}

/** The kind of page change the server stores; anything else it drops with a success. */
export const monitorType = (config: Json | undefined): string => {
  const type = isObject(config?.settings) ? config.settings.historyMonitorType : undefined
  return typeof type === 'string' && type ? type : 'url'
}
