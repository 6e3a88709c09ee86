/** What a host sees: options, events, codes, and the objects it holds. The sentence for each code is in `diagnosis/sentences.ts`. */

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
  /**
   * Which pictures, sounds and films in a conversation are fetched before the visitor asks for them with a click: those on the server's own origin
   * (`'same-origin'`, the default), those at any https address, or none (`'click'`). Avatars and the logo come from the server's own origin, or with
   * `'https'` from any.
   * @example createTagalong({ server: 'https://chat.example.com', media: 'https' })
   */
  media?: 'same-origin' | 'https' | 'click'
  debug?: boolean
  /** Folder (or file) from which the chunks are loaded, when it is not the script's own. */
  assets?: string
}

export type ErrorCode =
  | 'no-server'
  | 'bad-option'
  | 'bad-call'
  | 'bad-pattern'
  | 'destroyed'
  | 'no-consent'
  | 'disabled'
  | 'offline'
  | 'unreachable'
  | 'blocked'
  | 'timeout'
  | 'limited'
  | 'refused'
  | 'ui-failed'

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
