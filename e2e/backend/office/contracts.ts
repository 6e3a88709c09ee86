/** What the rooms of the office share: the records they keep, and the parts that keep and publish them. */
import type { Settings } from './store/settings.ts'

export interface Person {
  _id: string
  username: string
  name?: string
}

export interface Visitor {
  _id: string
  username: string
  token: string
  status: string
  ts: string
  _updatedAt: string
  name?: string
  phone?: { phoneNumber: string }[]
  visitorEmails?: { address: string }[]
  department?: string
  livechatData?: Record<string, string>
  userAgent?: string
  ip?: string
  host?: string
}

export interface Room {
  _id: string
  t: 'l'
  fname: string
  ts: string
  lm: string
  _updatedAt: string
  msgs: number
  usersCount: number
  cl: boolean
  open?: boolean
  waitingResponse: boolean
  v: { _id: string; username: string; token: string; status: string }
  source: { type: string }
  departmentId?: string
  servedBy?: { _id: string; username: string; ts: string }
  queuedAt?: string
  livechatData?: Record<string, string>
  survey?: Record<string, string>
  closedAt?: string
  closer?: string
  tags?: string[]
  [key: string]: unknown
}

export interface Message {
  _id: string
  rid?: string
  msg: string
  ts: string
  u: Person
  _updatedAt: string
  t?: string
  token?: string
  _hidden?: boolean
  navigation?: { page: unknown; token: string }
  [key: string]: unknown
}

export interface StoredFile {
  _id: string
  rid: string
  name: string
  type: string
  size: number
  base64: string
}

export interface Mail {
  kind: 'transcript' | 'offline'
  to: string
  text: string
  at: string
  [key: string]: unknown
}

export type Change = 'visitor' | 'room' | 'message' | 'visit' | 'mail'

/** Everything the server remembers. `save` puts it on disk, where there is a folder. */
export interface Store {
  /** The time as an ISO text, never the same twice, so that what happened first is also older. */
  now(): string
  nextGuest(): string

  visitors(): Visitor[]
  visitorByToken(token: string): Visitor | undefined
  visitorById(id: string): Visitor | undefined
  putVisitor(visitor: Visitor): void
  /** With the visitor go the visitor's rooms, their messages and files. */
  removeVisitor(visitor: Visitor): void

  rooms(): Room[]
  room(rid: string): Room | undefined
  openRoom(token: string): Room | undefined
  putRoom(room: Room): void

  messages(): Message[]
  message(id: string): Message | undefined
  putMessage(message: Message): void
  removeMessage(message: Message): void

  file(id: string): StoredFile | undefined
  putFile(file: StoredFile): void

  /** By username; an agent who is not named here is online. */
  agentStatus(): Record<string, string>
  setAgentStatus(username: string, status: string): void

  mails(): Mail[]
  putMail(mail: Mail): void

  clear(): void
  save(): void
}

export type StreamName = 'stream-room-messages' | 'stream-notify-room' | 'stream-livechat-room'

/** Who hears an event of a stream. */
export type StreamListener = (event: string, args: unknown[]) => void

export interface Streams {
  /** Reaches every subscription to this event of this stream but those of `except`, who published it. */
  publish(name: StreamName, event: string, args: unknown[], except?: unknown): void
  /** Returns its undo. */
  subscribe(name: string, event: string, owner: unknown, listener: StreamListener): () => void
}

/** The part of the server's state that conversations are made of. */
export interface Office {
  store: Store
  settings: Settings
  streams: Streams
  /** The address visitors know; set when the port is open. */
  origin: string
}
