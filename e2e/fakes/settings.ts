/** The server's settings for the core in Node: one copy, and one question at a time. */
import type { Clock } from '../../src/browser/ports'
import type { ConfigCopy } from '../../src/tracking/contracts'
import type { Core } from '../../src/visitor/contracts'

export interface SettingsParts {
  clock: Clock
  values: Map<string, unknown>
  call: Core['call']
  /** Once the server knows it. */
  token(): string | undefined
}

export const createSettings = ({ clock, values, call, token }: SettingsParts): Core['settings'] => {
  const copies = new Set<(copy: ConfigCopy) => void>()
  let asking: Promise<ConfigCopy | undefined> | undefined
  const ask = async () => {
    const answer = await call('GET', 'livechat/config', { query: { token: token() } })
    asking = undefined
    if (answer.kind !== 'ok') return
    const copy: ConfigCopy = { at: clock.now(), config: answer.body.config as ConfigCopy['config'] }
    values.set('config', copy)
    copies.forEach((listener) => listener(copy))
    return copy
  }
  return {
    cached: async () => values.get('config') as ConfigCopy | undefined,
    async fresh(maxAgeMs) {
      const kept = values.get('config') as ConfigCopy | undefined
      return kept && clock.now() - kept.at < maxAgeMs ? kept : (asking ??= ask())
    },
    observe(listener) {
      copies.add(listener)
      return () => copies.delete(listener)
    },
    tell: () => undefined,
  }
}
