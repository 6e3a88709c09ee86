import { fail, forbidden, notPermitted, ok } from '../../http/envelope.ts'
import type { Call, Route } from '../route.ts'
import { shape, text } from '../../http/schema.ts'

interface Move {
  rid: string
  oldVisitorId: string
  newVisitorId: string
}

function move({ office, body }: Call<unknown, Move>) {
  const { store } = office
  const visitor = store.visitorById(body.newVisitorId)
  if (!visitor) return fail('visitor-not-found')
  if (!store.visitorById(body.oldVisitorId)) return fail('invalid-visitor')
  const room = store.room(body.rid)
  if (!room) return fail('invalid-room')
  if (room.v._id !== body.oldVisitorId) return fail('invalid-room-visitor')
  room.v = { _id: visitor._id, username: visitor.username, token: visitor.token, status: visitor.status }
  room._updatedAt = store.now()
  store.putRoom(room)
  office.streams.publish('stream-livechat-room', room._id, [
    { type: 'visitorData', visitor: { _id: visitor._id, token: visitor.token } },
  ])
  return ok({ room })
}

/** Deprecated from the start, gone in 7.0. */
export const roomVisitorRoutes: Route[] = [
  {
    method: 'PUT',
    path: 'livechat/room.visitor',
    eras: { to: 6 },
    permission: (era) =>
      era < 6
        ? { name: 'view-l-room', refusal: forbidden('unauthorized') }
        : { name: 'change-livechat-room-visitor', refusal: notPermitted() },
    body: shape({ rid: text, oldVisitorId: text, newVisitorId: text }),
    act: move,
  },
]
