import { createClock } from './browser/clock'
import type { Clock } from './browser/ports'
import { createAsk, readAgentServer, pathSegment } from './agent/ask'
import {
  decodeMessage,
  decodeRoom,
  decodeVisitor,
  type ChatMessage,
  type ChatRoom,
  type Visit,
  type VisitorInfo,
} from './agent/decode'
import { createListing, listQuery, readList, type List, type Listing, type ListOptions } from './agent/list'
import { createPages } from './agent/pages'
import { AgentError } from './agent/refusal'
import { watchTrail, type Watch, type WatchOptions } from './agent/trail'

export { AgentError, type AgentErrorCode } from './agent/refusal'
export type { ChatMessage, ChatRoom, List, Listing, ListOptions, Visit, VisitorInfo, Watch, WatchOptions }

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
  /** The conversations this agent may see. */
  rooms(options?: { open?: boolean } & ListOptions): Listing<ChatRoom>
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

const pageHidden = (): boolean =>
  (globalThis as { document?: { visibilityState?: string } }).document?.visibilityState === 'hidden'

const one = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new AgentError('unreadable', `${what}: the server’s answer cannot be read.`)
  return value
}

export const createAgent = (
  { server: given, userId, authToken }: AgentOptions,
  { clock = createClock(), hidden = pageHidden }: AgentParts = {},
): Agent => {
  const server = readAgentServer(given)
  if (!server)
    throw new AgentError(
      'bad-call',
      'createAgent needs { server }: an http or https address without a name or password in it.',
    )
  const { asAgent, asVisitor } = createAsk(server, userId, authToken)
  const pages = createPages(asAgent)
  let watching = 0

  return {
    async visitorInfo(visitorId) {
      pathSegment('visitorId', visitorId)
      const body = await asAgent('visitorInfo', 'GET', 'livechat/visitors.info', { query: { visitorId } })
      return one(decodeVisitor(body.visitor), 'visitorInfo')
    },

    pagesVisited: (roomId, options = {}) =>
      createListing((offset) => pages(roomId, { ...options, offset }), options, clock),

    chatHistory({ roomId, visitorId, ...options }) {
      const load = async (offset: number) => {
        const path = `livechat/visitors.chatHistory/room/${pathSegment('roomId', roomId)}/visitor/${pathSegment('visitorId', visitorId)}`
        return readList(
          await asAgent('chatHistory', 'GET', path, { query: listQuery({ ...options, offset }) }),
          'history',
          decodeRoom,
          offset,
        )
      }
      return createListing(load, options, clock)
    },

    rooms({ open, ...options } = {}) {
      const load = async (offset: number) => {
        const query = { ...listQuery({ ...options, offset }), open: open === undefined ? undefined : String(open) }
        return readList(await asAgent('rooms', 'GET', 'livechat/rooms', { query }), 'rooms', decodeRoom, offset)
      }
      return createListing(load, options, clock)
    },

    messages({ roomId, token, ...options }) {
      const load = async (offset: number) => {
        pathSegment('token', token)
        const query = { token, offset, limit: options.count ?? 50 }
        const body = await asVisitor(
          'messages',
          'GET',
          `livechat/messages.history/${pathSegment('roomId', roomId)}`,
          { query },
          token,
        )
        return readList(body, 'messages', (value) => decodeMessage(value, server), offset)
      }
      return createListing(load, options, clock)
    },

    async visitor(token) {
      const body = await asVisitor('visitor', 'GET', `livechat/visitor/${pathSegment('token', token)}`, {}, token)
      return one(decodeVisitor(body.visitor), 'visitor')
    },

    async updateRoomVisitor({ rid, oldVisitorId, newVisitorId }) {
      const what = 'updateRoomVisitor'
      try {
        const body = await asAgent(what, 'PUT', 'livechat/room.visitor', { body: { rid, oldVisitorId, newVisitorId } })
        return one(decodeRoom(body.room), what)
      } catch (error) {
        if (!(error instanceof AgentError) || (error.code !== 'unknown-route' && error.status !== 404)) throw error
        throw new AgentError(
          'unknown-route',
          `${what}: this server does not have it any more; livechat/room.visitor was deprecated and is gone since 7.0.`,
          { status: error.status },
        )
      }
    },

    watchTrail(roomId, onPage, options = {}) {
      watching++
      const load = (list: ListOptions, signal: AbortSignal) => pages(roomId, list, signal)
      const watch = watchTrail({ load, clock, hidden, sharers: () => watching }, onPage, options)
      const left = () => void watching--
      watch.ended.then(left, left)
      return watch
    },
  }
}
