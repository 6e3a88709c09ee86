import { fail, meteorFail, ok } from '../../http/envelope.ts'
import { isOnline } from '../../office/agents.ts'
import { createRoom, departmentFor, roomOf } from '../../office/rooms.ts'
import type { Call, Route } from '../route.ts'
import { shape, text } from '../../http/schema.ts'
import type { Visitor } from '../../office/contracts.ts'

type RoomCall = Call<{ token: string; rid?: string; agentId?: string }>

function make({ office, era, headers, query }: RoomCall, visitor: Visitor, rid?: string) {
  if (!office.settings.enabled) return meteorFail('error-omnichannel-is-disabled')
  if (!isOnline(office, departmentFor(office, visitor))) return meteorFail('no-agent-online', 'Sorry, no online agents')
  if (era >= 7 && office.settings.contactBlocked) return fail('error-contact-channel-blocked')
  return ok({
    room: createRoom(office, visitor, { cookies: headers.cookie ?? '', wantedId: rid, agentId: query.agentId }),
    newRoom: true,
  })
}

/** Yes, a GET makes the room. */
function get(call: RoomCall) {
  const { office, query } = call
  const { store } = office
  const visitor = store.visitorByToken(query.token)
  if (!visitor) return fail('invalid-token')
  if (query.rid !== undefined) {
    const room = roomOf(office, query.rid, query.token)
    if (!room?.open) return fail('invalid-room')
    return ok({ room, newRoom: false })
  }
  const open = store.openRoom(query.token)
  return open ? ok({ room: open, newRoom: false }) : make(call, visitor)
}

/** The first servers look for no open room: who names none gets another each time, and a name that is free is taken. */
function getOld(call: RoomCall) {
  const { office, query } = call
  const visitor = office.store.visitorByToken(query.token)
  if (!visitor) return fail('invalid-token')
  const room = query.rid === undefined ? undefined : office.store.room(query.rid)
  if (!room) return make(call, visitor, query.rid)
  if (!room.open) return make(call, visitor)
  return room.v.token === query.token ? ok({ room, newRoom: false }) : meteorFail('cannot-access-room')
}

const route = {
  method: 'GET',
  path: 'livechat/room',
  limit: () => ({ calls: 5, windowMs: 60_000 }),
  checkedBy: 'match',
} as const

const keys = { token: text, 'rid?': text, 'agentId?': text }

export const roomRoutes: Route[] = [
  { ...route, eras: { to: 5 }, query: shape(keys), act: getOld },
  { ...route, eras: { from: 6, to: 8 }, query: shape(keys), act: get },
  { ...route, eras: { from: 9 }, query: shape(keys, true), act: get },
]
