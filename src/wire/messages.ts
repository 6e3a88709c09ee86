/** A message as REST, the stream and history send it alike. */
import { isObject, type Json } from './errors'
import { flag, list, object, objects, text } from './read'

export interface WireMessage {
  id: string
  roomId: string
  at: number
  /** Tells a later state of the same message from an earlier one. */
  updatedAt: number
  text: string
  /** The server's `t`; undefined for what somebody said. */
  type?: string
  /** The visitor's own messages carry it. */
  token?: string
  author: { id: string; username: string; name: string; avatar?: string; bot: boolean }
  md?: unknown[]
  attachments: Json[]
  files: Json[]
  blocks?: unknown[]
  /** The message this one answers in a thread. */
  parentId?: string
  edited: boolean
  transfer?: { to?: string; from?: string }
  comment?: string
}

/** Nobody attaches more to one message, and each attachment is looked for among the files. */
const mostAttachments = 100

/** Epoch milliseconds out of a date as REST writes it (ISO) or as the websocket does (`{"$date": …}`). */
const time = (value: unknown): number | undefined => {
  const given = isObject(value) ? value.$date : value
  const ms = typeof given === 'string' ? Date.parse(given) : given
  return typeof ms === 'number' && Number.isFinite(ms) ? ms : undefined
}

const nameOf = (value: unknown): string | undefined => {
  const person = object(value)
  return text(person.name) || text(person.username) || undefined
}

export const decodeMessage = (value: unknown): WireMessage | undefined => {
  if (!isObject(value)) return
  const id = text(value._id)
  const at = time(value.ts)
  if (!id || at === undefined || flag(value._hidden)) return
  const user = object(value.u)
  const username = text(user.username)
  const transfer = isObject(value.transferData) ? value.transferData : undefined
  const blocks = list(value.blocks)
  return {
    id,
    roomId: text(value.rid),
    at,
    updatedAt: time(value._updatedAt) ?? time(value.editedAt) ?? at,
    text: text(value.msg),
    type: text(value.t) || undefined,
    token: text(value.token) || undefined,
    author: {
      id: text(user._id),
      username,
      name: text(value.alias) || text(user.name) || username,
      avatar: text(value.avatar) || undefined,
      bot: isObject(value.bot) || value.bot === true || text(user._id) === 'rocket.cat',
    },
    md: Array.isArray(value.md) && value.md.length ? value.md : undefined,
    attachments: objects(value.attachments).slice(0, mostAttachments),
    files: objects(value.files).slice(0, mostAttachments),
    blocks: blocks.length ? blocks : undefined,
    parentId: text(value.tmid) || undefined,
    edited: !!value.editedAt,
    transfer: transfer && {
      to: nameOf(transfer.transferredTo) ?? nameOf(transfer.nextDepartment),
      from: nameOf(transfer.transferredBy),
    },
    comment: text(value.comment) || text(transfer?.comment) || undefined,
  }
}
