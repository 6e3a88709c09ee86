/** What the panel knows of a conversation: types only. Leaves get plain props; `Chat` is handed to the panel's root. */
import type { ReadonlySignal } from '@preact/signals-core'
import type { ConnectionState } from '../options'
import type { Core, Undo } from '../core/contracts'

export interface Person {
  username: string
  name: string
  avatarUrl?: string
  status?: 'online' | 'away' | 'busy' | 'offline'
  /** The server hides who answers: show a general word. */
  hidden?: boolean
}

/** Inline pieces of a message, decoded from the server's `md` tree; unknown ones arrive as text. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; inlines: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; href: string; inlines: Inline[] }
  | { kind: 'emoji'; text: string }
  | { kind: 'mention'; text: string }
  | { kind: 'break' }

export type Paragraphs =
  | { kind: 'paragraph' | 'quote'; inlines: Inline[] }
  | { kind: 'heading'; level: number; inlines: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][]; start?: number }
  | { kind: 'tasks'; items: { done: boolean; inlines: Inline[] }[] }
  | { kind: 'code'; text: string; language?: string }
  | { kind: 'emoji'; text: string }

export interface FilePart {
  kind: 'image' | 'audio' | 'video' | 'file'
  name: string
  url: string
  type?: string
  sizeBytes?: number
  width?: number
  height?: number
  description?: string
}

export interface Quote {
  author: string
  text: string
}

export type Note =
  | { kind: 'started' | 'closed'; comment?: string }
  | { kind: 'joined' | 'left'; name: string }
  | { kind: 'transferred'; to?: string; from?: string }
  | { kind: 'call' }
  | { kind: 'hold' | 'resumed'; comment?: string }

export interface Message {
  id: string
  at: number
  from: 'visitor' | 'agent' | 'bot' | 'system'
  author: Person
  /** Only own messages have another state than `sent`. */
  state: 'sending' | 'sent' | 'failed'
  /** Why it failed: a code the panel has words for, and the server's own words. */
  failure?: { code: string; says: string }
  text: string
  body: Paragraphs[]
  files: FilePart[]
  quotes: Quote[]
  /** Set for notes between messages; then nothing else is drawn. */
  note?: Note
  edited: boolean
  deleted: boolean
  /** UIKit blocks as sent, drawn by ui/blocks. */
  blocks?: unknown[]
}

export interface Upload {
  id: string
  name: string
  sizeBytes: number
  /** 0 to 1. */
  progress: number
  state: 'sending' | 'failed' | 'unknown'
  failure?: { code: string; says: string }
}

/** `livechat/config`, decoded: every field present, with defaults. */
export interface ChatConfig {
  enabled: boolean
  online: boolean
  title: string
  color: string
  offlineTitle: string
  offlineColor: string
  position: 'left' | 'right'
  logoUrl?: string
  background?: string
  hideWatermark: boolean
  form: { shown: boolean; name: boolean; email: boolean; message: string }
  consent: { required: boolean; text: string }
  departments: { id: string; name: string; onRegistration: boolean; onOfflineForm: boolean }[]
  customFields: { id: string; label: string; required: boolean; regexp?: string; type: 'input' | 'select'; defaultValue: string; options: string[] }[]
  canSwitchDepartment: boolean
  canClose: boolean
  canUpload: boolean
  askTranscript: boolean
  transcriptMessage: string
  textLimit?: number
  offline: { form: boolean; message: string; successMessage: string; unavailableMessage: string }
  finished: { message: string; text: string }
  survey: { items: string[]; values: string[] }
  clearWhenEnded: boolean
  hiddenSystemMessages: string[]
  triggers: unknown[]
  soundUrl?: string
}

/** A conversation with no screen. All state is in signals; only `conversation.ts` writes them. */
export interface Chat {
  config: ReadonlySignal<ChatConfig | undefined>
  /** Registered at the server, being registered, or why not. */
  registration: ReadonlySignal<{ kind: 'none' | 'waiting' | 'done' } | { kind: 'refused'; code: string; says: string }>
  online: ReadonlySignal<boolean>
  room: ReadonlySignal<{ id: string; open: boolean } | undefined>
  messages: ReadonlySignal<Message[]>
  older: ReadonlySignal<'none' | 'more' | 'loading'>
  agent: ReadonlySignal<Person | undefined>
  queue: ReadonlySignal<{ spot: number; waitSeconds?: number; text?: string } | undefined>
  /** Names of those typing. */
  typing: ReadonlySignal<string[]>
  connection: ReadonlySignal<{ state: ConnectionState | 'idle'; retryAtMs?: number; limited?: boolean }>
  uploads: ReadonlySignal<Upload[]>
  unread: ReadonlySignal<number>
  /** Greetings by the server's triggers, shown by the launcher until opened or dismissed. */
  greetings: ReadonlySignal<Message[]>
  muted: ReadonlySignal<boolean>
  /** Which screen the conversation asks for; the panel decides how it looks. */
  stage: ReadonlySignal<'loading' | 'consent' | 'form' | 'offline' | 'unavailable' | 'talk' | 'finished' | 'disabled'>

  /** The panel is on screen, or not: refetches what is stale, opens or rests the socket, counts unread. */
  setOpen(open: boolean): void
  acceptConsent(): Promise<void>
  /** The pre-chat form; resolves with refusals by field name, empty when all is well. */
  submitForm(values: Record<string, string>): Promise<Record<string, string>>
  /** Remembered answers of the forms. */
  remembered(): Promise<Record<string, string>>
  send(text: string): Promise<void>
  retry(id: string): void
  discard(id: string): void
  /** Tells the agent the visitor is typing; called at every key. */
  typed(): void
  draft(): Promise<string>
  setDraft(text: string): void
  loadOlder(): Promise<void>
  attach(files: File[]): void
  cancelUpload(id: string): void
  finish(): Promise<void>
  startNew(): Promise<void>
  switchDepartment(id: string): Promise<void>
  survey(answers: Record<string, string>): Promise<void>
  transcript(email: string): Promise<void>
  leaveMessage(values: { name: string; email: string; message: string; department?: string }): Promise<Record<string, string>>
  act(messageId: string, action: { appId: string; actionId: string; blockId: string; value: string }): Promise<void>
  dismissGreeting(): void
  setMuted(muted: boolean): void
  destroy: Undo
}

export type CreateChat = (core: Core) => Chat
