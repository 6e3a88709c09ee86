/** A message as REST, the stream and history send it alike. */
import { isObject, type Json } from './json'
import { epochMs, flag, list, object, objects, text } from './coerce'

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

/** Nobody attaches more to one message. Each attachment is searched for among the files, so both lists need a bound. */
const longestAttachmentList = 100

const nameOf = (value: unknown): string | undefined => {
  const person = object(value)
  return text(person.name) || text(person.username) || undefined
}

export const decodeMessage = (value: unknown): WireMessage | undefined => {
  if (!isObject(value)) return
  const id = text(value._id)
  const at = epochMs(value.ts)
  if (!id || at === undefined || flag(value._hidden)) return
  const user = object(value.u)
  const username = text(user.username)
  const transfer = isObject(value.transferData) ? value.transferData : undefined
  const blocks = list(value.blocks)
  return {
    id,
    roomId: text(value.rid),
    at,
    updatedAt: epochMs(value._updatedAt) ?? epochMs(value.editedAt) ?? at,
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
    attachments: objects(value.attachments).slice(0, longestAttachmentList),
    files: objects(value.files).slice(0, longestAttachmentList),
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
