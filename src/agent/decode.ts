/** What the server sends to agents, decoded with doubt: what is missing or of another type is left out; what has no identity is undefined. */
import { asObject, epochMs, asText } from '../wire/coerce'
import { isObject } from '../wire/json'
import type { ChatMessage, ChatRoom, Visit, VisitorInfo } from './contracts'

const textOf = (value: unknown): string | undefined => asText(value) || undefined

/** The texts of a list; with a key, those that its objects have under that key. */
const textsOf = (value: unknown, key?: string): string[] =>
  Array.isArray(value) ? value.flatMap((item) => textOf(key && isObject(item) ? item[key] : item) ?? []) : []

/** An address that may become a link: only http and https. Anybody may have sent it, and `javascript:` is an address too. */
const webLink = (href: string | undefined, base?: string): string | undefined => {
  try {
    const url = new URL(href ?? '', base)
    return href && /^https?:$/.test(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}

export const decodeVisit = (value: unknown): Visit | undefined => {
  if (!isObject(value)) return undefined
  const page = asObject(asObject(value.navigation).page)
  const id = textOf(value._id)
  const at = epochMs(value.ts)
  const href = textOf(asObject(page.location).href)
  if (!id || at === undefined || !href) return undefined
  return {
    id,
    at,
    href,
    link: webLink(href),
    title: asText(page.title),
    change: textOf(page.change),
    roomId: textOf(value.rid),
  }
}

export const decodeVisitor = (value: unknown): VisitorInfo | undefined => {
  if (!isObject(value)) return undefined
  const id = textOf(value._id)
  const username = textOf(value.username)
  if (!id || !username) return undefined
  const fields = Object.entries(asObject(value.livechatData)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return {
    id,
    username,
    name: textOf(value.name),
    emails: textsOf(value.visitorEmails, 'address'),
    phones: textsOf(value.phone, 'phoneNumber'),
    status: textOf(value.status),
    department: textOf(value.department),
    customFields: Object.fromEntries(fields),
    createdAt: epochMs(value.ts),
    updatedAt: epochMs(value._updatedAt),
    userAgent: textOf(value.userAgent),
    ip: textOf(value.ip),
    host: textOf(value.host),
    token: textOf(value.token),
  }
}

export const decodeRoom = (value: unknown): ChatRoom | undefined => {
  if (!isObject(value)) return undefined
  const id = textOf(value._id)
  if (!id) return undefined
  const visitor = asObject(value.v)
  const visitorId = textOf(visitor._id)
  const agent = asObject(value.servedBy)
  const agentId = textOf(agent._id)
  return {
    id,
    name: textOf(value.fname),
    open: value.open === true,
    openedAt: epochMs(value.ts),
    closedAt: epochMs(value.closedAt),
    lastMessageAt: epochMs(value.lm),
    messageCount: typeof value.msgs === 'number' ? value.msgs : 0,
    ...(visitorId
      ? {
          visitor: {
            id: visitorId,
            username: textOf(visitor.username),
            status: textOf(visitor.status),
            token: textOf(visitor.token),
          },
        }
      : {}),
    ...(agentId ? { agent: { id: agentId, username: textOf(agent.username) } } : {}),
    departmentId: textOf(value.departmentId),
    closer: textOf(value.closer),
    tags: textsOf(value.tags),
  }
}

/** Undefined for a deleted message. A visitor's own messages carry the visitor's token, which is not handed out. */
export const decodeMessage = (value: unknown, server: string): ChatMessage | undefined => {
  if (!isObject(value)) return undefined
  const id = textOf(value._id)
  const at = epochMs(value.ts)
  if (!id || at === undefined || value.t === 'rm') return undefined
  const type = textOf(value.t)
  const author = asObject(value.u)
  const attachments = Array.isArray(value.attachments) ? value.attachments.filter(isObject) : []
  const files = attachments.flatMap((attachment) => {
    const link = webLink(
      textOf(attachment.title_link) ??
        textOf(attachment.image_url) ??
        textOf(attachment.audio_url) ??
        textOf(attachment.video_url),
      `${server}/`,
    )
    return link ? [{ name: textOf(attachment.title) ?? 'file', link }] : []
  })
  return {
    id,
    at,
    from: type ? 'system' : textOf(value.token) ? 'visitor' : 'agent',
    author: { username: asText(author.username), name: textOf(value.alias) ?? textOf(author.name) },
    text: asText(value.msg),
    type,
    files,
  }
}
