/** What the users of `createAgent` see: types only. */
import type { Clock } from '../browser/ports'

export interface AgentOptions {
  /** For example `https://chat.example.com`; it may lie in a folder. */
  server: string
  /** Of an agent, with a personal access token of theirs. Both travel in headers only. */
  userId: string
  authToken: string
}

export interface Agent {
  visitorInfo(visitorId: string): Promise<VisitorInfo>
  /** The pages of a room's visitor, newest first. Servers of the 2.3 era are understood as well. */
  pagesVisited(roomId: string, options?: ListOptions): Listing<Visit>
  /** The visitor's conversations, this one included. */
  chatHistory(options: { roomId: string; visitorId: string } & ListOptions): Listing<ChatRoom>
  /**
   * The conversations this agent may see: everybody's for a livechat manager, else the agent's own. `open: true` leaves out those
   * that wait for an agent: they are listed by `queued: true`, to who may see everybody's.
   * @example const { items: waiting } = await agent.rooms({ queued: true })
   */
  rooms(options?: { open?: boolean; queued?: boolean } & ListOptions): Listing<ChatRoom>
  /** What was said in a room, newest first; asked for with the visitor's token, which `rooms` and `chatHistory` tell. */
  messages(options: { roomId: string; token: string; offset?: number; count?: number }): Listing<ChatMessage>
  /** The visitor to whom a token belongs. */
  visitor(token: string): Promise<VisitorInfo>
  /**
   * Gives a room to another visitor.
   * @deprecated By Rocket.Chat, which has not had it since 7.0: there it rejects with `unknown-route`.
   */
  updateRoomVisitor(move: { rid: string; oldVisitorId: string; newVisitorId: string }): Promise<ChatRoom>
  /**
   * Tells each page of the room's visitor once, in order: those already there, then every new one within eight seconds
   * (a minute while the page is hidden). Waits out the limiter and outages.
   * @example const stop = agent.watchTrail(roomId, ({ title, href }) => console.log(title, href))
   */
  watchTrail(roomId: string, onPage: (visit: Visit) => void, options?: WatchOptions): Watch
}

/** In place of the real ones, for tests. */
export interface AgentParts {
  clock?: Clock
  hidden?(): boolean
}

export interface ListOptions {
  /** How many to pass over. */
  offset?: number
  /** How many to ask for; the server gives 50 unless told, and seldom more than 100. */
  count?: number
  /** Fields and directions, for example `{ ts: 1 }` for the oldest first. */
  sort?: Record<string, 1 | -1>
}

export interface List<T> {
  items: T[]
  offset: number
  /** Of all there are; some servers do not say. */
  total?: number
  /** Entries that could not be read and were left out. */
  unreadable: number
}

/** Awaited it is the first list; with `for await` it is all of them, one after the other, waiting where the limiter says so. */
export type Listing<T> = Promise<List<T>> & AsyncIterable<List<T>>

/** One page the visitor went to. */
export interface Visit {
  id: string
  /** When the server heard of it. */
  at: number
  /** As reported by the visitor's browser: text that anybody could have sent. */
  href: string
  /** The same when it is an http or https address, and may therefore become a link. */
  link?: string
  title: string
  /** What the report was made for: `url` or `title`. */
  change?: string
  roomId?: string
}

export interface VisitorInfo {
  id: string
  username: string
  name?: string
  emails: string[]
  phones: string[]
  status?: string
  department?: string
  customFields: Record<string, string>
  createdAt?: number
  updatedAt?: number
  /** Only where the server keeps the headers of visitors. */
  userAgent?: string
  ip?: string
  host?: string
  /** The visitor's secret; newer servers keep it to themselves. */
  token?: string
}

export interface ChatRoom {
  id: string
  name?: string
  open: boolean
  openedAt?: number
  closedAt?: number
  lastMessageAt?: number
  messageCount: number
  visitor?: { id: string; username?: string; status?: string; token?: string }
  /** Who serves the visitor; nobody while they wait. */
  agent?: { id: string; username?: string }
  departmentId?: string
  /** Who closed it: `visitor` or `user`. */
  closer?: string
  tags: string[]
}

export interface ChatMessage {
  id: string
  at: number
  from: 'visitor' | 'agent' | 'system'
  author: { username: string; name?: string }
  text: string
  /** The server's name for a message nobody wrote, for example `livechat-close`. */
  type?: string
  files: { name: string; link: string }[]
}

/** Call it to stop. */
export interface Watch {
  (): void
  /** Resolves when it was stopped, rejects when the server refuses for good. Needs not be awaited. */
  ended: Promise<void>
}

export interface WatchOptions {
  /** Something went wrong; `retryInMs` says when it is tried again, and is absent when it is not. A listener's own error comes here, too. */
  onTrouble?(error: unknown, retryInMs?: number): void
}
