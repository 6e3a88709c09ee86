import { agentById, agentData, asPerson, nextAgent, servingAgent } from './agents.ts'
import type { User } from './users.ts'
import { asAuthor, createMessage, putInRoom } from './messages/messages.ts'
import { tellQueue } from './queue.ts'
import type { Department } from './store/settings.ts'
import type { Person, Room, Visitor } from './store/store.ts'
import type { World } from '../state.ts'

const tellAgent = (world: World, room: Room): void => {
  const agent = servingAgent(room)
  world.streams.publish('stream-livechat-room', room._id, [
    agent ? { type: 'agentData', data: agentData(world, agent) } : { type: 'agentData' },
  ])
}

/** An agent takes the room: it leaves the queue, and the visitor is told in three ways. */
export function assign(world: World, room: Room, agent: User): void {
  const { _id, username } = agent
  room.servedBy = { _id, username, ts: world.store.now() }
  room.usersCount = 2
  world.store.putRoom(room)
  putInRoom(world, room, createMessage(world, room._id, asPerson(agent), { t: 'command', msg: 'connected' }))
  putInRoom(world, room, createMessage(world, room._id, asPerson(agent), { t: 'uj', msg: username, groupable: false }))
  tellAgent(world, room)
  tellQueue(world)
}

/** Nobody serves the room any more: it waits. */
export function unassign(world: World, room: Room): void {
  delete room.servedBy
  room.usersCount = 1
  room.queuedAt = world.store.now()
  world.store.putRoom(room)
  tellAgent(world, room)
  tellQueue(world)
}

export interface Closing {
  by: Person
  closer: 'user' | 'visitor'
  comment: string
  token?: string
  transcriptRequested?: boolean
  promptTranscript?: boolean
}

export function close(world: World, room: Room, { by, closer, comment, token, ...asked }: Closing): void {
  const now = world.store.now()
  delete room.open
  Object.assign(room, { closedAt: now, closer, waitingResponse: false, _updatedAt: now })
  world.store.putRoom(room)
  putInRoom(
    world,
    room,
    createMessage(world, room._id, by, {
      t: 'livechat-close',
      msg: comment,
      groupable: false,
      ...(token ? { token } : {}),
      transcriptRequested: asked.transcriptRequested ?? false,
    }),
  )
  if (asked.promptTranscript)
    putInRoom(world, room, createMessage(world, room._id, by, { t: 'command', msg: 'promptTranscript' }))
  tellQueue(world)
}

export interface Transfer {
  by: Person & { userType: 'user' | 'visitor' }
  to: { agent: User } | { department: Department } | 'queue'
  comment?: string
}

const named = (department: Department | undefined) => department && { _id: department._id, name: department.name }

/** The move is written into the room first; then somebody else serves it, or it waits again. */
export function transfer(world: World, room: Room, { by, to, comment }: Transfer): void {
  const previous = world.settings.departments.find(({ _id }) => _id === room.departmentId)
  const next = to !== 'queue' && 'department' in to ? to.department : undefined
  const agent = to !== 'queue' && 'agent' in to ? to.agent : undefined
  const ts = world.store.now()
  const { _id, username, name } = by
  putInRoom(
    world,
    room,
    createMessage(world, room._id, { _id, username, ...(name ? { name } : {}) }, {
      t: 'livechat_transfer_history',
      groupable: false,
      transferData: {
        transferredBy: by,
        ...(agent ? { transferredTo: asPerson(agent) } : {}),
        ...(previous ? { previousDepartment: named(previous) } : {}),
        ...(next ? { nextDepartment: named(next) } : {}),
        scope: agent ? 'agent' : next ? 'department' : 'queue',
        ...(comment ? { comment } : {}),
        ts,
      },
    }),
  )
  if (next) room.departmentId = next._id
  const taker = agent ?? (next && world.settings.routing === 'auto' ? nextAgent(world, room.servedBy?._id) : undefined)
  const leaving = agentById(room.servedBy?._id)
  if (leaving && taker?._id !== leaving._id)
    putInRoom(world, room, createMessage(world, room._id, asPerson(leaving), { t: 'ul', msg: leaving.username, groupable: false }))
  if (taker) assign(world, room, taker)
  else unassign(world, room)
}

export const visitorOf = (world: World, room: Room): Visitor | undefined => world.store.visitorById(room.v._id)

export const visitorAsAuthor = (world: World, room: Room): Person => {
  const visitor = visitorOf(world, room)
  return visitor ? asAuthor(visitor) : { _id: room.v._id, username: room.v.username }
}
