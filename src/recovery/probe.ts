import { isReachable, whereRedirected } from '../browser/redirects'
import { isForbidden } from '../diagnosis/policy'
import { redirectSentence } from '../diagnosis/redirected'
import type { Tracking } from '../tracking/contracts'
import { askConfig, type AskConfigParts } from '../tracking/askConfig'
import { answerOf } from '../wire/answer'

/** `api`: the server's answers can be read; `busy`: it answers, but takes no calls now; `someone`: somebody answers, unreadably; `nobody`. */
export type Presence = 'api' | 'busy' | 'someone' | 'nobody'

/** A harmless question to the server, asked before anything is repeated that might have arrived; several lanes that ask at once share it. */
export const createProbe = (tracking: AskConfigParts & Pick<Tracking, 'warnOnce' | 'isServerForbidden'>) => {
  const { server, send, clock, warnOnce } = tracking
  let asking: Promise<Presence> | undefined
  /** Where the server redirects to: asked once, since it takes a request of its own. */
  let redirect: Promise<string | undefined> | undefined

  const ask = async (): Promise<Presence> => {
    if (tracking.isServerForbidden) return 'nobody'
    const { kind } = answerOf((await askConfig(tracking)).reply)
    if (kind === 'limited') return 'busy'
    if (kind !== 'silent') return kind === 'odd' ? 'nobody' : 'api'
    let isThere = false
    tracking.isServerForbidden = await isForbidden(clock, server, async () => {
      isThere = await isReachable(server, send)
    })
    if (!isThere) return 'nobody'
    const newAddress = await (redirect ??= whereRedirected(server, send))
    if (!newAddress) return 'someone'
    warnOnce('unreachable', redirectSentence(newAddress))
    return 'nobody'
  }
  return () =>
    (asking ??= ask().finally(() => {
      asking = undefined
    }))
}
