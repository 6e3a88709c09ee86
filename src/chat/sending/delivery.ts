import type { Verdict } from '../../tracking/contracts'
import type { Core } from '../../visitor/contracts'
import type { MessageRecord } from './records'
import type { Room } from '../room'
import { retryVerdict, type OpenRoom } from '../roomMaking'

export type RoomAddress = Pick<OpenRoom, 'token' | 'roomId'>

/** What becomes of a message that the server has refused, which it may have all the same. */
export type SettleRefused = (
  message: Pick<MessageRecord, 'messageId' | 'roomId'>,
  address: RoomAddress,
  refusal: { code: string; says: string },
) => Promise<Verdict>

export interface DeliveryParts {
  core: Pick<Core, 'call' | 'visitor'>
  room: Pick<Room, 'ensureOpen'>
  /** The server has this message: `message` is its own copy. */
  onStored(message: unknown, id: string): void
  settleRefused: SettleRefused
}

/** One message on its way to the server. A message has an id of its own, so asking again never stores it twice. */
export const createDelivery = ({ core, room, onStored, settleRefused }: DeliveryParts) => {
  /** Rooms that went with a visitor whom the server has lost: what was to be said in them begins another. */
  const lostRoomIds = new Set<string | undefined>()

  return async ({ messageId, text, roomId: recordedRoomId }: MessageRecord): Promise<Verdict> => {
    const intendedRoomId = lostRoomIds.has(recordedRoomId) ? undefined : recordedRoomId
    const message = { messageId, roomId: intendedRoomId }
    const { token: currentToken, roomId: openRoomId } = await core.visitor.state()
    if (intendedRoomId && intendedRoomId !== openRoomId)
      return settleRefused(message, { token: currentToken, roomId: intendedRoomId }, { code: 'room-closed', says: '' })
    const target = await room.ensureOpen()
    if (target.kind !== 'open') return target
    const { token, roomId } = target
    const answer = await core.call('POST', 'livechat/message', {
      body: { token, rid: roomId, _id: messageId, msg: text },
    })
    if (answer.kind === 'ok') {
      onStored(answer.body.message, messageId)
      return { kind: 'done' }
    }
    const isTokenLost = answer.kind === 'refused' && answer.code === 'invalid-token'
    if (isTokenLost) lostRoomIds.add(roomId)
    if (isTokenLost || answer.kind !== 'refused' || answer.status >= 500) return retryVerdict(answer)
    return settleRefused(message, target, answer)
  }
}
