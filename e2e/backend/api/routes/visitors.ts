import { fail, notPermitted, ok } from '../../http/envelope.ts'
import { pageKeys, slice, type PageQuery } from '../../http/paging.ts'
import type { Call, Named, Route } from '../route.ts'
import { shape, text } from '../../http/schema.ts'
import { publicVisitor } from '../../office/visitors.ts'
import { visitsOf } from '../../office/visits.ts'

export const permission = (era: number) => ({
  name: 'view-l-room',
  refusal: era < 6 ? fail('error-not-authorized') : notPermitted(),
})

function info({ office, era, query }: Call<{ visitorId: string }>) {
  const visitor = office.store.visitorById(query.visitorId)
  if (!visitor) return fail('visitor-not-found')
  const shown = publicVisitor(visitor, era)
  if (era < 9) return ok({ visitor: shown })
  const { token: _token, ...rest } = shown
  return ok({ visitor: rest })
}

/** The form of 2.3.0: the room in the query, and no totals. */
function pagesByQuery({ office, query }: Call<{ roomId: string }>) {
  if (!office.store.room(query.roomId)) return fail('invalid-room')
  return ok({ pages: visitsOf(office, query.roomId).reverse() })
}

function pages({ office, params, query }: Call<PageQuery> & Named<'roomId'>) {
  const rid = params.roomId
  if (!office.store.room(rid)) return fail('invalid-room')
  const found = slice(visitsOf(office, rid), query)
  if (found.kind === 'refused') return found.answer
  const { items, count, offset, total } = found
  return ok({ pages: items, count, offset, total })
}

function chatHistory({ office, params, query }: Call<PageQuery> & Named<'roomId' | 'visitorId'>) {
  const room = office.store.room(params.roomId)
  if (!room) return fail('invalid-room')
  const rooms = office.store.rooms().filter((item) => item.v._id === params.visitorId)
  const found = slice(rooms, query)
  if (found.kind === 'refused') return found.answer
  const { items, count, offset, total } = found
  return ok({ history: items, count, offset, total })
}

export const visitorsRoutes: Route[] = [
  { method: 'GET', path: 'livechat/visitors.info', permission, query: shape({ visitorId: text }), act: info },
  {
    method: 'GET',
    path: 'livechat/visitors.pagesVisited',
    eras: { to: 5 },
    permission,
    query: shape({ roomId: text }),
    act: pagesByQuery,
  },
  {
    method: 'GET',
    path: 'livechat/visitors.pagesVisited/:roomId',
    eras: { from: 6 },
    permission,
    query: shape(pageKeys),
    act: pages,
  },
  {
    method: 'GET',
    path: 'livechat/visitors.chatHistory/room/:roomId/visitor/:visitorId',
    permission,
    query: shape(pageKeys),
    act: chatHistory,
  },
]
