import { toFrame } from './ejson.ts'
import { createId } from '../store/ids.ts'
import { parseMarkdown } from '../markdown/index.ts'
import type { Message, Office, Person, Room, Visitor } from '../contracts.ts'
import { eraOf } from '../store/settings.ts'

/** A visitor or an agent, as the `u` of a message. */
export const asAuthor = ({ _id, username, name }: Visitor): Person => ({ _id, username, ...(name ? { name } : {}) })

const addresses = (msg: string) => (msg.match(/https?:\/\/[^\s<>*)\]|]+/g) ?? []).map((url) => ({ url, meta: {} }))

const mentions = (msg: string) =>
  [...msg.matchAll(/(?:^|\s)@([\w.-]+)/g)].map(([, username = '']) => ({
    _id: username,
    username,
    type: 'user',
  }))

const channels = (msg: string) => [...msg.matchAll(/(?:^|\s)#([\w.-]+)/g)].map(([, name = '']) => ({ _id: name, name }))

/** What the server reads out of a text, beside the text. */
export function readText(office: Office, msg: string) {
  const hasTree = eraOf(office.settings) >= 6 && office.settings.md && msg !== ''
  return {
    msg,
    urls: addresses(msg),
    mentions: mentions(msg),
    channels: channels(msg),
    ...(hasTree ? { md: parseMarkdown(msg) } : {}),
  }
}

export function createMessage(office: Office, rid: string, u: Person, fields: Partial<Message> = {}): Message {
  const ts = office.store.now()
  return { _id: createId(), rid, ts, u, _updatedAt: ts, msg: '', ...fields }
}

/** What a visitor says carries the token and, where there is one, the name. */
export const byVisitor = (visitor: Visitor): Partial<Message> => ({
  token: visitor.token,
  ...(visitor.name ? { alias: visitor.name } : {}),
})

export const publishMessage = (office: Office, message: Message): void => {
  if (message.rid && !message._hidden) office.streams.publish('stream-room-messages', message.rid, [toFrame(message)])
}

/** Keeps a message, tells the room's streams, and notes in the room what it tells of its last one. */
export function putInRoom(office: Office, room: Room, message: Message): Message {
  office.store.putMessage(message)
  room.msgs++
  room.lm = message.ts
  room._updatedAt = message.ts
  office.store.putRoom(room)
  publishMessage(office, message)
  return message
}

/** A stored message after a change. */
export function putAgain(office: Office, message: Message, change: Partial<Message>): Message {
  Object.assign(message, change, { _updatedAt: office.store.now() })
  office.store.putMessage(message)
  publishMessage(office, message)
  return message
}

export function edit(office: Office, message: Message, by: Person, msg: string): Message {
  const { _id, username } = by
  return putAgain(office, message, {
    ...readText(office, msg),
    editedAt: office.store.now(),
    editedBy: { _id, username },
  })
}

/** Gone without a trace, or left as an empty `rm` where the server shows what was deleted. */
export function remove(office: Office, message: Message, by: Person): void {
  if (office.settings.showDeletedStatus) {
    const { _id, username } = by
    putAgain(office, message, {
      t: 'rm',
      msg: '',
      urls: [],
      mentions: [],
      channels: [],
      md: undefined,
      attachments: undefined,
      file: undefined,
      files: undefined,
      editedAt: office.store.now(),
      editedBy: { _id, username },
    })
    return
  }
  office.store.removeMessage(message)
  office.streams.publish('stream-notify-room', `${message.rid}/deleteMessage`, [{ _id: message._id }])
}
