import type { Core } from '../../visitor/contracts'
import type { Addresses } from '../addresses'
import type { Answers } from '../answers'
import type { Chat, Paragraphs } from '../contracts'
import type { Conversation } from '../conversation'
import type { Room } from '../room'
import type { SettleRefused } from '../sending/delivery'
import type { Sending } from '../sending/sending'
import type { ServerState } from '../serverState'

/** What the talk is built upon: the parts that are there before there is a conversation. */
export interface TalkParts {
  core: Core
  conversation: Conversation
  addresses: Addresses
  answers: Answers
  room: Room
  serverState: ServerState
  sending: Sending
}

/** Calls of the chat that only the talk can do. */
export type TalkCalls = Pick<
  Chat,
  | 'retry'
  | 'discard'
  | 'checkPassage'
  | 'attach'
  | 'cancelUpload'
  | 'retryUpload'
  | 'setMuted'
  | 'submitForm'
  | 'leaveMessage'
  | 'loadOlder'
  | 'showQuote'
  | 'finish'
  | 'startNew'
  | 'switchDepartment'
  | 'survey'
  | 'transcript'
  | 'act'
>

export interface Talk extends TalkCalls {
  /** Takes messages as the server sends them. */
  receive(values: unknown[]): void
  /** The server has stored this message of ours: a websocket that was live when it was written is to bring it, or is opened anew. */
  expectEcho(messageId: string, writtenAtMs: number): void
  /** Asks the server for agent and queue, and whether the room is still open. */
  refreshRoomState(): Promise<void>
  /** Turns a text without `md` into pieces to draw. */
  parseText(text: string): Paragraphs[]
  settleRefused: SettleRefused
  /** The visitor has pressed a key. */
  typed(): void
  stopTyping(): void
  /** Another conversation begins. */
  reset(): void
  stop(): void
}

export type CreateTalk = (parts: TalkParts) => Talk
