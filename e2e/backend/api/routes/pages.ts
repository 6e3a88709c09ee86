import { meteorFail, ok } from '../../http/envelope.ts'
import { roomOf } from '../../office/rooms.ts'
import type { Call, Route } from '../route.ts'
import { shape, text, textOrNull } from '../../http/schema.ts'
import { recordVisit } from '../../office/visits.ts'
import type { PageVisitedBody } from '../../../../src/wire/rest.ts'

const pageInfo = shape({ title: text, change: text, location: shape({ href: text }) })
const openPageInfo = shape({ title: text, change: text, location: shape({ href: text }, true) }, true)

/** V0 checks whose visit it is; what came later stores anything. */
function visited({ office, era, body }: Call<unknown, PageVisitedBody>) {
  const { token, rid, pageInfo } = body
  if (era < 6) {
    if (!office.store.visitorByToken(token)) return meteorFail('invalid-token')
    // Their own schema below insists on a room.
    if (!roomOf(office, rid!, token)) return meteorFail('invalid-room')
  }
  const visit = recordVisit(office, token, rid || undefined, pageInfo)
  return ok(visit ? { page: { msg: visit.msg, navigation: visit.navigation } } : {})
}

const route = { method: 'POST', path: 'livechat/page.visited', act: visited } as const

export const pageRoutes: Route[] = [
  { ...route, eras: { to: 5 }, body: shape({ token: text, rid: text, pageInfo: openPageInfo }) },
  { ...route, eras: { from: 6 }, body: shape({ token: text, 'rid?': textOrNull, pageInfo }) },
]
