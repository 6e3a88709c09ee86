import type { Change, Mail, Message, Room, Store, StoredFile, Visitor } from '../contracts.ts'
import { empty, readContents, writeContents, type Contents } from './contents.ts'

/** What the parts of the store work on. */
interface Kept {
  contents: Contents
  messagesById: Map<string, Message>
  /** There is something that is not on disk yet. */
  dirty: boolean
  /** Notes a change for the disk, and tells of it. */
  touch(what: Change, item: unknown): void
}

const byId = (messages: Message[]) => new Map(messages.map((message) => [message._id, message]))

type PeopleKeys = 'nextGuest' | 'visitors' | 'visitorByToken' | 'visitorById' | 'putVisitor' | 'removeVisitor'

/** Visitors, and the agents' status. */
const people = (kept: Kept): Pick<Store, PeopleKeys | 'agentStatus' | 'setAgentStatus'> => ({
  nextGuest: () => `guest-${++kept.contents.guests}`,

  visitors: () => kept.contents.visitors,
  visitorByToken: (token: string) => kept.contents.visitors.find((visitor) => visitor.token === token),
  visitorById: (id: string) => kept.contents.visitors.find((visitor) => visitor._id === id),
  putVisitor(visitor: Visitor) {
    const { visitors } = kept.contents
    if (!visitors.includes(visitor)) visitors.push(visitor)
    kept.touch('visitor', visitor)
  },
  removeVisitor(visitor: Visitor) {
    const { contents } = kept
    const rids = new Set(contents.rooms.filter((room) => room.v._id === visitor._id).map((room) => room._id))
    contents.visitors = contents.visitors.filter((item) => item !== visitor)
    contents.rooms = contents.rooms.filter((room) => !rids.has(room._id))
    contents.messages = contents.messages.filter(({ rid }) => rid === undefined || !rids.has(rid))
    contents.files = contents.files.filter(({ rid }) => !rids.has(rid))
    kept.messagesById = byId(contents.messages)
    kept.touch('visitor', { ...visitor, removed: true })
  },

  agentStatus: () => kept.contents.agentStatus,
  setAgentStatus(username: string, status: string) {
    kept.contents.agentStatus[username] = status
    kept.dirty = true
  },
})

type RoomKeys = 'rooms' | 'room' | 'openRoom' | 'putRoom'
type MessageKeys = 'messages' | 'message' | 'putMessage' | 'removeMessage'

/** Rooms, and what was said, sent and mailed from them. */
const conversations = (kept: Kept): Pick<Store, RoomKeys | MessageKeys | 'file' | 'putFile' | 'mails' | 'putMail'> => ({
  rooms: () => kept.contents.rooms,
  room: (rid: string) => kept.contents.rooms.find((room) => room._id === rid),
  openRoom: (token: string) => kept.contents.rooms.find((room) => room.open && room.v.token === token),
  putRoom(room: Room) {
    const { rooms } = kept.contents
    if (!rooms.includes(room)) rooms.push(room)
    kept.touch('room', room)
  },

  messages: () => kept.contents.messages,
  message: (id: string) => kept.messagesById.get(id),
  putMessage(message: Message) {
    if (!kept.messagesById.has(message._id)) kept.contents.messages.push(message)
    kept.messagesById.set(message._id, message)
    kept.touch(message.navigation ? 'visit' : 'message', message)
  },
  removeMessage(message: Message) {
    kept.contents.messages = kept.contents.messages.filter((item) => item !== message)
    kept.messagesById.delete(message._id)
    kept.touch('message', { ...message, removed: true })
  },

  file: (id: string) => kept.contents.files.find((item) => item._id === id),
  putFile(item: StoredFile) {
    kept.contents.files.push(item)
    kept.dirty = true
  },

  mails: () => kept.contents.mails,
  putMail(mail: Mail) {
    kept.contents.mails.push(mail)
    kept.touch('mail', mail)
  },
})

/** Everything the server remembers. With a folder it is on disk before the call that changed it is answered. */
export function createStore(folder: string | undefined, onChange: (what: Change, item: unknown) => void): Store {
  let lastTs = 0
  const contents = readContents(folder)
  const kept: Kept = {
    contents,
    messagesById: byId(contents.messages),
    dirty: false,
    touch(what, item) {
      kept.dirty = true
      onChange(what, item)
    },
  }

  return {
    ...people(kept),
    ...conversations(kept),
    now(): string {
      lastTs = Math.max(Date.now(), lastTs + 1)
      return new Date(lastTs).toISOString()
    },
    clear() {
      kept.contents = empty()
      kept.messagesById = new Map()
      kept.dirty = true
    },
    save() {
      if (!folder || !kept.dirty) return
      writeContents(folder, kept.contents)
      kept.dirty = false
    },
  }
}
