/** What the users of `createAgent` see: types only. */
import type { Clock } from '../browser/ports'

/**
 * An agent's login at a server.
 * @example const agent = createAgent({ server: 'https://chat.example.com', userId, authToken })
 */
export interface AgentOptions {
  /** For example `https://chat.example.com`; it may lie in a folder. */
  server: string
  /** Of an agent, with a personal access token of theirs. Both travel in headers only. */
  userId: string
  authToken: string
}

/**
 * What an agent may know and do.
 * @example const agent = createAgent({ server: 'https://chat.example.com', userId, authToken })
 */
export interface Agent {
  /**
   * What the server knows of a visitor.
   * @example const { name, emails } = await agent.visitorInfo(visitorId)
   */
  visitorInfo(visitorId: string): Promise<VisitorInfo>
  /**
   * The pages of a room's visitor, newest first. Servers of the 2.3 era are understood as well.
   * @example for await (const { title, href } of agent.pagesVisited(roomId)) console.log(title, href)
   */
  pagesVisited(roomId: string, options?: ListOptions): Listing<Visit>
  /**
   * The visitor's conversations, this one included.
   * @example const { items } = await agent.chatHistory({ roomId, visitorId })
   */
  chatHistory(options: { roomId: string; visitorId: string } & ListOptions): Listing<ChatRoom>
  /**
   * The conversations this agent may see: everybody's for a livechat manager, else the agent's own. `open: true` leaves out those
   * that wait for an agent: they are listed by `queued: true`, to who may see everybody's.
   * @example const { items: waiting } = await agent.rooms({ queued: true })
   */
  rooms(options?: { open?: boolean; queued?: boolean } & ListOptions): Listing<ChatRoom>
  /**
   * What was said in a room, newest first; asked for with the visitor's token, which `rooms` and `chatHistory` tell.
   * @example const { items } = await agent.messages({ roomId, token })
   */
  messages(options: { roomId: string; token: string; offset?: number; count?: number }): Listing<ChatMessage>
  /**
   * The visitor to whom a token belongs.
   * @example const { id } = await agent.visitor(token)
   */
  visitor(token: string): Promise<VisitorInfo>
  /**
   * Gives a room to another visitor.
   * @example await agent.updateRoomVisitor({ rid, oldVisitorId, newVisitorId })
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

/**
 * In place of the real ones, for tests.
 * @example const agent = createAgent(options, { hidden: () => false })
 */
export interface AgentParts {
  clock?: Clock
  hidden?(): boolean
}

/**
 * Which part of a list is asked for.
 * @example agent.pagesVisited(roomId, { count: 20, sort: { ts: 1 } })
 */
export interface ListOptions {
  /** How many to pass over. */
  offset?: number
  /** How many to ask for; the server gives 50 unless told, and seldom more than 100. */
  count?: number
  /** Fields and directions, for example `{ ts: 1 }` for the oldest first. */
  sort?: Record<string, 1 | -1>
}

/**
 * One part of a list.
 * @example const { items, total } = await agent.rooms()
 */
export interface List<T> {
  items: T[]
  offset: number
  /** Of all there are; some servers do not say. */
  total?: number
  /** Entries that could not be read and were left out. */
  unreadable: number
}

/**
 * Awaited it is the first list; with `for await` it is all of them, one after the other, waiting where the limiter says so.
 * @example for await (const room of agent.rooms()) console.log(room.id)
 */
export type Listing<T> = Promise<List<T>> & AsyncIterable<List<T>>

/**
 * One page the visitor went to.
 * @example agent.watchTrail(roomId, ({ title, link }) => console.log(title, link))
 */
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

/**
 * A visitor, as the server knows them.
 * @example const { name, emails, userAgent } = await agent.visitorInfo(visitorId)
 */
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

/**
 * A conversation.
 * @example const { items } = await agent.rooms({ open: true })
 */
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

/**
 * A message, or a note of the server's.
 * @example const { items } = await agent.messages({ roomId, token })
 */
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

/**
 * Call it to stop.
 * @example const stop = agent.watchTrail(roomId, console.log)
 */
export interface Watch {
  (): void
  /** Resolves when it was stopped, rejects when the server refuses for good. Needs not be awaited. */
  ended: Promise<void>
}

/**
 * @example agent.watchTrail(roomId, show, { onTrouble: (error, retryInMs) => console.warn(error, retryInMs) })
 */
export interface WatchOptions {
  /** Something went wrong; `retryInMs` says when it is tried again, and is absent when it is not. A listener's own error comes here, too. */
  onTrouble?(error: unknown, retryInMs?: number): void
}
