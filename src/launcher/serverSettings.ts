import type { Clock } from '../browser/ports'
import { askConfig, type AskConfigParts } from '../tracking/askConfig'
import type { ServerSettings, Tracking } from '../tracking/contracts'
import type { ConfigCopy, StoredConfig } from '../tracking/stored'
import { configKey } from '../tracking/keys'
import type { Json } from '../wire/json'
import { idleSettingsAgeMs } from '../wire/settingsAge'

/** A server that gave no config is not asked by every page. */
const retryMs = 60_000

/** Without a copy of the settings the first drawing of the launcher waits so long for one, so that its colour does not change before the visitor's eyes. */
const longestFirstWaitMs = 1000

/** `livechat/config`: one stored copy for all tabs and pages, and one question at a time. `onAnswer` hears what the server has answered, undefined when nothing. */
export const createServerSettings = (
  tracking: AskConfigParts & Pick<Tracking, 'name' | 'permission' | 'visits' | 'lock'>,
  onAnswer: (config: Json | undefined) => void,
): ServerSettings => {
  const { name, storage, clock, permission, visits } = tracking
  const lock = tracking.lock(`${name}/config`)
  const listeners = new Set<(copy?: ConfigCopy) => void>()
  const tell = (copy?: ConfigCopy) => listeners.forEach((listener) => listener(copy))
  let adjustConfig = (config: Json) => config
  const copyOf = (kept: StoredConfig | undefined): ConfigCopy | undefined =>
    kept?.config && ({ ...kept, config: adjustConfig(kept.config) } as ConfigCopy)
  let asking: Promise<StoredConfig | undefined> | undefined
  let reading: Promise<StoredConfig | undefined> | undefined
  /** The lane of visits need not look itself. */
  const learn = (kept: StoredConfig | undefined) => {
    // With a config it is a copy.
    if (kept?.config) visits.learn(kept as ConfigCopy)
    return kept
  }
  const look = async () => {
    const kept = learn(await storage.get<StoredConfig>(configKey))
    reading = undefined
    return kept
  }
  /** Once for all who want it at the same time. */
  const read = () => (reading ??= look())
  const isOlder = (atMs = 0, maxAgeMs: number) => Math.abs(clock.now() - atMs) >= maxAgeMs
  const ask = async () => {
    const askedMs = clock.now()
    let kept: StoredConfig | undefined
    await lock.hold(async () => {
      kept = await look()
      // Another tab has asked while this one stood in line.
      if (kept?.at && kept.at >= askedMs) return
      kept = learn((await askConfig(tracking)).kept)
      const copy = copyOf(kept)
      const isNew = copy && copy.at >= askedMs
      onAnswer(isNew ? copy.config : undefined)
      if (isNew) tell(copy)
    })
    asking = undefined
    return kept
  }
  return {
    cached: async () => (permission.mayStore() ? copyOf(await read()) : undefined),
    async fresh(maxAgeMs) {
      // Before consent or the first open nothing is stored or asked.
      if (!permission.mayStore()) return undefined
      const begunMs = clock.now()
      const patient = maxAgeMs > retryMs
      const kept = await read()
      if (!isOlder(kept?.at, maxAgeMs) || (patient && !isOlder(kept?.triedAt, retryMs))) {
        onAnswer(kept?.config)
        return copyOf(kept)
      }
      const joined = asking
      let copy = copyOf(await (asking ??= ask()))
      // It had been answered before this was asked, and was only being put away.
      if (joined && !patient && copy && copy.at < begunMs) copy = copyOf(await (asking ??= ask()))
      return patient || (copy && copy.at >= begunMs) ? copy : undefined
    },
    observe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell,
    adjust(how) {
      adjustConfig = how
    },
  }
}

/** The stored copy, or else the one that comes before the visitor has waited too long. A fresh one is asked for meanwhile. */
export const firstSettings = async ({
  settings,
  clock,
}: {
  settings: Pick<ServerSettings, 'cached' | 'fresh'>
  clock: Pick<Clock, 'after'>
}): Promise<ConfigCopy | undefined> => {
  const fresh = settings.fresh(idleSettingsAgeMs)
  const tooLate = new Promise<undefined>((resolve) => clock.after(longestFirstWaitMs, () => resolve(undefined)))
  return (await settings.cached()) ?? (await Promise.race([fresh, tooLate]))
}
