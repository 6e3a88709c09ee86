import { bodyOf, type Reply } from '../wire/reply'
import type { Tracking } from './index'

/** What `livechat/config` says now; kept for every page and tab. */
export const askConfig = async ({ server, options, storage, session, visitor, clock, send }: Tracking): Promise<Reply> => {
  const state = visitor.current()
  const department = state?.told?.department ?? options.department
  const query = new URLSearchParams({ ...(state?.visitor && { token: state.token }), ...(department && { department }) })
  const begunMs = clock.now()
  const reply = await send(`${server}/api/v1/livechat/config?${query}`, { cache: 'no-store' }, 10_000)
  const at = clock.now()
  const { config } = bodyOf(reply)
  // A first page may be left before any visit has been answered.
  if (config) session.write('tripMs', at - begunMs)
  await storage.update<object>('config', (old) => (config ? { at, triedAt: at, config } : { ...old, triedAt: at }))
  return reply
}
