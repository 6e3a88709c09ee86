import { isRecord } from '../http/schema.ts'
import { eraOf } from '../office/store/settings.ts'
import type { Office } from '../office/contracts.ts'

const typingOf = (office: Office) => (eraOf(office.settings) < 6 ? 'typing' : 'user-activity')

/** The visitor's tokens, which come after the event in a subscription's parameters. */
function tokensOf(params: unknown[]): Record<string, unknown> {
  const options = params[1]
  const args = isRecord(options) && Array.isArray(options['args']) ? (options['args'] as unknown[]) : params.slice(2)
  const given = args.find(isRecord)
  return given ?? {}
}

/** Whether a visitor may listen to this event of this stream. */
export function mayRead(office: Office, stream: string, event: string, params: unknown[]): boolean {
  const [rid = '', kind] = event.split('/')
  const room = office.store.room(rid)
  if (!room) return false
  const { token, visitorToken } = tokensOf(params)
  if (stream === 'stream-room-messages')
    return kind === undefined && room.open === true && visitorToken === room.v.token
  if (stream === 'stream-livechat-room') return kind === undefined && visitorToken === room.v.token
  if (stream === 'stream-notify-room')
    return [typingOf(office), 'deleteMessage', 'webrtc'].includes(kind ?? '') && token === room.v.token
  return false
}

/** Whether a visitor may say this on the room's stream: only that somebody types, and only in the era's own words. */
export function mayWrite(office: Office, event: string, args: unknown[]): boolean {
  const [rid = '', kind] = event.split('/')
  const room = office.store.room(rid)
  const given = args.filter(isRecord).at(-1)
  return room?.open === true && kind === typingOf(office) && given?.['token'] === room.v.token
}
