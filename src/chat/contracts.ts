/** What the panel knows of a conversation: types only. Leaves get plain props; `Chat` is handed to the panel's root. */
import type { ReadonlySignal } from '@preact/signals-core'
import type { ConnectionState } from '../options'
import type { Core } from '../visitor/contracts'
import type { Undo } from '../browser/ports'
import type { ChatConfig } from '../wire/config'

export type { ChatConfig }

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
  /** Said by a trigger of the server: it exists only here. */
  greeting?: boolean
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

/** Why something the visitor asked for was not done: a stable code (`limited`, `timeout`, `unreachable`, or the server's), and the server's own words. */
export interface Refusal extends Error {
  code: string
  says: string
  retryAfterMs?: number
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
  /**
   * The pre-chat form: `name`, `email`, `department` and the ids of custom fields. Resolves with refusals by field name, empty when all is well:
   * `required`, `email` (none), `invalid`; under the name `''` the code of a refusal that belongs to no field.
   */
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
  /** Takes one off the list, under way or not. */
  cancelUpload(id: string): void
  /** Sends a failed one again; never done without being asked. */
  retryUpload(id: string): void
  /** This and what follows reject with a `Refusal` when the server or the network says no. */
  finish(): Promise<void>
  startNew(): Promise<void>
  switchDepartment(id: string): Promise<void>
  survey(answers: Record<string, string>): Promise<void>
  transcript(email: string): Promise<void>
  leaveMessage(values: {
    name: string
    email: string
    message: string
    department?: string
  }): Promise<Record<string, string>>
  act(
    messageId: string,
    action: { appId: string; actionId: string; blockId: string; value: string | string[] },
  ): Promise<void>
  dismissGreeting(): void
  setMuted(muted: boolean): void
  destroy: Undo
}

export type CreateChat = (core: Core) => Chat
