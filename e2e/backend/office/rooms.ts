import { agentById, nextAgent, statusOf } from './agents.ts'
import { assign } from './conversation.ts'
import { defaultDepartment } from './departments.ts'
import { createId } from './store/ids.ts'
import { asAuthor, createMessage, putInRoom } from './messages/messages.ts'
import { tellQueue } from './queue.ts'
import type { Office, Room, Visitor } from './contracts.ts'
import { joinVisits } from './visits.ts'

/** The visitor's own department, else the first one offered at registration. */
export const departmentFor = (office: Office, visitor: Visitor): string | undefined =>
  visitor.department ?? defaultDepartment(office)?._id

export interface NewRoom {
  cookies: string
  wantedId?: string | undefined
  /** Whom the visitor wants: asked first where rooms are given to agents, if that agent is there. */
  agentId?: string | undefined
}

export function createRoom(office: Office, visitor: Visitor, { cookies, wantedId, agentId }: NewRoom): Room {
  const { store, settings } = office
  const ts = store.now()
  const departmentId = departmentFor(office, visitor)
  const room: Room = {
    _id: wantedId ?? createId(),
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
    ...(settings.contactVerification ? {} : { queuedAt: ts }),
    priorityWeight: 99,
    estimatedWaitingTimeQueue: 9999999,
    ...(visitor.livechatData ? { livechatData: { ...visitor.livechatData } } : {}),
    _updatedAt: ts,
  }
  store.putRoom(room)
  joinVisits(office, visitor.token, room._id)
  const started = { t: 'livechat-started', token: visitor.token, groupable: false }
  putInRoom(office, room, createMessage(office, room._id, asAuthor(visitor), started))
  const isRouted = settings.routing === 'auto' && !settings.queueing && !settings.contactVerification
  const wanted = agentById(agentId)
  const isThere = wanted && statusOf(office, wanted) !== 'offline'
  const agent = isRouted ? (isThere ? wanted : nextAgent(office, departmentId)) : undefined
  if (agent) assign(office, room, agent)
  else tellQueue(office)
  return room
}

/** The room of this id, if it is this visitor's. */
export const roomOf = (office: Office, rid: string, token: string): Room | undefined => {
  const room = office.store.room(rid)
  return room?.v.token === token ? room : undefined
}
