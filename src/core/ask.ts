import { answerOf } from './answer'
import type { Answer } from './contracts'
import type { Tracking } from './index'

/** What `livechat/config` says now; kept for every page and tab. */
export const askConfig = async ({ server, options, storage, session, visitor, clock, send }: Tracking): Promise<Answer> => {
  const state = visitor.current()
  const department = state?.told?.department ?? options.department
  const query = new URLSearchParams({ ...(state?.visitor && { token: state.token }), ...(department && { department }) })
  const begunMs = clock.now()
  const answer = answerOf(await send(`${server}/api/v1/livechat/config?${query}`, {}, 10_000))
  const at = clock.now()
  const config = answer.kind === 'ok' && answer.body.config
  // A first page may be left before any visit has been answered.
  if (config) session.write('tripMs', at - begunMs)
  await storage.update<object>('config', (old) => (config ? { at, triedAt: at, config } : { ...old, triedAt: at }))
  return answer
}
