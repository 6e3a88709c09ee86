/** What the visitor, the conversation and its panel know of each other and of everything below them: types only. */
import type { Clock, Lock, Page, Storage, Tabs, Title, Transport, Undo } from '../browser/ports'
import type { Check, ErrorCode, EventName, Events, Guest, Options, Visitor } from '../options'
import type { Lane, LaneOptions, ServerSettings, Tracking, VisitLane, VisitorStore } from '../tracking/contracts'
import type { LaneRecord, VisitorState } from '../tracking/stored'

export interface VisitorPart {
  /** The state, read from storage on first call, which also makes the token. */
  state(): Promise<VisitorState>
  /** The last state seen, without waiting. */
  current(): VisitorState | undefined
  observe(listener: (state: VisitorState) => void): Undo
  /** Registers the visitor, or tells the server something new: as in `Registration`. */
  register: Registration['register']
  /** Which room is open, undefined for none. It is stored for every tab; `chat-start` and `chat-end` are emitted. */
  setRoom(roomId: string | undefined): Promise<void>
}

/** What the conversation and its panel are built upon. Parts take only the members they name: `Pick<Core, …>`. */
export interface Core {
  readonly version: string
  readonly server: string
  /** Of the page. */
  siteOrigin(): string
  options(): Options
  /** Called after `update()`. */
  observeOptions(listener: (options: Options) => void): Undo
  on<E extends EventName>(event: E, listener: (detail: Events[E]) => void): Undo
  emit<E extends EventName>(event: E, detail: Events[E]): void
  /** The error door to the host: a sentence on the console and an `error` event, each text once. */
  report(code: ErrorCode, says: string): void
  /** Wraps a callback that is handed to the browser or the host, so that nothing of ours surfaces there. */
  guard<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void
  call: Transport['call']
  clock: Clock
  page: Page & { online(): boolean }
  storage: Storage
  /** What this tab alone remembers from page to page. */
  session: { read<T>(key: string): T | undefined; write(key: string, value: unknown): void }
  tabs: Tabs
  /** Exclusive across tabs. */
  lock(name: string): Lock
  lane<R extends LaneRecord>(options: LaneOptions<R>): Lane<R>
  visitor: VisitorPart
  settings: ServerSettings
  /** The page's Content-Security-Policy lets nothing through to the server. */
  isServerForbidden(): boolean
  /** Another visitor uses this browser from now on: as `reset()` of the API. */
  reset(): Promise<void>
  /** Whether anything may be stored and asked: where consent is asked for, not before it is given. */
  mayStore(): boolean
  /** The visitor has agreed. */
  consent(): void
  /** The visitor has opened the chat: `on-open` tracking begins, and the visitor is registered, unless the server demands a consent that was not given. */
  opened(): Promise<void>
  /** Redacted, now and whenever a visit has been recorded. */
  observeAddress(listener: (href: string) => void): Undo
  /** The document's title, which may carry the count of unread messages. */
  title: Title
  /** 17 letters and digits, as Rocket.Chat's own ids. */
  randomId(): string
}

/** A registration, or something new about a registered visitor; kept until the server has answered. */
export interface RegistrationRecord extends LaneRecord {
  guest: Guest
}

export interface RegistrationParts extends Pick<
  Tracking,
  'storage' | 'journal' | 'clock' | 'documentId' | 'newId' | 'guard'
> {
  tabs: Tabs
  settings: ServerSettings
  visitor: VisitorStore
  call: Transport['call']
  lane(options: LaneOptions<RegistrationRecord>): Lane<RegistrationRecord>
  visits: VisitLane
  onRegistered(visitor: Visitor): void
  /** The server has refused one field; the visitor is registered without it. */
  onFieldRefused(detail: string): void
  /** Deletes everything in this browser, in every tab. */
  eraseHere(): Promise<void>
}

export interface Registration {
  /**
   * Registers the visitor, or tells the server something new. Resolves when the server has answered; rejects with a TagalongError, also where it
   * does not answer for now, unless the caller is patient. Equal data resolves at once.
   */
  register(guest: Guest, isPatient?: boolean): Promise<Visitor>
  /** Calls the server; a token that it turns out to have lost is registered again. */
  call: Transport['call']
  reset(): Promise<void>
  forget(): Promise<void>
}

/** The host's calls that concern the visitor, and the core that the chat is built upon. */
export interface VisitorCalls {
  core: Core
  identify(guest: Guest, isPatient?: boolean): Promise<Visitor>
  diagnose(options?: { text?: boolean }): Promise<Check[] | string>
  reset(): Promise<void>
  forget(): Promise<void>
  /** Emits to the host what has changed between two states: another visitor, another room. */
  announce(now: VisitorState, before: VisitorState): void
}
