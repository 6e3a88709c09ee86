import { meteorFail, ok } from '../../http/envelope.ts'
import type { Call, Route } from '../route.ts'
import { shape, text } from '../../http/schema.ts'

interface CallStatus {
  token: string
  callStatus: string
  rid: string
  callId: string
}

/** How a video call of the old kind goes on; there are none here to be found by their id. */
function tell({ office, body }: Call<unknown, CallStatus>) {
  const { token, callStatus, rid } = body
  if (!office.store.visitorByToken(token)) return meteorFail('invalid-token')
  const room = office.store.room(rid)
  if (room) {
    room['callStatus'] = callStatus
    office.store.putRoom(room)
  }
  return ok({ token, callStatus })
}

export const callStatusRoutes: Route[] = [
  {
    method: 'POST',
    path: 'livechat/visitor.callStatus',
    eras: { to: 7 },
    body: shape({ token: text, callStatus: text, rid: text, callId: text }),
    checkedBy: 'match',
    act: tell,
  },
]
