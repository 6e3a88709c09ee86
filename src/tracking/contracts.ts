/** The shapes by which the parts of core, chat and ui know each other: types only. */
import type { Check, ErrorCode, EventName, Events, Guest, Options, Visitor } from '../options'
import type { Json } from '../wire/errors'

export type Undo = () => void

/** What became of one call. Calls never throw. */
export type Answer =
  | { kind: 'ok'; status: number; body: Json }
  /** The API's own JSON said no. */
  | { kind: 'refused'; status: number; code: string; says: string; body: Json }
  | { kind: 'limited'; retryAfterMs: number; says: string }
  /** Somebody answered, but not the API: a captive portal, a proxy, an unknown route of an old server. */
  | { kind: 'odd'; status: number }
  | { kind: 'silent'; why: 'unreachable' | 'timeout' }

export interface CallOptions {
  query?: Record<string, string | number | undefined>
  body?: unknown
  headers?: Record<string, string>
  timeoutMs?: number
  signal?: AbortSignal
}

export interface Transport {
  /** `path` is relative to `<server>/api/v1/`, or absolute under the server when it begins with `/`. */
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, options?: CallOptions): Promise<Answer>
}

export interface Clock {
  now(): number
  /** A one-shot timer; the undo is idempotent. */
  after(delayMs: number, run: () => void): Undo
}

export type PageEvent = 'visible' | 'hidden' | 'leave' | 'restore' | 'online' | 'parsed'

export interface Page {
  visible(): boolean
  /** The document's parser has finished. */
  parsed(): boolean
  observe(listener: (event: PageEvent) => void): Undo
}

/** Keys are text. Never throws: what storage refuses is kept in memory. */
export interface Store {
  get<T>(key: string): Promise<T | undefined>
  /** Atomic across tabs. Returning undefined deletes the key. Resolves with the new value. */
  update<T>(key: string, change: (old: T | undefined) => T | undefined): Promise<T | undefined>
  /** Of values that carry the rest of their key as `id`, in the order of keys. */
  list<T>(prefix: string, limit?: number): Promise<T[]>
  /** Deletes everything under the prefix; a whole key deletes that one. */
  clear(prefix: string): Promise<void>
  /** Only in memory: the database refused it. */
  volatile(key: string): boolean
  /** Gives up what is only in memory; what the database has stays as it is. */
  leave(key: string): void
}

export interface Storage extends Store {
  set(key: string, value: unknown): Promise<void>
  delete(key: string): Promise<void>
}

export interface Lock {
  /** Waits for the lock, runs, releases. Given up when the page leaves or freezes; resolves either way. */
  hold(run: () => Promise<void>): Promise<void>
}

export interface Tabs {
  say(topic: string, data?: unknown): void
  /** Hears the other tabs, never this one. */
  observe(topic: string, listener: (data: unknown) => void): Undo
}

/** The visitor as this browser knows them; shared by all tabs, kept in storage under `visitor`. */
export interface VisitorState {
  /** The secret. It stays inside: no event, log or address ever carries it. */
  token: string
  /** Set once the server has registered this token. */
  visitor?: Visitor
  /** The open room, if there is one; reports carry it. */
  roomId?: string
  /** What was last told to the server, so that equal data is not sent again. */
  told?: Guest
  /** Tokens the server has answered with another for: what waits under one leaves under the other. */
  became?: Record<string, string>
}

export interface VisitorPart {
  /** The state, read from storage (and the token made) on first call. */
  state(): Promise<VisitorState>
  /** The last state seen, without waiting. */
  current(): VisitorState | undefined
  observe(listener: (state: VisitorState) => void): Undo
  /** Stores the wish to be registered or updated and resolves when the server has answered; rejects with a TagalongError. Equal data resolves at once. */
  register(guest: Guest): Promise<Visitor>
  /** The chat says which room is open (undefined: none). Stored, told to every tab; `chat-start` / `chat-end` are emitted. */
  setRoom(roomId: string | undefined): Promise<void>
}

/** `livechat/config` as the server sent it: decode before use (wire/config.ts). */
export interface ConfigCopy {
  at: number
  config: Json
}

export interface Settings {
  /** The stored copy, for looks and settings; never for room, agent, queue or online in an open panel. */
  cached(): Promise<ConfigCopy | undefined>
  /** A copy no older than `maxAgeMs`, fetched if need be (one fetch for all callers); undefined when the server gave none. */
  fresh(maxAgeMs: number): Promise<ConfigCopy | undefined>
  /** Hears of each copy that has come, and, without one, of options that have changed. */
  observe(listener: (copy?: ConfigCopy) => void): Undo
  /** Options have changed, or what they lean on. */
  tell(): void
}

/** Something durable that waits to leave in its lane; ids sort as text in the order of leaving. */
export interface Waiting {
  id: string
  at: number
  /** The document that may still change it; gone when it is settled. */
  open?: string
  /** Put as its page went. */
  left?: boolean
}

export type Outcome =
  | { kind: 'delivered' }
  /** `ms`: not before; otherwise the lane backs off. `silent`: no answer came. */
  | { kind: 'later'; ms?: number; silent?: boolean; limited?: boolean }
  /** Not before something else has happened (`wake`). */
  | { kind: 'held' }
  | { kind: 'never'; code: string; says: string }

export interface Lane<R extends Waiting> {
  /** Stores, or stores again under the same id. Durable when it resolves. */
  put(record: R): Promise<void>
  /** Try now: something this lane waited for has happened. */
  wake(): void
  /** Another tab has put something here: when that tab dies, the next is already in line. */
  look(): void
  waiting(): Promise<R[]>
  /** Removes a waiting record (the visitor gave it up). */
  drop(id: string): Promise<void>
}

export interface LaneOptions<R extends Waiting> {
  name: string
  /**
   * `begin` is asked in the moment before something is sent: from then on it may have arrived. False: the page is going, do not.
   * `begin(false)`: it is known that it has not been kept. Undefined: what it means could not be found out.
   */
  deliver(record: R, begin: (sent?: boolean) => boolean): Promise<Outcome | undefined>
  onDelivered?(record: R): void
  onDrop?(record: R, reason: 'refused' | 'too-many' | 'too-old', code?: string, says?: string): void
  /** Visits: they wait beside the database in the journal until the database has them; what is too many or too old falls out and is told. */
  journaled?: boolean
  /** The lane's state changed: `untilMs` is set while it waits for a limit or a retry. */
  onWait?(wait: { untilMs: number; limited: boolean } | undefined): void
}

/** What a lane has learnt of the server; shared by all tabs through storage. */
export interface Learnt {
  /** Not before, and how long that was meant to be: a clock that jumps back must not make it longer. */
  untilMs: number
  spanMs: number
  /** The server itself has named it. */
  limited?: boolean
  limitedAtMs?: number
  failures: number
  /** Sends in a row that got no answer. */
  silences?: number
}

/** Of a report that was on its way when its page went: for how long, the last known round trip, whether the machine was online, when there last was a limit. */
export type Left = [onItsWayMs: number, tripMs: number | null | undefined, online: boolean, limitedAtMs?: number | null]

/** What trouble sees of a lane. */
export interface LaneInside {
  options: LaneOptions<Waiting>
  learnt?: Learnt
  forget(id: string): Promise<unknown>
  /** Never again on this page, unless somebody wakes the lane. */
  held?: boolean
  wake(): void
}

/** What the panel and the conversation are handed: the running core. */
export interface Core {
  readonly version: string
  readonly server: string
  options(): Options
  /** Called after `update()`. */
  observeOptions(listener: (options: Options) => void): Undo
  on<E extends EventName>(event: E, listener: (detail: Events[E]) => void): Undo
  emit<E extends EventName>(event: E, detail: Events[E]): void
  /** The one error door: says it on the console once per code and text, and emits `error`. */
  report(code: ErrorCode, says: string): void
  /** Wraps a callback that is handed to the browser or the host, so that nothing of ours surfaces there. */
  guard<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void
  call: Transport['call']
  clock: Clock
  page: Page & { online(): boolean }
  storage: Storage
  /** What this tab alone remembers over its pages. */
  session: { read<T>(key: string): T | undefined; write(key: string, value: unknown): void }
  tabs: Tabs
  /** A lock of its own name, exclusive across tabs. */
  lock(name: string): Lock
  lane<R extends Waiting>(options: LaneOptions<R>): Lane<R>
  visitor: VisitorPart
  settings: Settings
  /** The next person of this browser: as `reset()` of the API. */
  reset(): Promise<void>
  /** The chat was opened: begins `on-open` tracking and registers the visitor with what is known (unless the server demands consent that was not given). */
  opened(): Promise<void>
  /** The address now, and every settled one, after redaction, for `page-url` triggers. */
  observeAddress(listener: (href: string) => void): Undo
  /** The unread count in the page's title; 0 takes it off. */
  titleBadge(count: number): void
  /** A random id of 17 letters and digits, as message ids are. */
  randomId(): string
  diagnose(): Promise<Check[]>
}
