/** What the conversation and its panel are handed of everything below them: types only. */
import type { Clock, Lock, Page, Storage, Tabs, Transport, Undo } from '../browser/ports'
import type { Check, ErrorCode, EventName, Events, Guest, Options, Visitor } from '../options'
import type {
  Lane,
  LaneOptions,
  LaneRecord,
  ServerSettings,
  Tracking,
  VisitLane,
  VisitorState,
  VisitorStore,
} from '../tracking/contracts'

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
  lane<R extends LaneRecord>(options: LaneOptions<R>): Lane<R>
  visitor: VisitorPart
  settings: ServerSettings
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

/** A request to register the visitor, or to tell the server something new of them; kept until the server has answered. */
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
  /** A field was refused, and left out. */
  onRefused(detail: string): void
  /** Deletes all there is here, in every tab. */
  forgetHere(): Promise<void>
}

export interface Registration {
  register(guest: Guest): Promise<Visitor>
  /** A call of the API; a token the server has lost is registered again. */
  call: Transport['call']
  reset(): Promise<void>
  forget(): Promise<void>
}

/** Who the visitor is and becomes: the calls of the host, and the core that the chat is built upon. */
export interface VisitorCalls {
  core: Core
  identify(guest: Guest): Promise<Visitor>
  diagnose(): Promise<Check[]>
  reset(): Promise<void>
  forget(): Promise<void>
  /** Tells the host of another visitor, or another room. */
  announce(now: VisitorState, before: VisitorState): void
  stop: Undo
}
