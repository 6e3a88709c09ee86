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
