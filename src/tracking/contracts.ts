/** The shapes by which tracking, recovery, the launcher, the visitor and the chat know each other: types only. */
import type { Clock, Journal, Lock, Page, Send, Store, Tabs, Title, Undo } from '../browser/ports'
import type { DropReason, ErrorCode, EventName, Events, Guest, Options, Visitor } from '../options'
import type { Json } from '../wire/errors'
import type { Reply } from '../wire/reply'

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

/** `livechat/config` as the server sent it: decode before use (wire/config.ts). */
export interface ConfigCopy {
  at: number
  config: Json
}

export interface ServerSettings {
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
export interface LaneRecord {
  id: string
  at: number
  /** The document that may still change it; gone when it is settled. */
  open?: string
  /** Put as its page went. */
  left?: boolean
}

export type Verdict =
  | { kind: 'done' }
  /** `ms`: not before; otherwise the lane backs off. `silent`: no answer came. */
  | { kind: 'wait'; ms?: number; silent?: boolean; limited?: boolean }
  /** Not before something else has happened (`wake`). */
  | { kind: 'hold' }
  | { kind: 'drop'; code: string; says: string }

export interface Lane<R extends LaneRecord> {
  /** Stores, or stores again under the same id. Durable when it resolves. */
  put(record: R): Promise<void>
  /** Try now: something this lane waited for has happened. */
  wake(): void
  /** Another tab has put something here: when that tab dies, the next is already in line. */
  check(): void
  waiting(): Promise<R[]>
  /** Removes a waiting record (the visitor gave it up). */
  remove(id: string): Promise<void>
}

export interface LaneOptions<R extends LaneRecord> {
  name: string
  /**
   * `begin` is asked in the moment before something is sent: from then on it may have arrived. False: the page is going, do not.
   * `begin(false)`: it is known that it has not been kept. Undefined: what it means could not be found out.
   */
  deliver(record: R, begin: (sent?: boolean) => boolean): Promise<Verdict | undefined>
  onDelivered?(record: R): void
  onDrop?(record: R, reason: 'refused' | 'too-many' | 'too-old', code?: string, says?: string): void
  /** Visits: they wait beside the database in the journal until the database has them; what is too many or too old falls out and is told. */
  journaled?: boolean
  /** The lane's state changed: `untilMs` is set while it waits for a limit or a retry. */
  onWait?(wait: { untilMs: number; limited: boolean } | undefined): void
}

/** What a lane has learnt of the server; shared by all tabs through storage. */
export interface RetryState {
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
export type FlightNote = [onItsWayMs: number, tripMs: number | null | undefined, online: boolean, limitedAtMs?: number | null]

/** What trouble sees of a lane. */
export interface LaneInside {
  options: LaneOptions<LaneRecord>
  learnt?: RetryState
  forget(id: string): Promise<unknown>
  /** Never again on this page, unless somebody wakes the lane. */
  held?: boolean
  wake(): void
}

/** What the host and the visitor allow. Read synchronously: a page may be left before a database has opened. */
export interface Permission {
  /** Whether visits are noticed by themselves. */
  mayTrack(): boolean
  /** Whether a visit the host reports by hand is taken. */
  mayReport(): boolean
  /** Whether anything is stored or sent at all. */
  mayStore(): boolean
  consent(granted: boolean): void
  /** The visitor has opened the chat. */
  open(): void
}

/** Who this browser's visitor is, the same in every tab. */
export interface VisitorStore {
  /** The state, read from storage (and the token made) on first call. */
  state(): Promise<VisitorState>
  /** The last state seen, without waiting. */
  current(): VisitorState | undefined
  /** Without a change: reads what another tab has made of it. */
  change(how?: (old: VisitorState) => VisitorState): Promise<VisitorState>
  observe(listener: (state: VisitorState, before: VisitorState | undefined) => void): Undo
  /** As before the first visit. */
  forget(): void
}

/** A page visit as it waits. The token is the one it was made under. */
export interface VisitRecord extends LaneRecord {
  href: string
  title: string
  token?: string
  rid?: string
}

/** A page the visitor is on; told again under the same id when it has settled. */
export interface Visit {
  id: string
  at: number
  href: string
  title: string
  /** The document in which address and title may still change. */
  open?: string
}

export interface VisitLane extends Lane<VisitRecord> {
  /** Stores what navigation has noticed, or the host has reported. */
  record(visit: Visit & Partial<VisitRecord>): Promise<void>
  /** What `livechat/config` says, whoever has read it. */
  learn(copy: ConfigCopy): void
}

/** An address and a title, as the host gives them. */
export interface PageByHand {
  href?: string
  title?: string
}

/** The copy of `livechat/config`, if there ever was one, and when the server was last asked for one. */
export interface StoredConfig extends Partial<ConfigCopy> {
  triedAt: number
}

/** `here`: the file that knows what to do when not all is well has come. `unreachable`: it could not be fetched, and the caller decides what that means. */
export type FetchedRecovery = { kind: 'here'; recovery: Recovery } | { kind: 'unreachable' }

/** The running part that notices, stores and delivers visits; everything else of the widget is built upon it. */
export interface Tracking {
  version: string
  /** Absolute, without a trailing slash. */
  server: string
  /** Of database, journal, lock and channel. */
  name: string
  /** This document, among all tabs. */
  documentId: string
  options: Options
  /** Settles when tracking has begun. */
  ready: Promise<void>
  clock: Clock
  page: Page
  /** Notes of all tabs. */
  journal: Journal
  /** Notes of this tab alone; they survive the document. */
  session: Journal
  storage: Store
  title: Title
  send: Send
  /** Exclusive across tabs. */
  lock(name: string): Lock
  on<E extends EventName>(event: E, listener: (detail: Events[E]) => void): Undo
  emit<E extends EventName>(event: E, detail: Events[E]): void
  /** Wraps what is handed to the browser or the host, so that nothing of ours surfaces there. */
  guard<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void
  /** A whole sentence for the console and the `error` event, once. */
  say(code: ErrorCode, says: string): void
  permission: Permission
  visitor: VisitorStore
  visits: VisitLane
  lane<R extends LaneRecord>(options: LaneOptions<R>): Lane<R>
  redact(href: string): string | undefined
  newId(at?: number): { id: string; at: number }
  recovery(): Promise<FetchedRecovery>
  /** Made by whoever needs it first. */
  tabs?: Tabs
  /** Starts noticing visits, if that is allowed and the page is seen. */
  begin(): void
  /** Stops noticing visits until `begin`. */
  pause(): void
  /** Deletes all that is kept here, in every tab. */
  erase(): Promise<void>
  isDestroyed(): boolean
  destroy(): void
}
