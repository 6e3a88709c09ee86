import type { Json } from '../wire/json'
import { configPath } from '../wire/paths'
import { successBodyOf, type Reply } from '../wire/reply'
import type { StoredConfig, Tracking } from './contracts'
import { configKey, roundTripKey } from './keys'

const timeoutMs = 10_000

export type AskConfigParts = Pick<Tracking, 'server' | 'options' | 'storage' | 'journal' | 'visitor' | 'clock' | 'send'>

/** Asks the server what `livechat/config` says now, and keeps it for every page and tab. */
export const askConfig = async ({
  server,
  options,
  storage,
  journal,
  visitor,
  clock,
  send,
}: AskConfigParts): Promise<{ reply: Reply; kept: StoredConfig | undefined }> => {
  const state = visitor.current()
  const department = state?.told?.department ?? options.department
  const query = new URLSearchParams({
    ...(state?.visitor && { token: state.token }),
    ...(department && { department }),
  })
  const askedMs = clock.now()
  const reply = await send(`${server + configPath}?${query}`, { cache: 'no-store' }, timeoutMs)
  const at = clock.now()
  const { config } = successBodyOf(reply)
  // A first page may be left before any visit has been answered: this is its only known round trip.
  if (config) journal.write(roundTripKey, at - askedMs)
  const kept = await storage.update<StoredConfig>(configKey, (old) =>
    config ? { at, triedAt: at, config: config as Json } : { ...old, triedAt: at },
  )
  return { reply, kept }
}
