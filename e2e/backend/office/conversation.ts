import { agentById, agentData, asPerson, nextAgent, servingAgent } from './agents.ts'
import type { User } from './users.ts'
import { asAuthor, createMessage, putInRoom } from './messages/messages.ts'
import { tellQueue } from './queue.ts'
import type { Department } from './store/settings.ts'
import type { Office, Person, Room, Visitor } from './contracts.ts'

const tellAgent = (office: Office, room: Room): void => {
  const agent = servingAgent(room)
  office.streams.publish('stream-livechat-room', room._id, [
    agent ? { type: 'agentData', data: agentData(office, agent) } : { type: 'agentData' },
  ])
}

/** An agent takes the room: it leaves the queue, and the visitor is told in three ways. */
export function assign(office: Office, room: Room, agent: User): void {
  const { _id, username } = agent
  room.servedBy = { _id, username, ts: office.store.now() }
  room.usersCount = 2
  office.store.putRoom(room)
  putInRoom(office, room, createMessage(office, room._id, asPerson(agent), { t: 'command', msg: 'connected' }))
  putInRoom(
    office,
    room,
    createMessage(office, room._id, asPerson(agent), { t: 'uj', msg: username, groupable: false }),
  )
  tellAgent(office, room)
  tellQueue(office)
}

/** Nobody serves the room any more: it waits. */
export function unassign(office: Office, room: Room): void {
  delete room.servedBy
  room.usersCount = 1
  room.queuedAt = office.store.now()
  office.store.putRoom(room)
  tellAgent(office, room)
  tellQueue(office)
}

export interface Closing {
  by: Person
  closer: 'user' | 'visitor'
  comment: string
  token?: string
  transcriptRequested?: boolean
  promptTranscript?: boolean
}

export function close(office: Office, room: Room, { by, closer, comment, token, ...asked }: Closing): void {
  const now = office.store.now()
  delete room.open
  Object.assign(room, { closedAt: now, closer, waitingResponse: false, _updatedAt: now })
  office.store.putRoom(room)
  putInRoom(
    office,
    room,
    createMessage(office, room._id, by, {
      t: 'livechat-close',
      msg: comment,
      groupable: false,
      ...(token ? { token } : {}),
      transcriptRequested: asked.transcriptRequested ?? false,
    }),
  )
  if (asked.promptTranscript)
    putInRoom(office, room, createMessage(office, room._id, by, { t: 'command', msg: 'promptTranscript' }))
  tellQueue(office)
}

export interface Transfer {
  by: Person & { userType: 'user' | 'visitor' }
  to: { agent: User } | { department: Department } | 'queue'
  comment?: string
}

const named = (department: Department | undefined) => department && { _id: department._id, name: department.name }

/** The move is written into the room before somebody else serves it or it waits again; that to a department after. */
export function transfer(office: Office, room: Room, { by, to, comment }: Transfer): void {
  const previous = office.settings.departments.find(({ _id }) => _id === room.departmentId)
  const next = to !== 'queue' && 'department' in to ? to.department : undefined
  const agent = to !== 'queue' && 'agent' in to ? to.agent : undefined
  const ts = office.store.now()
  const { _id, username, name } = by
  const writeDown = () => {
    const transferData = {
      transferredBy: by,
      ...(agent ? { transferredTo: asPerson(agent) } : {}),
      ...(previous ? { previousDepartment: named(previous) } : {}),
      ...(next ? { nextDepartment: named(next) } : {}),
      scope: agent ? 'agent' : next ? 'department' : 'queue',
      ...(comment ? { comment } : {}),
      ts,
    }
    const author = { _id, username, ...(name ? { name } : {}) }
    const note = { t: 'livechat_transfer_history', groupable: false, transferData }
    putInRoom(office, room, createMessage(office, room._id, author, note))
  }
  if (!next) writeDown()
  if (next) room.departmentId = next._id
  const taker =
    agent ?? (next && office.settings.routing === 'auto' ? nextAgent(office, next._id, room.servedBy?._id) : undefined)
  const leaving = agentById(room.servedBy?._id)
  if (leaving && taker?._id !== leaving._id)
    putInRoom(
      office,
      room,
      createMessage(office, room._id, asPerson(leaving), { t: 'ul', msg: leaving.username, groupable: false }),
    )
  if (taker) assign(office, room, taker)
  else unassign(office, room)
  if (next) writeDown()
}

export const visitorOf = (office: Office, room: Room): Visitor | undefined => office.store.visitorById(room.v._id)

export const visitorAsAuthor = (office: Office, room: Room): Person => {
  const visitor = visitorOf(office, room)
  return visitor ? asAuthor(visitor) : { _id: room.v._id, username: room.v.username }
}
