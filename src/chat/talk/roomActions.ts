import { isUnknownRoute, type Answer } from '../../wire/answer'
import { pathSegment } from '../../wire/paths'
import type { Core } from '../../visitor/contracts'
import type { Chat } from '../contracts'
import type { Conversation } from '../conversation'
import type { Room } from '../room'
import { refusalOf } from './refusals'

export interface RoomActionsParts {
  core: Pick<Core, 'call' | 'visitor' | 'reset' | 'randomId'>
  conversation: Pick<Conversation, 'facts' | 'update'>
  room: Pick<Room, 'end' | 'leave'>
  refreshServerState(): Promise<void>
}

export type RoomActions = Pick<Chat, 'finish' | 'startNew' | 'switchDepartment' | 'survey' | 'transcript' | 'act'>

/** Rejects with a `Refusal` unless the server did as it was asked, or the answer is as good as that. */
const expectDone = async (call: Promise<Answer>, isGoodEnough = (_answer: Answer) => false): Promise<void> => {
  const answer = await call
  const refusal = refusalOf(answer)
  if (refusal && !isGoodEnough(answer)) throw refusal
}

const transferRoute = 'livechat/visitor/department.transfer'
const olderTransferRoute = 'livechat/room.transfer'

/** What the visitor may do in a room, or with one that has ended, beside talking. */
export const createRoomActions = ({
  core,
  conversation: { facts, update },
  room,
  refreshServerState,
}: RoomActionsParts): RoomActions => {
  let hasOlderTransfer = false

  const currentRoom = async () => ({ token: (await core.visitor.state()).token, rid: facts.room.peek()?.id ?? '' })
  const isOpen = () => !!facts.room.peek()?.open

  /** The route has moved. The newer one is tried first, and which of them the server knows is remembered. */
  const transfer = async (body: object): Promise<Answer> => {
    if (!hasOlderTransfer) {
      const answer = await core.call('POST', transferRoute, { body })
      if (!isUnknownRoute(answer)) return answer
    }
    const answer = await core.call('POST', olderTransferRoute, { body })
    hasOlderTransfer ||= !isUnknownRoute(answer)
    return answer
  }

  /** The server wants the token that the room was made with, which may have become another since. */
  const askTranscript = async (body: object, [token, ...others]: string[]): Promise<Answer> => {
    const answer = await core.call('POST', 'livechat/transcript', { body: { ...body, token } })
    const isAnothers = answer.kind === 'refused' && answer.code === 'error-invalid-visitor'
    return isAnothers && others.length ? askTranscript(body, others) : answer
  }

  return {
    async finish() {
      const { token, rid } = await currentRoom()
      if (!isOpen()) return
      // A room that was closed meanwhile is what the visitor wants.
      await expectDone(
        core.call('POST', 'livechat/room.close', { body: { rid, token } }),
        (answer) => answer.kind === 'refused' && /^(room-closed|invalid-room)$/.test(answer.code),
      )
      room.end(rid)
    },

    async startNew() {
      if (isOpen()) return
      if (facts.config.peek()?.clearWhenEnded) await core.reset()
      await room.leave()
      await refreshServerState()
    },

    async switchDepartment(department) {
      const { token, rid } = await currentRoom()
      if (isOpen()) await expectDone(transfer({ rid, token, department }))
      else await core.visitor.register({ department })
      update({ department })
    },

    async survey(answers) {
      const { token, rid } = await currentRoom()
      const data = Object.entries(answers).flatMap(([name, value]) =>
        value.trim() ? [{ name, value: value.trim() }] : [],
      )
      if (data.length) await expectDone(core.call('POST', 'livechat/room.survey', { body: { rid, token, data } }))
    },

    async transcript(email) {
      const { rid } = await currentRoom()
      const { token, became = {} } = await core.visitor.state()
      const earlierTokens = Object.keys(became).filter((earlier) => became[earlier] === token)
      await expectDone(askTranscript({ rid, email: email.trim() }, [token, ...earlierTokens]))
    },

    async act(messageId, { appId, actionId, blockId, value }) {
      const { token, rid } = await currentRoom()
      const body = {
        type: 'blockAction',
        actionId,
        rid,
        mid: messageId,
        container: { type: 'message', id: messageId },
        triggerId: core.randomId(),
        payload: { blockId, value },
      }
      // Each app answers as it likes, often with nothing: only the status says whether it has taken the click.
      await expectDone(
        core.call('POST', `/api/apps/ui.interaction/${pathSegment(appId)}`, {
          body,
          headers: { 'x-visitor-token': token },
        }),
        (answer) => answer.kind === 'odd' && answer.status < 300,
      )
    },
  }
}
