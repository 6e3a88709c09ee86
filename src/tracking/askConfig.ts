import type { Json } from '../wire/errors'
import { bodyOf, type Reply } from '../wire/reply'
import type { ConfigCopy } from './contracts'
import type { Tracking } from './index'

/** The copy, if there ever was one, and when the server was last asked for one. */
export interface Kept extends Partial<ConfigCopy> {
  triedAt: number
}

/** What `livechat/config` says now; kept for every page and tab. */
export const askConfig = async ({ server, options, storage, journal, visitor, clock, send }: Tracking): Promise<{ reply: Reply; kept: Kept | undefined }> => {
  const state = visitor.current()
  const department = state?.told?.department ?? options.department
  const query = new URLSearchParams({ ...(state?.visitor && { token: state.token }), ...(department && { department }) })
  const begunMs = clock.now()
  const reply = await send(`${server}/api/v1/livechat/config?${query}`, { cache: 'no-store' }, 10_000)
  const at = clock.now()
  const { config } = bodyOf(reply)
  // A first page may be left before any visit has been answered.
  if (config) journal.write('tripMs', at - begunMs)
  const kept = await storage.update<Kept>('config', (old) => (config ? { at, triedAt: at, config: config as Json } : { ...old, triedAt: at }))
  return { reply, kept }
}
