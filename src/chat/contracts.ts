/** What the panel knows of a conversation: types only. `Chat` is handed to the panel's root; the components below get plain props. */
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
  /** The server does not tell who answers: a general word stands in for the name. */
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
  /** Why the message failed: a code that the panel has words for, and the server's own words. */
  failure?: { code: string; says: string }
  text: string
  body: Paragraphs[]
  files: FilePart[]
  quotes: Quote[]
  /** What this message replies to was not fetched by itself, because many such were. `showQuote` does it. */
  unfetchedParentId?: string
  /** Set for notes between messages; then nothing else is drawn. */
  note?: Note
  edited: boolean
  deleted: boolean
  /** A greeting by one of the server's triggers. It exists only in this browser. */
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

/** Why a call of the visitor was refused: a stable code (`limited`, `timeout`, `unreachable`, or the server's), and the server's own words. */
export interface Refusal extends Error {
  code: string
  says: string
  retryAfterMs?: number
}

/** The conversation without a screen. All of its state is in signals, which only `conversation.ts` writes. */
export interface Chat {
  config: ReadonlySignal<ChatConfig | undefined>
  /** Whether the server has registered the visitor, or why not. */
  registration: ReadonlySignal<{ kind: 'none' | 'waiting' | 'done' } | { kind: 'refused'; code: string; says: string }>
  online: ReadonlySignal<boolean>
  /** Whether the server has answered since the panel was opened: before, nothing is known of agents. */
  serverAnswer: ReadonlySignal<'pending' | 'failed' | 'received'>
  room: ReadonlySignal<{ id: string; open: boolean } | undefined>
  messages: ReadonlySignal<Message[]>
  older: ReadonlySignal<'none' | 'more' | 'loading'>
  /** The id of the department that the visitor talks to, or would. */
  department: ReadonlySignal<string | undefined>
  agent: ReadonlySignal<Person | undefined>
  queue: ReadonlySignal<{ spot: number; waitSeconds?: number; text?: string } | undefined>
  /** Names of those typing. */
  typing: ReadonlySignal<string[]>
  connection: ReadonlySignal<{ state: ConnectionState | 'idle'; retryAtMs?: number; limited?: boolean }>
  uploads: ReadonlySignal<Upload[]>
  /** Whether a file can leave this site at all: with CORS off at the server none can. Unknown until `checkPassage` was called. */
  passage: ReadonlySignal<'unknown' | 'possible' | 'blocked'>
  unread: ReadonlySignal<number>
  /** Greetings by the server's triggers, shown by the launcher until opened or dismissed. */
  greetings: ReadonlySignal<Message[]>
  muted: ReadonlySignal<boolean>
  /** Which screen the panel shows. */
  stage: ReadonlySignal<'loading' | 'consent' | 'form' | 'offline' | 'unavailable' | 'talk' | 'finished' | 'disabled'>

  /** Whether the panel is on screen. An open panel asks for settings that are too old, and what it shows is no longer unread. */
  setOpen(open: boolean): void
  /** Something was not answered: asks the server for its settings, which shows whether it is there. */
  checkServer(): void
  acceptConsent(): Promise<void>
  /**
   * The pre-chat form: `name`, `email`, `department`, and custom fields by the names that `ChatConfig` gives them. Resolves with a refusal for each field that has one:
   * `required`, `email` (it is no address), `invalid`; and under the name `''` with the code of a refusal that belongs to no field.
   */
  submitForm(values: Record<string, string>): Promise<Record<string, string>>
  /** What the forms are filled in with beforehand, by the name of the field. */
  remembered(): Promise<Record<string, string>>
  send(text: string): Promise<void>
  retry(id: string): void
  discard(id: string): void
  /** The visitor has pressed a key in the composer: the agent is told that they are typing. */
  typed(): void
  draft(): Promise<string>
  /** Words of the host's that the composer takes, unless the visitor has written something. */
  prefilled: ReadonlySignal<string>
  prefill(text: string): Promise<void>
  setDraft(text: string): void
  loadOlder(): Promise<void>
  showQuote(messageId: string): void
  /** The visitor is about to choose a file. */
  checkPassage(): void
  attach(files: File[]): void
  /** Takes an upload off the list, and stops it if it is under way. */
  cancelUpload(id: string): void
  /** Sends a failed upload again, which never happens by itself. */
  retryUpload(id: string): void
  /** From here on: rejects with a `Refusal` when the server refuses, or cannot be reached. */
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
  /** Something has happened on the page that a trigger may wait for. */
  trackEvent(name: string): void
  dismissGreeting(): void
  setMuted(muted: boolean): void
  destroy: Undo
}

export type CreateChat = (core: Core) => Chat
