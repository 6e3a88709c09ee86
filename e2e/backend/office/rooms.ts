import { nextAgent } from './agents.ts'
import { assign } from './conversation.ts'
import { createId } from './store/ids.ts'
import { asAuthor, createMessage, putInRoom } from './messages/messages.ts'
import { tellQueue } from './queue.ts'
import type { Office, Room, Visitor } from './contracts.ts'
import { joinVisits } from './visits.ts'

/** The visitor's own department, else the first one offered at registration. */
function departmentFor(office: Office, visitor: Visitor): string | undefined {
  return visitor.department ?? office.settings.departments.find(({ showOnRegistration }) => showOnRegistration)?._id
}

export function createRoom(office: Office, visitor: Visitor, cookies: string): Room {
  const { store } = office
  const ts = store.now()
  const departmentId = departmentFor(office, visitor)
  const room: Room = {
    _id: createId(),
    msgs: 0,
    usersCount: 1,
    lm: ts,
    fname: visitor.name ?? visitor.username,
    t: 'l',
    ts,
    ...(departmentId ? { departmentId } : {}),
    v: { _id: visitor._id, username: visitor.username, token: visitor.token, status: visitor.status },
    cl: false,
    open: true,
    waitingResponse: true,
    source: { type: /rc_is_widget=t/.test(cookies) && /rc_room_type=l/.test(cookies) ? 'widget' : 'api' },
    queuedAt: ts,
    priorityWeight: 99,
    estimatedWaitingTimeQueue: 9999999,
    ...(visitor.livechatData ? { livechatData: { ...visitor.livechatData } } : {}),
    _updatedAt: ts,
  }
  store.putRoom(room)
  joinVisits(office, visitor.token, room._id)
  const started = { t: 'livechat-started', token: visitor.token, groupable: false }
  putInRoom(office, room, createMessage(office, room._id, asAuthor(visitor), started))
  const agent = office.settings.routing === 'auto' && !office.settings.queueing ? nextAgent(office) : undefined
  if (agent) assign(office, room, agent)
  else tellQueue(office)
  return room
}

/** The room of this id, if it is this visitor's. */
export const roomOf = (office: Office, rid: string, token: string): Room | undefined => {
  const room = office.store.room(rid)
  return room?.v.token === token ? room : undefined
}
