import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Change, Mail, Message, Room, Store, StoredFile, Visitor } from '../contracts.ts'

/** What lies in `state.json`. */
interface Contents {
  visitors: Visitor[]
  rooms: Room[]
  messages: Message[]
  files: StoredFile[]
  guests: number
  /** By username; who is not here is online. */
  agentStatus: Record<string, string>
  mails: Mail[]
}

const empty = (): Contents => ({
  visitors: [],
  rooms: [],
  messages: [],
  files: [],
  guests: 0,
  agentStatus: {},
  mails: [],
})

/** Everything the server remembers. With a folder it is on disk before the call that changed it is answered. */
export function createStore(folder: string | undefined, onChange: (what: Change, item: unknown) => void): Store {
  const file = folder && join(folder, 'state.json')
  let contents = empty()
  let messagesById = new Map<string, Message>()
  let lastTs = 0
  let dirty = false

  const index = () => {
    messagesById = new Map(contents.messages.map((message) => [message._id, message]))
  }

  if (file) {
    mkdirSync(folder, { recursive: true })
    try {
      contents = { ...empty(), ...(JSON.parse(readFileSync(file, 'utf8')) as Contents) }
      index()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }

  const touch = (what: Change, item: unknown) => {
    dirty = true
    onChange(what, item)
  }

  return {
    now(): string {
      lastTs = Math.max(Date.now(), lastTs + 1)
      return new Date(lastTs).toISOString()
    },
    nextGuest: () => `guest-${++contents.guests}`,

    visitors: () => contents.visitors,
    visitorByToken: (token: string) => contents.visitors.find((visitor) => visitor.token === token),
    visitorById: (id: string) => contents.visitors.find((visitor) => visitor._id === id),
    putVisitor(visitor: Visitor) {
      if (!contents.visitors.includes(visitor)) contents.visitors.push(visitor)
      touch('visitor', visitor)
    },
    removeVisitor(visitor: Visitor) {
      const rids = new Set(contents.rooms.filter((room) => room.v._id === visitor._id).map((room) => room._id))
      contents.visitors = contents.visitors.filter((item) => item !== visitor)
      contents.rooms = contents.rooms.filter((room) => !rids.has(room._id))
      contents.messages = contents.messages.filter(({ rid }) => rid === undefined || !rids.has(rid))
      contents.files = contents.files.filter(({ rid }) => !rids.has(rid))
      index()
      touch('visitor', { ...visitor, removed: true })
    },

    rooms: () => contents.rooms,
    room: (rid: string) => contents.rooms.find((room) => room._id === rid),
    openRoom: (token: string) => contents.rooms.find((room) => room.open && room.v.token === token),
    putRoom(room: Room) {
      if (!contents.rooms.includes(room)) contents.rooms.push(room)
      touch('room', room)
    },

    messages: () => contents.messages,
    message: (id: string) => messagesById.get(id),
    putMessage(message: Message) {
      if (!messagesById.has(message._id)) contents.messages.push(message)
      messagesById.set(message._id, message)
      touch(message.navigation ? 'visit' : 'message', message)
    },
    removeMessage(message: Message) {
      contents.messages = contents.messages.filter((item) => item !== message)
      messagesById.delete(message._id)
      touch('message', { ...message, removed: true })
    },

    file: (id: string) => contents.files.find((item) => item._id === id),
    putFile(item: StoredFile) {
      contents.files.push(item)
      dirty = true
    },

    agentStatus: () => contents.agentStatus,
    setAgentStatus(username: string, status: string) {
      contents.agentStatus[username] = status
      dirty = true
    },

    mails: () => contents.mails,
    putMail(mail: Mail) {
      contents.mails.push(mail)
      touch('mail', mail)
    },

    clear() {
      contents = empty()
      index()
      dirty = true
    },
    save() {
      if (!file || !dirty) return
      const next = `${file}.next`
      writeFileSync(next, JSON.stringify(contents))
      renameSync(next, file)
      dirty = false
    },
  }
}
