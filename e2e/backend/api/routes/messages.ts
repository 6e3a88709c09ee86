import { fail, ok, type Answer } from '../../http/envelope.ts'
import {
  asAuthor,
  byVisitor,
  createMessage,
  edit,
  putInRoom,
  readText,
  remove,
} from '../../office/messages/messages.ts'
import { captureLead } from '../../office/lead-capture.ts'
import { quotesIn } from '../../office/messages/quotes.ts'
import { createRoom, roomOf } from '../../office/rooms.ts'
import type { Call, Named, Route } from '../route.ts'
import { number, shape, text, textOrNull } from '../../http/schema.ts'
import type { Message, Office, Room, Visitor } from '../../office/contracts.ts'

interface Spoken {
  token: string
  rid: string
  msg: string
  _id?: string | null
}

/** A call to one stored message. */
type CallToMessage = Call<Spoken, Spoken> & Named<'_id'>

type Entered = { kind: 'entered'; visitor: Visitor; room: Room } | { kind: 'refused'; answer: Answer }

/** The visitor of this token in a room of that visitor. */
function enter(office: Office, token: string, rid: string): Entered {
  const visitor = office.store.visitorByToken(token)
  if (!visitor) return { kind: 'refused', answer: fail('invalid-token') }
  const room = roomOf(office, rid, token)
  if (!room) return { kind: 'refused', answer: fail('invalid-room') }
  return { kind: 'entered', visitor, room }
}

const isTooLong = (office: Office, msg: string) => {
  const limit = Number(office.settings.settings.limitTextLength)
  return limit > 0 && msg.length > limit
}

/** The first servers answer so little that only who gave the message its id knows it again. */
const shown = (message: Message, era: number) => {
  if (era >= 6) return message
  const { msg, u, ts } = message
  return { msg, u, ts }
}

/** What a second message of the same id comes to. */
function sayAgain(stored: Message, era: number): Answer {
  if (era >= 8) return ok({ message: stored })
  return era < 6 ? fail() : fail('Cannot convert undefined or null to object')
}

/** A message's file as REST answers show it; the socket does not. */
function withFile(office: Office, message: Message): Message {
  const stored = office.store.file((message['file'] as { _id: string } | undefined)?._id ?? '')
  if (!stored) return message
  const path = `${office.origin}/file-upload/${stored._id}/${encodeURIComponent(stored.name)}?token=${stored._id}`
  return { ...message, fileUpload: { publicFilePath: path, type: stored.type, size: stored.size } }
}

function post({ office, era, body, headers }: Call<unknown, Spoken>) {
  const entered = enter(office, body.token, body.rid)
  if (entered.kind === 'refused') return entered.answer
  const { visitor } = entered
  if (!entered.room.open && era >= 6) return fail('room-closed')
  if (isTooLong(office, body.msg)) return fail('message-length-exceeds-character-limit')
  const stored = body._id ? office.store.message(body._id) : undefined
  if (stored) return sayAgain(stored, era)
  // The first servers open another room for what is said in a closed one, and do not say which.
  const room = entered.room.open ? entered.room : createRoom(office, visitor, { cookies: headers.cookie ?? '' })
  const message = createMessage(office, room._id, asAuthor(visitor), {
    ...(body._id ? { _id: body._id } : {}),
    ...readText(office, body.msg),
    ...quotesIn(office, room._id, body.msg),
    ...byVisitor(visitor),
  })
  room.waitingResponse = true
  putInRoom(office, room, message)
  if (era >= 6) captureLead(office, room, message)
  return ok({ message: shown(message, era) })
}

/** Whose message it is in: the room is looked at, but not whether the message is in it. */
function find({ office, params, ...call }: CallToMessage, given: Spoken) {
  const entered = enter(office, given.token, given.rid)
  if (entered.kind === 'refused') return entered
  const message = office.store.message(params._id)
  if (!message) return { kind: 'refused' as const, answer: fail('invalid-message') }
  return { ...entered, kind: 'found' as const, message, ...call }
}

function get(call: CallToMessage) {
  const found = find(call, call.query)
  if (found.kind === 'refused') return found.answer
  const { message, room } = found
  return message.rid === room._id ? ok({ message: withFile(call.office, message) }) : fail('invalid-message')
}

function put(call: CallToMessage) {
  const found = find(call, call.body)
  if (found.kind === 'refused') return found.answer
  const { message, visitor } = found
  if (!call.office.settings.allowEditing || message.u._id !== visitor._id) return fail('error-action-not-allowed')
  return ok({ message: edit(call.office, message, asAuthor(visitor), call.body.msg) })
}

function erase(call: CallToMessage) {
  const found = find(call, call.body)
  if (found.kind === 'refused') return found.answer
  const { message, visitor } = found
  if (!call.office.settings.allowDeleting || message.u._id !== visitor._id) return fail('error-action-not-allowed')
  remove(call.office, message, asAuthor(visitor))
  return ok({ message: { _id: message._id, ts: call.office.store.now() } })
}

interface HistoryQuery {
  token: string
  end?: string
  limit?: number
  offset?: number
}

/** Newest first; `end` is a moment every message given is older than. The first servers take an offset and skip nothing. */
function history({ office, era, params, query }: Call<HistoryQuery> & Named<'rid'>) {
  const entered = enter(office, query.token, params.rid)
  if (entered.kind === 'refused') return entered.answer
  const { room } = entered
  const end = query.end ? Date.parse(query.end) : Infinity
  const hidden = office.settings.hideSystemMessages
  const messages = office.store
    .messages()
    .filter((message) => message.rid === room._id && !message._hidden && !(message.t && hidden.includes(message.t)))
    .filter(({ ts }) => Date.parse(ts) < end)
    .sort((a, b) => (a.ts < b.ts ? 1 : a.ts > b.ts ? -1 : 0))
  const from = era < 6 ? 0 : (query.offset ?? 0)
  return ok({ messages: messages.slice(from, from + (query.limit || 20)).map((message) => withFile(office, message)) })
}

const spoken = { token: text, rid: text, msg: text }

export const messageRoutes: Route[] = [
  {
    method: 'POST',
    path: 'livechat/message',
    body: shape({ ...spoken, '_id?': textOrNull, 'agent?': shape({ agentId: text, username: text }) }),
    act: post,
  },
  {
    method: 'GET',
    path: 'livechat/message/:_id',
    query: shape({ token: text, rid: text }),
    eras: { from: 6 },
    act: get,
  },
  { method: 'PUT', path: 'livechat/message/:_id', body: shape(spoken), oldRefusal: 'code', act: put },
  {
    method: 'DELETE',
    path: 'livechat/message/:_id',
    body: shape({ token: text, rid: text, 'count?': number, 'offset?': number, 'sort?': text }),
    oldRefusal: 'code',
    act: erase,
  },
  {
    method: 'GET',
    path: 'livechat/messages.history/:rid',
    oldRefusal: 'code',
    query: shape({
      'searchText?': text,
      token: text,
      'count?': number,
      'offset?': number,
      'sort?': text,
      'ls?': text,
      'end?': text,
      'limit?': number,
    }),
    act: history,
  },
]
