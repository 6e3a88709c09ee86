import type { Core } from '../../../visitor/contracts'

/** `blocked`: the server answers, but its CORS setting lets no call pass for which the browser asks first, as it does for a file. */
export type Passage = 'possible' | 'blocked' | 'unreachable'

/**
 * Asks the server a harmless question in the way an upload asks: with a header of its own, for which the browser needs the server's leave. It also
 * finds out whether the server redirects its callers: an upload is an XMLHttpRequest, which follows every redirect with the token in its header.
 */
export const askPassage = async ({ call, visitor }: Pick<Core, 'call' | 'visitor'>): Promise<Passage> => {
  const { token } = await visitor.state()
  const question = await call('GET', 'livechat/config', { headers: { 'x-visitor-token': token } })
  if (question.kind !== 'silent') return 'possible'
  const plainQuestion = await call('GET', 'livechat/config')
  return plainQuestion.kind === 'silent' ? 'unreachable' : 'blocked'
}
