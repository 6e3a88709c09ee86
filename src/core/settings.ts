import { askConfig } from './ask'
import type { ConfigCopy, Settings } from './contracts'
import type { Tracking } from './index'

interface Kept extends Partial<ConfigCopy> {
  triedAt: number
}

/** A server that gave no config is not asked by every page. */
const retryMs = 60_000

/** `livechat/config`: one stored copy for all tabs and pages, and one question at a time. */
export const createSettings = (tracking: Tracking): Settings => {
  const { name, storage, clock, locks, permission, guard } = tracking
  const lock = locks(`${name}/config`)
  const listeners = new Set<(copy: ConfigCopy) => void>()
  let asking: Promise<ConfigCopy | undefined> | undefined
  const read = () => storage.get<Kept>('config')
  const copyOf = (kept: Kept | undefined): ConfigCopy | undefined => (kept?.config && kept.at ? { at: kept.at, config: kept.config } : undefined)
  const ask = async () => {
    if ((await askConfig(tracking)).kind !== 'ok') return
    const copy = copyOf(await read())
    if (copy) listeners.forEach((listener) => listener(copy))
  }
  const young = (atMs: number | undefined, maxAgeMs: number) => atMs !== undefined && Math.abs(clock.now() - atMs) < maxAgeMs
  return {
    cached: async () => (permission.mayStore() ? copyOf(await read()) : undefined),
    async fresh(maxAgeMs) {
      // Before consent or the first open nothing is stored or asked.
      if (!permission.mayStore()) return undefined
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
