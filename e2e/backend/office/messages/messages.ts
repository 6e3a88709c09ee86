import { toFrame } from './ejson.ts'
import { createId } from '../store/ids.ts'
import { parseMarkdown } from '../markdown/index.ts'
import type { Message, Person, Room, Visitor } from '../store/store.ts'
import { eraOf } from '../store/settings.ts'
import type { World } from '../../state.ts'

/** A visitor or an agent, as the `u` of a message. */
export const asAuthor = ({ _id, username, name }: Visitor): Person => ({ _id, username, ...(name ? { name } : {}) })

const addresses = (msg: string) => (msg.match(/https?:\/\/[^\s<>*)\]|]+/g) ?? []).map((url) => ({ url, meta: {} }))

const mentions = (msg: string) =>
  [...msg.matchAll(/(?:^|\s)@([\w.-]+)/g)].map(([, username]) => ({ _id: username!, username: username!, type: 'user' }))

const channels = (msg: string) => [...msg.matchAll(/(?:^|\s)#([\w.-]+)/g)].map(([, name]) => ({ _id: name!, name: name! }))

/** What the server reads out of a text, beside the text. */
export function readText(world: World, msg: string) {
  const hasTree = eraOf(world.settings) >= 6 && world.settings.md && msg !== ''
  return {
    msg,
    urls: addresses(msg),
    mentions: mentions(msg),
    channels: channels(msg),
    ...(hasTree ? { md: parseMarkdown(msg) } : {}),
  }
}

export function createMessage(world: World, rid: string, u: Person, fields: Partial<Message> = {}): Message {
  const ts = world.store.now()
  return { _id: createId(), rid, ts, u, _updatedAt: ts, msg: '', ...fields }
}

/** What a visitor says carries the token and, where there is one, the name. */
export const byVisitor = (visitor: Visitor): Partial<Message> => ({
  token: visitor.token,
  ...(visitor.name ? { alias: visitor.name } : {}),
})

export const publishMessage = (world: World, message: Message): void => {
  if (message.rid && !message._hidden) world.streams.publish('stream-room-messages', message.rid, [toFrame(message)])
}

/** Keeps a message, tells the room's streams, and notes in the room what it tells of its last one. */
export function putInRoom(world: World, room: Room, message: Message): Message {
  world.store.putMessage(message)
  room.msgs++
  room.lm = message.ts
  room._updatedAt = message.ts
  world.store.putRoom(room)
  publishMessage(world, message)
  return message
}

/** A stored message after a change. */
export function putAgain(world: World, message: Message, change: Partial<Message>): Message {
  Object.assign(message, change, { _updatedAt: world.store.now() })
  world.store.putMessage(message)
  publishMessage(world, message)
  return message
}

export function edit(world: World, message: Message, by: Person, msg: string): Message {
  const { _id, username } = by
  return putAgain(world, message, {
    ...readText(world, msg),
    editedAt: world.store.now(),
    editedBy: { _id, username },
  })
}

/** Gone without a trace, or left as an empty `rm` where the server shows what was deleted. */
export function remove(world: World, message: Message, by: Person): void {
  if (world.settings.showDeletedStatus) {
    const { _id, username } = by
    putAgain(world, message, {
      t: 'rm',
      msg: '',
      urls: [],
      mentions: [],
      channels: [],
      md: undefined,
      attachments: undefined,
      file: undefined,
      files: undefined,
      editedAt: world.store.now(),
      editedBy: { _id, username },
    })
    return
  }
  world.store.removeMessage(message)
  world.streams.publish('stream-notify-room', `${message.rid}/deleteMessage`, [{ _id: message._id }])
}
