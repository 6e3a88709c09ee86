/** The shapes by which tracking, recovery, the launcher, the visitor and the chat know each other: types only. */
import type {
  AddressChange,
  Clock,
  Database,
  Departures,
  Journal,
  Lock,
  MemoryOverlay,
  Page,
  Send,
  Store,
  Tabs,
  Title,
  Undo,
} from '../browser/ports'
import type { DropReason, ErrorCode, EventName, Events, Options } from '../options'
import type { Json } from '../wire/json'
import type { Reply } from '../wire/reply'
import type { PostWay } from '../wire/request'
import type { PageVisitedBody } from '../wire/rest'
import type { VisitorState, ConfigCopy, LaneRecord, VisitRecord, RetryState } from './stored'

export interface ServerSettings {
  /** The stored copy, for looks and settings; never for room, agent, queue or online in an open panel. */
  cached(): Promise<ConfigCopy | undefined>
  /** A copy no older than `maxAgeMs`, fetched if need be (one fetch for all callers); undefined when the server gave none. */
  fresh(maxAgeMs: number): Promise<ConfigCopy | undefined>
  /** Hears of each copy that has come, and, without one, of options that have changed. */
  observe(listener: (copy?: ConfigCopy) => void): Undo
  /** Options have changed, or what they lean on; with a copy, that one is to be looked at again. */
  tell(copy?: ConfigCopy): void
  /** From now on every copy that is handed out is changed so: what the host wants in place of the server's own settings. */
  adjust(how: (config: Json) => Json): void
}

/** What becomes of a record that was tried. */
export type Verdict =
  | { kind: 'done' }
  /** `ms`: not before; otherwise the lane backs off. `silent`: no answer came. */
  | { kind: 'wait'; ms?: number; silent?: boolean; limited?: boolean }
  /** Not before something else has happened, which wakes the lane. `refused`: the server's own sentence, of a refusal that only its administrator can end. */
  | { kind: 'hold'; refused?: string }
  | { kind: 'drop'; code: string; says: string }

/** What sends the records of a lane, wherever they are stored. */
export interface Delivery {
  /** Something this lane waited for has happened: it tries now. */
  wake(): void
  /** There may be something new, put by this tab or another: it is sent as soon as anything may be sent. */
  check(): void
  /** Removes a waiting record that was given up. */
  remove(id: string): Promise<void>
}

export interface Lane<R extends LaneRecord> extends Delivery {
  /** Stores, or stores again under the same id. Durable when it resolves. */
  put(record: R): Promise<void>
  waiting(): Promise<R[]>
}

export interface LaneOptions<R extends LaneRecord> {
  name: string
  /** Tries to deliver one record. `isCurrent`: whether this page still may; it goes, or is frozen, at any moment. */
  deliver(record: R, isCurrent: () => boolean): Promise<Verdict>
  onDelivered?(record: R): void
  onDrop?(record: R, reason: DropReason, code?: string, says?: string): void
  /** `untilMs`: the lane waits for a limit or a retry until then; without it, it does not wait any more. */
  onWait?(wait: { untilMs: number; limited: boolean } | undefined): void
}

export interface PostOptions {
  timeoutMs?: number
  init?: RequestInit
  /** Called before each request, of which there may be two. `isTrial`: nobody knows yet whether the server reads it. False: it is not sent. */
  maySend?(isTrial: boolean): boolean
  /** The server, or something before it, has answered and has not simply taken it; what that means may take a download to tell. */
  onRefused?(): void
}

export interface Posting {
  /** How the server takes a POST; undefined while nobody knows. */
  way(): PostWay | undefined
  learn(way: PostWay): void
  /** `path` is absolute under the server. Never rejects. */
  post(path: string, body: object, options?: PostOptions): Promise<Reply>
}

/** What recovery sees of a lane. */
export interface RecoverableLane extends Pick<LaneOptions<LaneRecord>, 'name' | 'onWait' | 'onDrop'> {
  retry: RetryState | undefined
  /** Visits are bounded in number and age, and judged by evidence where no answer was seen; nothing else is. */
  isOfVisits: boolean
  isHeld(): boolean
  hold(): void
  wake(): void
  /** Deletes a record wherever it is kept. */
  remove(id: string): Promise<unknown>
}

/** A visit that was sent, perhaps more than once, and not simply kept. */
export interface VisitAttempt {
  record: VisitRecord
  /** The state at the first try. */
  visitor: VisitorState
  /** Every body that was sent, the last one last. */
  sent: PageVisitedBody[]
}

/** Runs exclusively under a name, across tabs; `signal` takes the question back. */
export type ExclusiveRun = (name: string, signal: AbortSignal, run: () => Promise<unknown>) => Promise<unknown>

/** What is done when not all is well, and in browsers and on sites where something is missing. A download of its own. */
export interface Recovery {
  /** Instead of the browser's locks, on plain-http sites. */
  lock: ExclusiveRun
  /** Where the browser has no Navigation API. */
  patchHistory(
    moved: (kind?: AddressChange) => void,
    clock: Clock,
    watchTitle: (observer: MutationObserver) => void,
    departures: Departures,
  ): Undo
  /** Over a database that refuses, hangs, or may not be used yet. `isHung`: it gave no answer at all. */
  overlayMemory(database: Database, isDormant: () => boolean, isHung: boolean): MemoryOverlay
  /** A page the host reports itself; `here` is where the visitor was when it did. */
  recordByHand(here: PageHere, page?: PageByHand): Promise<void>
  /** Visits of which the stub alone has left a note: taken out as they are read. */
  takeStubNotes(notes: Journal): void
  /** The token that a token has become in the end, by what the server has answered. */
  successorOf(state: VisitorState, token: string): string
  /** What is too much or too old is dropped, and what may have arrived is settled, before a lane sends anything. */
  beforeDraining(lane: RecoverableLane): Promise<void>
  /** Takes out of a lane's part of the storage what somebody else has written there. `removedId`: that of a record that was deleted, and is still there. */
  sweep(lane: RecoverableLane, removedId: string | undefined): Promise<void>
  /** How long the lane must wait still. After silence nothing is repeated before a harmless question has been answered. */
  pauseMs(lane: RecoverableLane): Promise<number>
  /** A record was delivered. */
  allIsWell(lane: RecoverableLane): Promise<void>
  afterFailure(lane: RecoverableLane, record: LaneRecord, verdict: Exclude<Verdict, { kind: 'done' }>): Promise<void>
  /** The reply to go by, where a simple post was not simply taken: `sendProperly` says the same once more in the other way. */
  judgeSimplePost(reply: Reply, body: object, sendProperly: () => Promise<Reply> | undefined): Promise<Reply>
  /** What one reply to `page.visited` means that did not simply say yes. */
  meaningOf(reply: Reply, attempt: VisitAttempt): Promise<Verdict | { kind: 'again'; body: PageVisitedBody }>
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

/**
 * Who is to be the visitor of a browser that knows none. `proposed`: the token that a page has reported under already, before its database had
 * answered.
 */
export type FirstVisitor = (proposed?: string | false) => VisitorState

/** Who this browser's visitor is, the same in every tab. */
export interface VisitorStore {
  /** The state, read from storage (and the token made) on first call. */
  state(): Promise<VisitorState>
  /** The last state seen, without waiting. */
  current(): VisitorState | undefined
  /** Token and room without waiting, before any state was seen as well. */
  atOnce(): Pick<VisitorState, 'token' | 'roomId' | 'became'>
  /** Without a change: reads what another tab has made of it. */
  change(how?: (old: VisitorState) => VisitorState): Promise<VisitorState>
  observe(listener: (state: VisitorState, before: VisitorState | undefined) => void): Undo
  /** As before the first visit. */
  forget(): void
}

export interface VisitLane extends Delivery {
  put(record: VisitRecord): Promise<void>
  /** Stores what navigation has noticed, or the host has reported. */
  record(visit: VisitRecord): Promise<void>
  /** What `livechat/config` says, whoever has read it. */
  learn(copy: ConfigCopy): void
}

/** An address and a title, as the host gives them. */
export interface PageByHand {
  href?: string
  title?: string
  /** It is reported only where the server keeps this kind of change. */
  change?: 'url' | 'title'
}

/** Where the visitor was when the host reported a page. */
export type PageHere = Required<Omit<PageByHand, 'change'>>

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
  departures: Departures
  /** Notes of all tabs. */
  journal: Journal
  /** Notes of this tab alone; they survive the document. */
  session: Journal
  storage: Store
  title: Title
  send: Send
  posting: Posting
  /** Exclusive across tabs. */
  lock(name: string): Lock
  on<E extends EventName>(event: E, listener: (detail: Events[E]) => void): Undo
  emit<E extends EventName>(event: E, detail: Events[E]): void
  /** Wraps what is handed to the browser or the host, so that nothing of ours surfaces there. */
  guard<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void
  /** Warns the host, once for each sentence: in the console, and by an `error` event. */
  warnOnce(code: ErrorCode, says: string): void
  /** What the host was warned of so far. */
  warned: ReadonlySet<string>
  permission: Permission
  visitor: VisitorStore
  visits: VisitLane
  /** Starts what sends the records of a lane. */
  lane<R extends LaneRecord>(options: LaneOptions<R>): Delivery
  redact(href: string): string | undefined
  newId(at?: number): { id: string; at: number }
  recovery(): Promise<FetchedRecovery>
  /** Word to the other tabs, as soon as somebody has opened the channel: see `openTabs`. */
  tabs?: Tabs
  /** Starts noticing visits, if that is allowed and the page is seen. */
  begin(): void
  /** Deletes all that is kept here, in every tab; what stays is the note that there is no consent. */
  withdraw(): Promise<void>
  /** Deletes all that is kept here and begins as before a first visit. The other tabs are told by whoever asks for it. */
  startAfresh(): Promise<void>
  isDestroyed(): boolean
  /** Set by whoever finds that the page's Content-Security-Policy forbids requests to the server: as long as the page lives, nothing is asked again. */
  isServerForbidden?: boolean
  destroy(): void
}
