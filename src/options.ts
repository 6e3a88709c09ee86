/** What the host may say, and how it is read. A refusal is a code here and a sentence in words.ts. */

/** What is known of a person, given by the host or by the visitor. */
export interface Guest {
  /** A visitor token issued elsewhere; it is looked up before it is used. */
  token?: string
  name?: string
  email?: string
  phone?: string
  department?: string
  customFields?: Record<string, string>
}

/** The visitor as the server knows them. */
export interface Visitor {
  visitorId: string
  username: string
  name?: string
  email?: string
  phone?: string
  department?: string
}

export type Tracking = 'immediate' | 'on-open' | 'consent' | 'off'

export interface Options {
  /** Address of the Rocket.Chat-compatible server, for example `https://chat.example.com`. May be relative and may lie in a folder. */
  server: string
  /** When page visits are reported: from the first page on, after the chat was first opened, after `consent(true)`, or never. */
  tracking?: Tracking
  /** Pages that are never reported: path prefixes, or regular expressions tested on path and query. */
  ignore?: (string | RegExp)[]
  /** Last word on an address before it is stored or sent; `null` reports nothing. */
  sanitizeUrl?: (href: string) => string | null
  guest?: Guest
  department?: string
  theme?: 'auto' | 'light' | 'dark'
  position?: 'end' | 'start'
  /** Distance of the launcher from the corner, in pixels: along the line of text, then across it. */
  offset?: [inline: number, block: number]
  zIndex?: number
  /** `false` shows no button; a selector or an element makes that element the button. */
  launcher?: boolean | string | Element
  language?: string
  sound?: boolean
  titleBadge?: boolean
  queue?: { records?: number; days?: number }
  /** Do Not Track and Global Privacy Control turn tracking off until consent is given. */
  honorPrivacySignals?: boolean
  debug?: boolean
  /** Folder (or file) from which the chunks are loaded, when it is not the script's own. */
  assets?: string
}

export type ErrorCode =
  | 'no-server' | 'bad-option' | 'bad-call' | 'destroyed' | 'no-consent' | 'disabled'
  | 'offline' | 'unreachable' | 'blocked' | 'timeout' | 'limited' | 'refused' | 'ui-failed'

export type DropReason = 'refused' | 'too-many' | 'too-old'
export type VisitDetail = { id: string; href: string; title: string }
export type AgentDetail = { name: string; username: string; status?: string }
export type ConnectionState = 'connecting' | 'live' | 'polling' | 'waiting'

/** Every event and its plain data. Each is also a `CustomEvent('tagalong:<event>')` on `document`. */
export interface Events {
  ready: undefined
  open: undefined
  close: undefined
  show: undefined
  hide: undefined
  visit: VisitDetail
  delivered: VisitDetail
  drop: VisitDetail & { reason: DropReason; code?: string; says?: string }
  registered: { visitorId: string; username: string }
  identity: Record<string, never>
  error: { code: ErrorCode; says: string }
  destroy: undefined
  'chat-start': { roomId: string }
  'chat-end': { roomId: string }
  message: { id: string; from: 'visitor' | 'agent' | 'bot'; text: string; at: number }
  unread: { count: number }
  agent: AgentDetail | undefined
  queue: { spot: number; waitSeconds?: number }
  connection: { state: ConnectionState }
  online: { online: boolean }
}
export type EventName = keyof Events

/** One line of `diagnose()`. */
export interface Check {
  name: string
  ok: boolean
  code?: string
  says: string
}

/** Tracking without a launcher. */
export interface Tracker {
  readonly version: string
  /** Settles when tracking has begun. */
  readonly ready: Promise<void>
  /** Registers the visitor, or updates what the server knows of them. */
  identify(guest: Guest): Promise<Visitor>
  /** Reports a page by hand; resolves when it is stored. Works with `tracking: 'off'`. */
  page(visit?: { href?: string; title?: string }): Promise<void>
  consent(granted: boolean): Promise<void>
  on<E extends EventName>(event: E, listener: (detail: Events[E]) => void): () => void
  getVisitorToken(): Promise<string | undefined>
  /** The next user of this browser: a new token; visits still waiting leave under the old one. */
  reset(): Promise<void>
  /** Deletes the visitor at the server and here, in every tab. */
  forget(): Promise<void>
  diagnose(): Promise<Check[]>
  destroy(): void
}

export interface Tagalong extends Tracker {
  open(): Promise<void>
  close(): Promise<void>
  toggle(): Promise<void>
  show(): void
  hide(): void
  /** Changes everything but `server`, `tracking` and `queue`. */
  update(options: Partial<Options>): void
}

/** What every refusal of Tagalong is: a stable code, and a sentence for people. */
export class TagalongError extends Error {
  readonly code: ErrorCode
  readonly retryAfterMs?: number
  readonly serverCode?: string
  readonly says?: string
  constructor(code: ErrorCode, says: string, more: { retryAfterMs?: number; serverCode?: string; says?: string } = {}) {
    super(says)
    this.name = 'TagalongError'
    this.code = code
    this.retryAfterMs = more.retryAfterMs
    this.serverCode = more.serverCode
    this.says = more.says
  }
}

/** Why an option is not used: its name, and what it takes. */
type Refuse = (detail: string) => void

const text = (value: unknown) => typeof value === 'string'
const flag = (value: unknown) => typeof value === 'boolean'
const among =
  (...allowed: string[]) =>
  (value: unknown) =>
    allowed.includes(value as string)
const count = (value: unknown) => typeof value === 'number' && value >= 0
const object = (value: unknown) => typeof value === 'object' && value !== null

const takes: Record<keyof Options, [fits: (value: unknown) => boolean, what: string]> = {
  server: [text, 'an address'],
  tracking: [among('immediate', 'on-open', 'consent', 'off'), 'immediate, on-open, consent or off'],
  ignore: [Array.isArray, 'a list of path prefixes or regular expressions'],
  sanitizeUrl: [(value) => typeof value === 'function', 'a function'],
  guest: [object, 'an object such as { name, email }'],
  department: [text, 'a text'],
  theme: [among('auto', 'light', 'dark'), 'auto, light or dark'],
  position: [among('end', 'start'), 'end or start'],
  offset: [(value) => Array.isArray(value) && value.length === 2 && value.every((part) => Number.isFinite(part)), 'two numbers'],
  zIndex: [Number.isFinite, 'a number'],
  launcher: [(value) => flag(value) || text(value) || object(value), 'true, false, a selector or an element'],
  language: [text, 'a language tag'],
  sound: [flag, 'true or false'],
  titleBadge: [flag, 'true or false'],
  queue: [(value) => object(value) && Object.values(value as object).every(count), '{ records, days }'],
  honorPrivacySignals: [flag, 'true or false'],
  debug: [flag, 'true or false'],
  assets: [text, 'an address'],
}

/** What the host gave, without what cannot be used: that is named, and its default stands. */
export const readOptions = (given: object, refuse: Refuse): Partial<Options> => {
  const read: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue
    const rule = Object.hasOwn(takes, name) ? takes[name as keyof Options] : undefined
    if (!rule) refuse(/^(userId|authToken)$/.test(name) ? 'agent-credentials' : `${name} is not known`)
    else if (rule[0](value)) read[name] = value
    else refuse(`${name} takes ${rule[1]}`)
  }
  return read
}

/** `data-*` attributes as options; what cannot be read is left for `readOptions` to name. */
export const readDataset = (data: Record<string, string | undefined>): Record<string, unknown> => {
  const { queueRecords, queueDays, ...rest } = data
  const numbers = (value: string) => value.trim().split(/[\s,]+/).map(Number)
  const read: Record<string, unknown> = {}
  for (const [name, value = ''] of Object.entries(rest)) {
    const rule = takes[name as keyof Options]
    if (!rule) continue
    read[name] =
      rule[0] === flag || (name === 'launcher' && /^(true|false|)$/.test(value))
        ? value === '' || value === 'true' || (value === 'false' ? false : value)
        : name === 'ignore'
          ? value.trim().split(/\s+/).map((rule) => (/^\/.+\/[a-z]*$/.test(rule) && rule.endsWith('/') && rule.length > 2 && /[\\^$*+?.()|[\]{}]/.test(rule) ? new RegExp(rule.slice(1, -1)) : rule))
          : name === 'offset'
            ? numbers(value)
            : name === 'zIndex'
              ? +value
              : name === 'guest'
                ? parsed(value)
                : value
  }
  if (queueRecords || queueDays) read.queue = { ...(queueRecords && { records: +queueRecords }), ...(queueDays && { days: +queueDays }) }
  return read
}

const parsed = (value: string): unknown => {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** Absolute and without a trailing slash; undefined when it is no http address. */
export const readServer = (server: unknown, base: string): string | undefined => {
  if (typeof server !== 'string' || !server.trim()) return undefined
  try {
    const { protocol, origin, pathname } = new URL(server.trim(), base)
    return /^https?:$/.test(protocol) ? origin + pathname.replace(/\/+$/, '').replace(/\/livechat$/, '') : undefined
  } catch {
    return undefined
  }
}
