import { createId } from './ids.ts'
import type { Message, Room, Visitor } from './store.ts'
import type { World } from './world.ts'
import { joinVisits } from './visits.ts'

const asAuthor = ({ _id, username, name }: Visitor) => ({ _id, username, ...(name ? { name } : {}) })

/** Keeps a message and what its room tells of it. */
export function putInRoom(world: World, room: Room, message: Message): Message {
  world.store.putMessage(message)
  room.msgs++
  room.lm = message.ts
  room._updatedAt = message.ts
  world.store.putRoom(room)
  return message
}

/** The visitor's own department, else the first one offered at registration. */
function departmentFor(world: World, visitor: Visitor): string | undefined {
  return visitor.department ?? world.settings.departments.find(({ showOnRegistration }) => showOnRegistration)?._id
}

export function createRoom(world: World, visitor: Visitor, cookies: string): Room {
  const { store } = world
  const ts = store.now()
  const departmentId = departmentFor(world, visitor)
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
  joinVisits(world, visitor.token, room._id)
  putInRoom(world, room, {
    _id: createId(),
    t: 'livechat-started',
    rid: room._id,
    ts,
    msg: '',
    token: visitor.token,
    u: asAuthor(visitor),
    groupable: false,
    _updatedAt: ts,
  })
  return room
}

/** The room of this id, if it is this visitor's. */
export const roomOf = (world: World, rid: string, token: string): Room | undefined => {
  const room = world.store.room(rid)
  return room?.v.token === token ? room : undefined
}
