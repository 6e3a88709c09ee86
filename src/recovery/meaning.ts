import { askConfig, type AskConfigParts } from '../tracking/askConfig'
import type { Verdict, VisitAttempt } from '../tracking/contracts'
import { answerOf } from '../wire/answer'
import { monitoredChange } from '../wire/monitoredChange'
import type { Reply } from '../wire/reply'
import type { PageVisitedBody } from '../wire/rest'

export type Meaning = Verdict | { kind: 'again'; body: PageVisitedBody }

/** Refused for its room, or for having none. */
const wantsRoom = ({ code, says }: { code: string; says: string }) => code === 'invalid-room' || /\brid'/.test(says)

/** Without the room it was made in, then, for servers that insist on one, with the one that is open. */
const nextRoom = ({ record, visitor, sent }: VisitAttempt): { rid: string | undefined } | undefined => {
  const openRoom = visitor.visitor && visitor.roomId
  const rooms = [...(record.rid ? [undefined] : []), ...(openRoom && openRoom !== record.rid ? [openRoom] : [])]
  const untried = rooms.filter((room) => !sent.some(({ rid }) => rid === room))
  return untried.length ? { rid: untried[0] } : undefined
}

/** What one reply to `page.visited` means that did not simply say yes. */
export const createMeaning =
  (parts: AskConfigParts) =>
  async (reply: Reply, attempt: VisitAttempt): Promise<Meaning> => {
    // There is a reply, so something was sent.
    const body = attempt.sent.at(-1)!
    const answer = answerOf(reply)
    switch (answer.kind) {
      case 'limited':
        return { kind: 'wait', ms: answer.retryAfterMs, limited: true }
      case 'silent':
        return { kind: 'wait', silent: true }
      case 'ok': {
        // Taken and not kept: the server may have been told to watch the other kind of change. That is looked up once.
        const wasChangeLookedUp = attempt.sent.some(({ pageInfo }) => pageInfo.change !== body.pageInfo.change)
        if (answer.body.page || wasChangeLookedUp) return { kind: 'done' }
        const change = monitoredChange((await askConfig(parts)).kept)
        return change === body.pageInfo.change
          ? { kind: 'done' }
          : { kind: 'again', body: { ...body, pageInfo: { ...body.pageInfo, change } } }
      }
    }
    if (answer.status === 413)
      return { kind: 'drop', code: 'too-large', says: answer.kind === 'refused' ? answer.says : '' }
    // Whatever the server allows nobody, it may allow again: a read-only workspace, a licence that has run out, a rule for addresses.
    if (answer.kind === 'refused' && answer.status === 403) return { kind: 'hold', refused: answer.says || answer.code }
    if (answer.kind === 'odd' || (answer.status !== 400 && answer.status !== 422)) return { kind: 'wait' }
    const room = wantsRoom(answer) && nextRoom(attempt)
    if (room) return { kind: 'again', body: { ...body, ...room } }
    // Servers before the current ones take a visit only from a registered visitor, and only into a room. Who has become one meanwhile is not waited for.
    if (answer.code === 'invalid-token' || wantsRoom(answer))
      return parts.visitor.current() === attempt.visitor ? { kind: 'hold' } : { kind: 'wait', ms: 0 }
    return { kind: 'drop', code: answer.code, says: answer.says }
  }
