import type { Core } from '../../visitor/contracts'
import { isUnknownRoute, type Answer } from '../../wire/answer'
import { asObjects } from '../../wire/coerce'
import { pathSegment } from '../../wire/paths'
import { retryVerdict } from '../roomMaking'
import type { RoomAddress, SettleRefused } from '../sending/delivery'
import type { Sending } from '../sending/sending'
import { endRefusedRoom, type EndRefusedRoomParts } from './endRefusedRoom'

export interface RefusedMessagesParts extends EndRefusedRoomParts {
  core: Pick<Core, 'call' | 'visitor'>
  sending: Pick<Sending, 'stored'>
}

export const createSettleRefused = (parts: RefusedMessagesParts): SettleRefused => {
  const { call } = parts.core
  /** The server's copy of a message, if it has it. Where it cannot be asked for a single one, up to 2.x, its history tells. */
  const find = async (messageId: string, { token, roomId: rid }: RoomAddress): Promise<Answer> => {
    const found = await call('GET', `livechat/message/${pathSegment(messageId)}`, { query: { token, rid } })
    if (!isUnknownRoute(found)) return found
    const page = await call('GET', `livechat/messages.history/${pathSegment(rid)}`, { query: { token, limit: 50 } })
    if (page.kind !== 'ok') return page
    const message = asObjects(page.body.messages).find(({ _id }) => _id === messageId)
    return message
      ? { ...page, body: { message } }
      : { kind: 'refused', status: 404, code: 'invalid-message', says: '', body: {} }
  }

  // Rocket.Chat does not say of a message that it has stored it already: it refuses it with the text of whatever exception its code meets.
  return async ({ messageId, roomId: intendedRoomId }, address, { code, says }) => {
    const found = await find(messageId, address)
    if (found.kind === 'ok') {
      parts.sending.stored(found.body.message, messageId)
      return { kind: 'done' }
    }
    if (found.kind !== 'refused') return retryVerdict(found)
    if (/^(room-closed|invalid-room)$/.test(code)) {
      await endRefusedRoom(parts, address.roomId)
      // The message was not an answer to anything in that room, so it may begin another.
      if (!intendedRoomId) return { kind: 'wait', ms: 0 }
    }
    return { kind: 'drop', code: code || 'refused', says }
  }
}
