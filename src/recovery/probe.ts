import { isReachable, whereRedirected } from '../browser/redirects'
import { redirectSentence } from '../diagnosis/redirected'
import type { Tracking } from '../tracking/contracts'
import { askConfig, type AskConfigParts } from '../tracking/askConfig'
import { answerOf } from '../wire/answer'

/** `api`: the server's answers can be read; `busy`: it answers, but takes no calls now; `someone`: somebody answers, unreadably; `nobody`. */
export type Presence = 'api' | 'busy' | 'someone' | 'nobody'

/** A harmless question to the server, asked before anything is repeated that might have arrived. */
export const createProbe = (parts: AskConfigParts & Pick<Tracking, 'warnOnce'>) => async (): Promise<Presence> => {
  const { server, send, warnOnce } = parts
  const { kind } = answerOf((await askConfig(parts)).reply)
  if (kind === 'limited') return 'busy'
  if (kind !== 'silent') return kind === 'odd' ? 'nobody' : 'api'
  if (!(await isReachable(server, send))) return 'nobody'
  const newAddress = await whereRedirected(server, send)
  if (!newAddress) return 'someone'
  warnOnce('unreachable', redirectSentence(newAddress))
  return 'nobody'
}
