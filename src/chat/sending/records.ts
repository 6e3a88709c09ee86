/** What the chat keeps in the database and what its tabs tell each other. Pages of other releases read both, so no name in here changes. */

/** One message on its way. `id` sorts by time; `messageId` is what the server knows the message by. */
export interface MessageRecord {
  id: string
  at: number
  messageId: string
  text: string
  /** The conversation the message belongs to. Without one the message begins a conversation. */
  roomId?: string
}

/** A message that the server has refused for good. */
export interface FailedMessage extends MessageRecord {
  code: string
  says: string
}

/** On the channel of all tabs, under the topic `chat`. */
export type TabMessage =
  | { kind: 'said'; said: MessageRecord }
  | { kind: 'failed'; failed: FailedMessage }
  | { kind: 'discarded'; id: string }
  /** The server has this message. */
  | { kind: 'stored'; message: unknown; id: string }
  /** The tab that posts it is the one the visitor looks at, and has a websocket. */
  | { kind: 'here' }
  | { kind: 'seen'; at: number }
  | { kind: 'muted'; muted: boolean }
