import type { Verdict } from '../../tracking/contracts'
import type { Core } from '../../visitor/contracts'
import { isUnknownRoute, type Answer } from '../../wire/answer'
import { asObjects } from '../../wire/coerce'
import type { Json } from '../../wire/json'
import { pathSegment } from '../../wire/paths'
import type { MessageRecord } from './records'
import type { Room } from '../room'
import { retryVerdict, type OpenRoom } from '../roomMaking'

export interface DeliveryParts {
  core: Pick<Core, 'call' | 'visitor'>
  room: Pick<Room, 'ensureOpen' | 'endRefused'>
  /** The server has this message: `message` is its own copy. */
  onStored(message: unknown, id: string): void
}

type RoomAddress = Pick<OpenRoom, 'token' | 'roomId'>

/** One message on its way to the server. A message has an id of its own, so asking again never stores it twice. */
export const createDelivery = ({ core, room, onStored }: DeliveryParts) => {
  const stored = (id: string, { message }: Json): Verdict => {
    onStored(message, id)
    return { kind: 'done' }
  }

  /** The server's copy of a message, if it has it. Where it cannot be asked for a single one, up to 2.x, its history tells. */
  const find = async (messageId: string, { token, roomId: rid }: RoomAddress): Promise<Answer> => {
    const found = await core.call('GET', `livechat/message/${pathSegment(messageId)}`, { query: { token, rid } })
    if (!isUnknownRoute(found)) return found
    const page = await core.call('GET', `livechat/messages.history/${pathSegment(rid)}`, {
      query: { token, limit: 50 },
    })
    if (page.kind !== 'ok') return page
    const message = asObjects(page.body.messages).find(({ _id }) => _id === messageId)
    return message
      ? { ...page, body: { message } }
      : { kind: 'refused', status: 404, code: 'invalid-message', says: '', body: {} }
  }

  /**
   * Asks whether the server has a message that it has refused. Rocket.Chat does not say so of a message it has stored already: it refuses it
   * with the text of whatever exception its code meets.
   */
  const settleRefused = async (
    { messageId }: MessageRecord,
    address: RoomAddress,
    { code, says }: { code: string; says: string },
  ): Promise<Verdict> => {
    const found = await find(messageId, address)
    if (found.kind === 'ok') return stored(messageId, found.body)
    return found.kind === 'refused' ? { kind: 'drop', code: code || 'refused', says } : retryVerdict(found)
  }

  /** Rooms that went with a visitor whom the server has lost: what was to be said in them begins another. */
  const lostRoomIds = new Set<string | undefined>()

  return async (record: MessageRecord): Promise<Verdict> => {
    const { messageId, text } = record
    const intendedRoomId = lostRoomIds.has(record.roomId) ? undefined : record.roomId
    const { token: currentToken, roomId: openRoomId } = await core.visitor.state()
    if (intendedRoomId && intendedRoomId !== openRoomId)
      return settleRefused(record, { token: currentToken, roomId: intendedRoomId }, { code: 'room-closed', says: '' })
    const target = await room.ensureOpen()
    if (target.kind !== 'open') return target
    const { token, roomId } = target
    const answer = await core.call('POST', 'livechat/message', {
      body: { token, rid: roomId, _id: messageId, msg: text },
    })
    if (answer.kind === 'ok') return stored(messageId, answer.body)
    const isTokenLost = answer.kind === 'refused' && answer.code === 'invalid-token'
    if (isTokenLost) lostRoomIds.add(roomId)
    if (isTokenLost || answer.kind !== 'refused' || answer.status >= 500) return retryVerdict(answer)
    const verdict = await settleRefused(record, target, answer)
    if (verdict.kind === 'drop' && /^(room-closed|invalid-room)$/.test(answer.code)) {
      await room.endRefused(roomId)
      // The message was not an answer to anything in that room, so it may begin another.
      if (!intendedRoomId) return { kind: 'wait', ms: 0 }
    }
    return verdict
  }
}
