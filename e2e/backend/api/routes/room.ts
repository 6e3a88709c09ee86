import { failCode, meteorFail, ok } from '../../http/envelope.ts'
import { isOnline } from '../../office/agents.ts'
import { createRoom, roomOf } from '../../office/rooms.ts'
import type { Call, Route } from '../route.ts'
import { shape, text } from '../../http/schema.ts'

/** Yes, a GET makes the room. */
function get({ office, era, query, headers }: Call<{ token: string; rid?: string }>) {
  const { store, settings } = office
  const visitor = store.visitorByToken(query.token)
  if (!visitor) return failCode(era, 'invalid-token')
  if (query.rid !== undefined) {
    const room = roomOf(office, query.rid, query.token)
    if (!room?.open) return failCode(era, 'invalid-room')
    return ok({ room, newRoom: false })
  }
  const open = store.openRoom(query.token)
  if (open) return ok({ room: open, newRoom: false })
  if (!settings.enabled) return meteorFail('error-omnichannel-is-disabled')
  if (!isOnline(office)) return meteorFail('no-agent-online', 'Sorry, no online agents')
  return ok({ room: createRoom(office, visitor, headers.cookie ?? ''), newRoom: true })
}

const route = {
  method: 'GET',
  path: 'livechat/room',
  limit: () => ({ calls: 5, windowMs: 60_000 }),
  checkedBy: 'match',
  act: get,
} as const

const keys = { token: text, 'rid?': text, 'agentId?': text }

export const roomRoutes: Route[] = [
  { ...route, eras: { to: 8 }, query: shape(keys) },
  { ...route, eras: { from: 9 }, query: shape(keys, true) },
]
