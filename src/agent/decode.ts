/** What the server sends to agents, read with doubt: what is missing or of another type is left out, what has no identity is no result. */
import { isObject, type Json } from '../wire/json'

/** One page the visitor went to. */
export interface Visit {
  id: string
  /** When the server heard of it. */
  at: number
  /** As reported by the visitor's browser: text that anybody could have sent. */
  href: string
  /** The same when it is an http or https address, and may therefore become a link. */
  link?: string
  title: string
  /** What the report was made for: `url` or `title`. */
  change?: string
  roomId?: string
}

export interface VisitorInfo {
  id: string
  username: string
  name?: string
  emails: string[]
  phones: string[]
  status?: string
  department?: string
  customFields: Record<string, string>
  createdAt?: number
  updatedAt?: number
  /** Only where the server keeps the headers of visitors. */
  userAgent?: string
  ip?: string
  host?: string
  /** The visitor's secret; newer servers keep it to themselves. */
  token?: string
}

export interface ChatRoom {
  id: string
  name?: string
  open: boolean
  openedAt?: number
  closedAt?: number
  lastMessageAt?: number
  messageCount: number
  visitor?: { id: string; username?: string; status?: string; token?: string }
  /** Who serves the visitor; nobody while they wait. */
  agent?: { id: string; username?: string }
  departmentId?: string
  /** Who closed it: `visitor` or `user`. */
  closer?: string
  tags: string[]
}

export interface ChatMessage {
  id: string
  at: number
  from: 'visitor' | 'agent' | 'system'
  author: { username: string; name?: string }
  text: string
  /** The server's name for a message nobody wrote, for example `livechat-close`. */
  type?: string
  files: { name: string; link: string }[]
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** An ISO text by REST, `{ $date }` by websocket and in some exports. */
const time = (value: unknown): number | undefined => {
  const ms = isObject(value) ? value.$date : typeof value === 'string' ? Date.parse(value) : value
  return typeof ms === 'number' && Number.isFinite(ms) ? ms : undefined
}

const child = (value: unknown, key: string): Json => {
  const inner = isObject(value) ? value[key] : undefined
  return isObject(inner) ? inner : {}
}

const texts = (value: unknown, key?: string): string[] =>
  Array.isArray(value) ? value.flatMap((item) => text(key && isObject(item) ? item[key] : item) ?? []) : []

/** Only http and https: an address is typed by strangers, and `javascript:` is one too. */
const safeLink = (href: string | undefined, base?: string): string | undefined => {
  try {
    const url = new URL(href ?? '', base)
    return href && /^https?:$/.test(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}

export const decodeVisit = (value: unknown): Visit | undefined => {
  if (!isObject(value)) return undefined
  const page = child(child(value, 'navigation'), 'page')
  const id = text(value._id)
  const at = time(value.ts)
  const href = text(child(page, 'location').href)
  if (!id || at === undefined || !href) return undefined
  const visit: Visit = {
    id,
    at,
    href,
    link: safeLink(href),
    title: text(page.title) ?? '',
    change: text(page.change),
    roomId: text(value.rid),
  }
  return visit
}

export const decodeVisitor = (value: unknown): VisitorInfo | undefined => {
  if (!isObject(value)) return undefined
  const id = text(value._id)
  const username = text(value.username)
  if (!id || !username) return undefined
  const fields = Object.entries(child(value, 'livechatData')).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return {
    id,
    username,
    name: text(value.name),
    emails: texts(value.visitorEmails, 'address'),
    phones: texts(value.phone, 'phoneNumber'),
    status: text(value.status),
    department: text(value.department),
    customFields: Object.fromEntries(fields),
    createdAt: time(value.ts),
    updatedAt: time(value._updatedAt),
    userAgent: text(value.userAgent),
    ip: text(value.ip),
    host: text(value.host),
    token: text(value.token),
  }
}

export const decodeRoom = (value: unknown): ChatRoom | undefined => {
  if (!isObject(value)) return undefined
  const id = text(value._id)
  if (!id) return undefined
  const v = child(value, 'v')
  const visitorId = text(v._id)
  const served = child(value, 'servedBy')
  const agentId = text(served._id)
  return {
    id,
    name: text(value.fname),
    open: value.open === true,
    openedAt: time(value.ts),
    closedAt: time(value.closedAt),
    lastMessageAt: time(value.lm),
    messageCount: typeof value.msgs === 'number' ? value.msgs : 0,
    ...(visitorId
      ? { visitor: { id: visitorId, username: text(v.username), status: text(v.status), token: text(v.token) } }
      : {}),
    ...(agentId ? { agent: { id: agentId, username: text(served.username) } } : {}),
    departmentId: text(value.departmentId),
    closer: text(value.closer),
    tags: texts(value.tags),
  }
}

/** Deleted messages are none; a visitor's own carry the visitor's token, which stays here. */
export const decodeMessage = (value: unknown, server: string): ChatMessage | undefined => {
  if (!isObject(value)) return undefined
  const id = text(value._id)
  const at = time(value.ts)
  if (!id || at === undefined || value.t === 'rm') return undefined
  const type = text(value.t)
  const u = child(value, 'u')
  const attachments = Array.isArray(value.attachments) ? value.attachments.filter(isObject) : []
  const files = attachments.flatMap((one) => {
    const link = safeLink(
      text(one.title_link) ?? text(one.image_url) ?? text(one.audio_url) ?? text(one.video_url),
      `${server}/`,
    )
    return link ? [{ name: text(one.title) ?? 'file', link }] : []
  })
  return {
    id,
    at,
    from: type ? 'system' : text(value.token) ? 'visitor' : 'agent',
    author: { username: text(u.username) ?? '', name: text(value.alias) ?? text(u.name) },
    text: text(value.msg) ?? '',
    type,
    files,
  }
}
