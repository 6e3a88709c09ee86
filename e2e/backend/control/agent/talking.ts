import { asPerson } from '../../office/agents.ts'
import { putFile } from '../../office/messages/files.ts'
import {
  asAuthor,
  byVisitor,
  createMessage,
  edit,
  publishMessage,
  putAgain,
  putInRoom,
  readText,
  remove,
} from '../../office/messages/messages.ts'
import { linkTo, quotesIn } from '../../office/messages/quotes.ts'
import { isRecord } from '../../http/schema.ts'
import { eraOf } from '../../office/store/settings.ts'
import type { Message, Office } from '../../office/contracts.ts'
import { countOf, done, inRoom, refused, textOf, toMessage, type AgentAction } from './action.ts'

/** Fields of a message that a test may give as they are. */
const verbatim = [
  '_id',
  'ts',
  't',
  'blocks',
  'attachments',
  'bot',
  'alias',
  'avatar',
  'emoji',
  'tmid',
  'md',
  'groupable',
  'urls',
  'mentions',
  'channels',
  'reactions',
  'private',
  'e2e',
  'customFields',
  '_hidden',
  'transferData',
]

function tellParent(office: Office, reply: Message): void {
  const parent = office.store.message(String(reply['tmid']))
  if (!parent) return
  const replies = new Set([...((parent['replies'] as string[] | undefined) ?? []), reply.u._id])
  putAgain(office, parent, { tcount: Number(parent['tcount'] ?? 0) + 1, tlm: reply.ts, replies: [...replies] })
}

/** Plain words, or any message: a quote of another, a bot's, one with blocks, in a thread, of any type. */
export const say = inRoom((office, room, agent, given) => {
  const quote = textOf(given, 'quote')
  const quoted = quote === undefined ? undefined : office.store.message(quote)
  if (quote !== undefined && !quoted) return refused('there is no such message to quote')
  const id = textOf(given, '_id')
  if (id && office.store.message(id)) return refused(`there is a message '${id}' already`)
  const words = textOf(given, 'text') ?? ''
  const said = quoted ? `[ ](${linkTo(office, quoted)}) ${words}` : words
  const fields = Object.fromEntries(Object.entries(given).filter(([key]) => verbatim.includes(key)))
  // A test may make an author of any shape.
  const author = isRecord(given['u']) ? (given['u'] as unknown as Message['u']) : asPerson(agent)
  room.waitingResponse = false
  const message = putInRoom(
    office,
    room,
    createMessage(office, room._id, author, {
      ...readText(office, said),
      ...quotesIn(office, room._id, said),
      ...fields,
    }),
  )
  if (message['tmid']) tellParent(office, message)
  return done({ message })
})

export const type = inRoom((office, room, agent, given) => {
  const on = given['on'] !== false
  const isOld = eraOf(office.settings) < 6
  const event = `${room._id}/${isOld ? 'typing' : 'user-activity'}`
  office.streams.publish('stream-notify-room', event, [agent.username, isOld ? on : on ? ['user-typing'] : []])
  return done()
})

/** `base64`, or `text`, or that many zero bytes. */
export const file = inRoom((office, room, agent, given) => {
  const base64 = textOf(given, 'base64')
  const bytes =
    base64 !== undefined
      ? Buffer.from(base64, 'base64')
      : Buffer.from(textOf(given, 'text') ?? Buffer.alloc(countOf(given, 'size', 64, 200_000_000)))
  const sent = { name: textOf(given, 'name') ?? 'note.txt', type: textOf(given, 'type') ?? 'text/plain', bytes }
  const fields = { description: textOf(given, 'description') ?? '', msg: textOf(given, 'msg') ?? '' }
  return done({ message: putFile(office, room, asPerson(agent), sent, fields) })
})

export const editMessage = toMessage((office, message, agent, given) =>
  done({ message: edit(office, message, asPerson(agent), textOf(given, 'text') ?? '') }),
)

export const deleteMessage = toMessage((office, message, agent) => {
  remove(office, message, asPerson(agent))
  return done()
})

export const react = toMessage((office, message, agent, given) => {
  const emoji = textOf(given, 'emoji') ?? ':+1:'
  const reactions = { ...(message['reactions'] as Record<string, { usernames: string[] }> | undefined) }
  reactions[emoji] = { usernames: [...(reactions[emoji]?.usernames ?? []), agent.username] }
  return done({ message: putAgain(office, message, { reactions }) })
})

/** A long past: so many messages, visitor and agent in turn, stored without being told to anybody. */
export const fill = inRoom((office, room, agent, given) => {
  const visitor = office.store.visitorById(room.v._id)
  for (let n = 1; n <= countOf(given, 'count', 100, 100_000); n++) {
    const isVisitor = n % 2 === 1 && visitor !== undefined
    const author = isVisitor ? asAuthor(visitor) : asPerson(agent)
    const fields = { ...readText(office, `Message ${n}`), ...(isVisitor ? byVisitor(visitor) : {}) }
    const message = createMessage(office, room._id, author, fields)
    office.store.putMessage(message)
    room.msgs++
    room.lm = message.ts
  }
  office.store.putRoom(room)
  return done({ room })
})

/** Sends a stored message once more, as servers do after any change to it. */
export const again: AgentAction = toMessage((office, message) => {
  publishMessage(office, message)
  return done({ message })
})
