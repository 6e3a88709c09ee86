/** A message as REST, the stream and history send it alike. */
import { isObject, type Json } from './json'
import { epochMs, asFlag, asList, asName, asObject, asObjects, asText } from './coerce'

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
  /** `department`: the id of the one it goes to. */
  transfer?: { toAgent?: string; toDepartment?: string; from?: string; department?: string }
  comment?: string
}

/** Nobody attaches more to one message. Each attachment is searched for among the files, so both lists need a bound. */
const longestAttachmentList = 100

const nameOf = (value: unknown): string | undefined => {
  const person = asObject(value)
  return asName(person.name) || asName(person.username) || undefined
}

export const decodeMessage = (value: unknown): WireMessage | undefined => {
  if (!isObject(value)) return
  const id = asText(value._id)
  const at = epochMs(value.ts)
  if (!id || at === undefined || asFlag(value._hidden)) return
  const user = asObject(value.u)
  const username = asText(user.username)
  const transfer = isObject(value.transferData) ? value.transferData : undefined
  const blocks = asList(value.blocks)
  return {
    id,
    roomId: asText(value.rid),
    at,
    updatedAt: epochMs(value._updatedAt) ?? epochMs(value.editedAt) ?? at,
    text: asText(value.msg),
    type: asText(value.t) || undefined,
    token: asText(value.token) || undefined,
    author: {
      id: asText(user._id),
      username,
      name: asName(value.alias) || asName(user.name) || asName(username),
      avatar: asText(value.avatar) || undefined,
      bot: isObject(value.bot) || value.bot === true || asText(user._id) === 'rocket.cat',
    },
    md: Array.isArray(value.md) && value.md.length ? value.md : undefined,
    attachments: asObjects(value.attachments).slice(0, longestAttachmentList),
    files: asObjects(value.files).slice(0, longestAttachmentList),
    blocks: blocks.length ? blocks : undefined,
    parentId: asText(value.tmid) || undefined,
    edited: !!value.editedAt,
    transfer: transfer && {
      toAgent: nameOf(transfer.transferredTo),
      toDepartment: nameOf(transfer.nextDepartment),
      from: nameOf(transfer.transferredBy),
      department: asText(asObject(transfer.nextDepartment)._id) || undefined,
    },
    comment: asText(value.comment) || asText(transfer?.comment) || undefined,
  }
}
