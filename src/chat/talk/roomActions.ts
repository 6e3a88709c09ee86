import type { Answer } from '../../wire/answer'
import type { Core } from '../../visitor/contracts'
import type { Chat } from '../contracts'
import type { Conversation } from '../conversation'
import type { Room } from '../room'
import { refusalOf, type LivechatApi } from './livechatApi'

export interface RoomActionsParts {
  core: Pick<Core, 'visitor' | 'reset' | 'randomId'>
  conversation: Pick<Conversation, 'facts'>
  api: Pick<LivechatApi, 'close' | 'transfer' | 'survey' | 'transcript' | 'interact'>
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

/** What the visitor may do in a room, or with one that has ended, beside talking. */
export const createRoomActions = ({
  core,
  conversation: { facts },
  api,
  room,
  refreshServerState,
}: RoomActionsParts): RoomActions => {
  const currentRoom = async () => ({ token: (await core.visitor.state()).token, roomId: facts.room.peek()?.id ?? '' })
  const isOpen = () => !!facts.room.peek()?.open

  return {
    async finish() {
      const { token, roomId } = await currentRoom()
      if (!isOpen()) return
      // A room that was closed meanwhile is what the visitor wants.
      await expectDone(
        api.close(token, roomId),
        (answer) => answer.kind === 'refused' && /^(room-closed|invalid-room)$/.test(answer.code),
      )
      room.end(roomId)
    },

    async startNew() {
      if (isOpen()) return
      if (facts.config.peek()?.clearWhenEnded) await core.reset()
      await room.leave()
      await refreshServerState()
    },

    async switchDepartment(department) {
      const { token, roomId } = await currentRoom()
      if (isOpen()) await expectDone(api.transfer(token, roomId, department))
      else await core.visitor.register({ department })
    },

    async survey(answers) {
      const { token, roomId } = await currentRoom()
      const data = Object.entries(answers).flatMap(([name, value]) =>
        value.trim() ? [{ name, value: value.trim() }] : [],
      )
      if (data.length) await expectDone(api.survey(token, roomId, data))
    },

    async transcript(email) {
      const { token, roomId } = await currentRoom()
      await expectDone(api.transcript(token, roomId, email.trim()))
    },

    async act(messageId, { appId, actionId, blockId, value }) {
      const { token, roomId } = await currentRoom()
      const body = {
        type: 'blockAction',
        actionId,
        rid: roomId,
        mid: messageId,
        container: { type: 'message', id: messageId },
        triggerId: core.randomId(),
        payload: { blockId, value },
      }
      // Each app answers as it likes, often with nothing: only the status says whether it has taken the click.
      await expectDone(api.interact(token, appId, body), (answer) => answer.kind === 'odd' && answer.status < 300)
    },
  }
}
