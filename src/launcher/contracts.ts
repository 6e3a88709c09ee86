/** The shapes by which the launcher, the chat and the panel know each other: types only. */
import type { Journal, Page, Store, Undo } from '../browser/ports'
import type { Chat } from '../chat/contracts'
import type { ErrorCode, Options } from '../options'
import type { Permission, VisitorStore } from '../tracking/contracts'
import type { FetchedApi } from '../tracking/hostApi'
import type { Core } from '../visitor/contracts'
import type { Language } from './strings'

/** What the launcher needs of the running widget before anybody has opened it, and the way to all the rest. */
export interface LauncherParts extends Pick<Core, 'guard' | 'emit' | 'clock' | 'settings'> {
  options: Options
  page: Pick<Page, 'observe' | 'listen'>
  storage: Pick<Store, 'list'>
  /** Notes of all tabs. */
  journal: Pick<Journal, 'read' | 'write'>
  /** Notes of this tab. */
  session: Pick<Journal, 'read' | 'write'>
  visitor: Pick<VisitorStore, 'state' | 'observe'>
  permission: Pick<Permission, 'mayStore'>
  /** Warns the host, once for each sentence: in the console, and by an `error` event. */
  warnOnce(code: ErrorCode, says: string): void
  /** How the host steers the widget, once it does. */
  steering?: Pick<Steering, 'draw' | 'stop'>
  /** Fetches the chat. */
  fetchChat(widget: WidgetElement): Promise<ChatDoor>
}

/**
 * Where the panel is. `opening`: asked for, and not on screen yet. `closing`: on screen for the last time, fading out. `reopening`: asked for
 * again while it fades out.
 */
export type PanelState = 'closed' | 'opening' | 'open' | 'closing' | 'reopening'

/** What moves the panel to another state: it is asked for, sent away, has come on screen, or has faded out. */
export type PanelEvent = 'open' | 'close' | 'shown' | 'gone'

/** The custom element on the page, and the container in it. */
export interface PlacedElement {
  host: HTMLElement
  root: ShadowRoot
  /** Everything that is drawn is in it; it carries the language, the direction and the colours. */
  container: HTMLElement
  /** Adds a style sheet to the shadow root. */
  adopt(css: string): void
  remove: Undo
}

/** The element with what is known and done in it, shared by the launcher, the greeting and the panel. */
export interface WidgetElement extends PlacedElement {
  parts: LauncherParts
  /** Undefined until the chat is fetched. */
  chat?: Chat
  language: Language
  /** Only `movePanel` changes it. */
  panel: PanelState
  movePanel(event: PanelEvent): void
  /** Keeps for the next page whether the panel is open. */
  rememberPanel(isOpen: boolean): void
  /** Draws the launcher anew. */
  draw(): void
  toggle(): void
}

/** What the launcher asks of the chat's download. */
export interface ChatDoor {
  /** Starts the conversation without its panel: for the unread count, and for greetings. */
  listen(): Chat
  /** Fetches all that opening takes, before the launcher has been pressed. */
  prepare(): Promise<unknown>
  open(byVisitor: boolean): Promise<void>
  close(): Promise<void>
  /** Draws the panel anew, where there is one. */
  draw(): void
  stop: Undo
}

/** How a host steers the widget beyond the plainest options. */
export interface Steering extends Pick<FetchedApi, 'update' | 'getVisitor' | 'setCustomField'> {
  /** From here on: `listen` fetches the chat. */
  transfer(listen: () => Promise<Chat>, department: string): Promise<void>
  send(listen: () => Promise<Chat>, text: string): Promise<void>
  prefill(listen: () => Promise<Chat>, text: string): Promise<void>
  trackEvent(listen: () => Promise<Chat>, name: string, data?: Record<string, unknown>): Promise<void>
  /** The launcher is being drawn. */
  draw(widget: WidgetElement): void
  stop: Undo
}

/** What the launcher offers to the host. */
export interface LauncherCalls {
  open(): Promise<void>
  close(): Promise<void>
  toggle(): Promise<void>
  show(): void
  hide(): void
  /** Fetches the conversation without its panel. */
  listen(): Promise<Chat>
  destroy(): void
}
