import type { Posting, Tracking } from '../tracking/contracts'
import { answerOf, type Answer } from '../wire/answer'
import type { Reply } from '../wire/reply'
import { pageVisitedPath } from '../wire/paths'
import { jsonPost, type PostWay } from '../wire/request'

/**
 * The API refuses a body as empty that was not: it reads no JSON from a simple request. It names something as missing that was sent, or, in a
 * few routes of the servers before 5.2, gives no reason at all.
 */
const findsItEmpty = (answer: Answer, body: object): boolean => {
  if (answer.kind !== 'refused') return false
  const missing = /^(?:Match error: Missing key|must have required property) '(\w+)'(?! in field)/.exec(
    answer.says,
  )?.[1]
  return missing === undefined ? !answer.says : Object.hasOwn(body, missing)
}

/** The statuses with which firewalls and proxies refuse a header they do not know; a page in place of an answer is one of them as well. */
const refusingStatuses = [200, 400, 403, 406, 415]

/** What became of a simple post that was not simply taken: the reply to go by, which is that to the proper one where the simple one was not understood. */
export const createSimplePostJudge =
  ({ way, learn }: Pick<Posting, 'way' | 'learn'>) =>
  async (reply: Reply, body: object, sendProperly: () => Promise<Reply> | undefined): Promise<Reply> => {
    const answer = answerOf(reply)
    if (findsItEmpty(answer, body)) {
      // Learnt before it is said properly: should the page go meanwhile, the next one knows how it was said.
      learn('proper')
      return (await sendProperly()) ?? reply
    }
    if (answer.kind === 'refused' || answer.kind === 'ok') {
      learn('simple')
      return reply
    }
    // A page in place of an answer, from a server that is known to read simple requests, has nothing to do with the header: a portal, or a route it does not have.
    const isElsewhere = answer.kind === 'odd' && answer.status === 200 && way()
    if (isElsewhere || answer.kind !== 'odd' || !refusingStatuses.includes(answer.status)) return reply
    const second = (await sendProperly()) ?? reply
    const { kind } = answerOf(second)
    if (kind === 'ok' || kind === 'refused') learn('proper')
    return typeof second === 'string' ? reply : second
  }

/** Asks how the server takes a POST by one that any server refuses: it lacks what a visit consists of. Undefined while the server says nothing of use. */
export const askPostWay = async ({
  server,
  send,
  posting: { way, learn },
}: Pick<Tracking, 'server' | 'send' | 'posting'>): Promise<PostWay | undefined> => {
  if (way()) return way()
  const body = { token: 'none' }
  const answer = answerOf(await send(server + pageVisitedPath, jsonPost(body, 'simple')))
  if (answer.kind === 'refused') learn(findsItEmpty(answer, body) ? 'proper' : 'simple')
  return way()
}
