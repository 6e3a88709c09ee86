import { createClock } from '../browser/clock'
import { createCalls } from './calls'
import type { Agent, AgentOptions, AgentParts, ListOptions } from './contracts'
import { decodeMessage, decodeRoom, decodeVisitor } from './decode'
import { AgentError } from './error'
import { createListing, decodeList, listQuery } from './list'
import { createPages } from './pages'
import { pathSegment } from './pathSegment'
import { createRooms } from './rooms'
import { readAgentServer } from './server'
import { watchTrail } from './trail'

/** Not `document.visibilityState`: this file also runs in Node, which has no document. */
const isPageHidden = (): boolean =>
  (globalThis as { document?: { visibilityState?: string } }).document?.visibilityState === 'hidden'

/** Messages in one list, where the caller asks for no other number. */
const defaultMessageCount = 50

const readable = <T>(value: T | undefined, callName: string): T => {
  if (value === undefined) throw new AgentError('unreadable', `${callName}: the server’s answer cannot be read.`)
  return value
}

/** Rocket.Chat has not had `livechat/room.visitor` since 7.0: a refusal that means just that says so. */
const withoutRoute = (error: unknown, callName: string): unknown =>
  error instanceof AgentError && (error.code === 'unknown-route' || error.status === 404)
    ? new AgentError(
        'unknown-route',
        `${callName}: this server does not have it any more; livechat/room.visitor was deprecated and is gone since 7.0.`,
        { status: error.status },
      )
    : error

/**
 * What an agent may know and do at a server, for programs of those who answer. Throws an `AgentError` where no address of a server is given.
 *
 * @example
 * const agent = createAgent({ server: 'https://chat.example.com', userId, authToken })
 * for await (const { title, href } of agent.pagesVisited(roomId)) console.log(title, href)
 */
export const createAgent = (
  { server: givenServer, userId, authToken }: AgentOptions,
  { clock = createClock(), hidden = isPageHidden }: AgentParts = {},
): Agent => {
  const server = readAgentServer(givenServer)
  if (!server)
    throw new AgentError(
      'bad-call',
      'createAgent needs { server }: an http or https address without a name or password in it.',
    )
  const { asAgent, asVisitor } = createCalls(server, userId, authToken)
  const loadPages = createPages(asAgent)
  const loadRooms = createRooms(asAgent, userId)
  let watches = 0

  return {
    async visitorInfo(visitorId) {
      pathSegment('visitorId', visitorId)
      const body = await asAgent('visitorInfo', 'GET', 'livechat/visitors.info', { query: { visitorId } })
      return readable(decodeVisitor(body.visitor), 'visitorInfo')
    },
    pagesVisited: (roomId, options = {}) =>
      createListing((offset) => loadPages(roomId, { ...options, offset }), options, clock),
    chatHistory({ roomId, visitorId, ...options }) {
      const load = async (offset: number) => {
        const path = `livechat/visitors.chatHistory/room/${pathSegment('roomId', roomId)}/visitor/${pathSegment('visitorId', visitorId)}`
        const body = await asAgent('chatHistory', 'GET', path, { query: listQuery({ ...options, offset }) })
        return decodeList(body, 'history', decodeRoom, offset)
      }
      return createListing(load, options, clock)
    },
    rooms: (options = {}) => createListing((offset) => loadRooms({ ...options, offset }), options, clock),
    messages({ roomId, token, ...options }) {
      const load = async (offset: number) => {
        pathSegment('token', token)
        const query = { token, offset, limit: options.count ?? defaultMessageCount }
        const path = `livechat/messages.history/${pathSegment('roomId', roomId)}`
        const body = await asVisitor('messages', 'GET', path, { query }, token)
        return decodeList(body, 'messages', (value) => decodeMessage(value, server), offset)
      }
      return createListing(load, options, clock)
    },
    async visitor(token) {
      const body = await asVisitor('visitor', 'GET', `livechat/visitor/${pathSegment('token', token)}`, {}, token)
      return readable(decodeVisitor(body.visitor), 'visitor')
    },
    async updateRoomVisitor({ rid, oldVisitorId, newVisitorId }) {
      const callName = 'updateRoomVisitor'
      const body = await asAgent(callName, 'PUT', 'livechat/room.visitor', {
        body: { rid, oldVisitorId, newVisitorId },
      }).catch((error: unknown) => Promise.reject(withoutRoute(error, callName)))
      return readable(decodeRoom(body.room), callName)
    },
    watchTrail(roomId, onPage, options = {}) {
      watches++
      const load = (list: ListOptions, signal: AbortSignal) => loadPages(roomId, list, signal)
      const watch = watchTrail({ load, clock, isHidden: hidden, countWatches: () => watches }, onPage, options)
      const forgetWatch = () => void watches--
      watch.ended.then(forgetWatch, forgetWatch)
      return watch
    },
  }
}
