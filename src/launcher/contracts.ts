/** How the launcher, and what is fetched when it is pressed, know each other: types only. */
import type { Journal, Store, Undo } from '../browser/ports'
import type { Chat } from '../chat/contracts'
import type { ErrorCode, Options } from '../options'
import type { Permission, VisitorStore } from '../tracking/contracts'
import type { Core } from '../visitor/contracts'
import type { Language } from './strings'

/** What the launcher needs of the running widget before anybody has opened it, and the way to all the rest. */
export interface LauncherParts extends Pick<Core, 'guard' | 'emit' | 'clock' | 'settings'> {
  options: Options
  storage: Pick<Store, 'list'>
  /** Notes of all tabs, and of this tab. */
  journal: Pick<Journal, 'read' | 'write'>
  session: Pick<Journal, 'read' | 'write'>
  visitor: Pick<VisitorStore, 'state' | 'observe'>
  permission: Pick<Permission, 'mayStore'>
  /** Warns the host, once for each sentence: in the console, and by an `error` event. */
  warnOnce(code: ErrorCode, says: string): void
  /** Fetches the chat. */
  fetchChat(widget: WidgetElement): Promise<ChatDoor>
}

/** The element on the page, shared by the launcher, the greeting and the panel. */
export interface WidgetElement {
  parts: LauncherParts
  /** There as soon as the chat is. */
  core?: Core
  chat?: Chat
  root: ShadowRoot
  /** Carries the language, the direction and the colours of everything inside. */
  frame: HTMLElement
  language: Language
  /** Whether the panel was asked for last, and whether it is on screen. */
  isPanelWanted: boolean
  isPanelShown: boolean
  /** Keeps for the next page whether the panel is open. */
  rememberPanel(isOpen: boolean): void
  adopt(css: string): void
  draw(): void
  toggle(): void
}

/** What the launcher asks of the chat's download. */
export interface ChatDoor {
  /** The conversation without its panel: for what is unread, and for greetings. */
  listen(): void
  /** Fetches all that opening takes, before anybody has pressed. */
  prepare(): Promise<unknown>
  open(byVisitor: boolean): Promise<void>
  close(): Promise<void>
  draw(): void
  stop: Undo
}

/** What the launcher offers to the host. */
export interface LauncherCalls {
  open(): Promise<void>
  close(): Promise<void>
  toggle(): Promise<void>
  show(): void
  hide(): void
  /** The conversation is fetched, without its panel. */
  listen(): void
  destroy(): void
}
