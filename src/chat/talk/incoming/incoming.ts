import type { Core } from '../../../visitor/contracts'
import { pathSegment } from '../../../wire/paths'
import { decodeMessage, type WireMessage } from '../../../wire/messages'
import { departmentName } from '../../agentName'
import type { Message, Quote } from '../../contracts'
import type { Conversation, Received } from '../../conversation'
import type { MapMessage } from './messageMapper'

export interface IncomingParts {
  core: Pick<Core, 'visitor' | 'call' | 'clock' | 'guard'>
  conversation: Pick<Conversation, 'facts' | 'update' | 'findMessage' | 'changeMessage' | 'receive'>
  mapMessage: MapMessage
  /** Messages that are new to this page, in order. */
  onNewMessages(messages: Message[]): void
  /** Either side has closed the room. */
  onClosed(roomId: string): void
}

export interface Incoming {
  /** Takes messages as the server sends them. `isQuiet`: the visitor is not told of what is new. */
  receive(values: unknown[], isQuiet?: boolean): WireMessage[]
  /** Fetches what this message replies to. */
  showQuote(messageId: string): void
}

const longestQuote = 200

/** Rocket.Chat's limiter allows ten calls a minute to a route; the visitor's own asking needs some of them. */
const mostFetches = 5
const fetchesWithinMs = 60_000

/** A server that answers with more than it was asked for is not believed to mean it: what is older is asked for when the visitor scrolls up. */
const mostValues = 200

const quoteFrom = ({ author, text, files }: Message): Quote => ({
  author: author.name,
  text: (text || files[0]?.name || '').slice(0, longestQuote),
})

/** The one way in for everything that arrives for the conversation: history, live messages, echoes, replays. */
export const createIncoming = (parts: IncomingParts): Incoming => {
  const { core, conversation, mapMessage, onNewMessages, onClosed } = parts
  const { facts } = conversation
  let fetchTimes: number[] = []
  const fetchedQuotes = new Map<string, Promise<Quote | undefined>>()

  const toMessage = (message: WireMessage): Message | undefined => {
    const state = core.visitor.current()
    return mapMessage(message, {
      token: state?.token ?? '',
      visitorId: state?.visitor?.visitorId,
      config: facts.config.peek(),
      department: departmentName(facts),
    })
  }

  const fetchQuote = async (id: string, roomId: string): Promise<Quote | undefined> => {
    const { token } = await core.visitor.state()
    const answer = await core.call('GET', `livechat/message/${pathSegment(id)}`, { query: { token, rid: roomId } })
    const wireParent = answer.kind === 'ok' ? decodeMessage(answer.body.message) : undefined
    const parent = wireParent && toMessage(wireParent)
    // The next reply to the same message tries again.
    if (!parent) fetchedQuotes.delete(id)
    return parent && quoteFrom(parent)
  }

  /** What a thread replies to may be older than all that is loaded. */
  const quoteOf = async (id: string, roomId: string): Promise<Quote | undefined> => {
    const parent = conversation.findMessage(id)
    if (parent) return quoteFrom(parent)
    const quote = fetchedQuotes.get(id) ?? fetchQuote(id, roomId)
    fetchedQuotes.set(id, quote)
    return quote
  }

  const addParentQuote = core.guard(async (id: string, roomId: string, parentId: string) => {
    const quote = await quoteOf(parentId, roomId)
    const reply = conversation.findMessage(id)
    if (quote && reply && !reply.quotes.length)
      conversation.changeMessage(id, { quotes: [quote], unfetchedParentId: undefined })
  })

  /** Whether another message may be fetched without the visitor's asking: a history of nothing but replies would ask for hundreds. */
  const mayFetch = (): boolean => {
    const nowMs = core.clock.now()
    fetchTimes = fetchTimes.filter((atMs) => Math.abs(nowMs - atMs) < fetchesWithinMs)
    return fetchTimes.length < mostFetches && !!fetchTimes.push(nowMs)
  }

  const followReply = ({ id, roomId }: WireMessage, parentId: string) => {
    if (conversation.findMessage(parentId) || fetchedQuotes.has(parentId) || mayFetch())
      addParentQuote(id, roomId, parentId)
    else conversation.changeMessage(id, { unfetchedParentId: parentId })
  }

  const receivedFrom = (wire: WireMessage): Received[] => {
    const message = toMessage(wire)
    if (!message) return []
    const old = conversation.findMessage(wire.id)
    // An edit of a reply comes without the quote that was fetched for it.
    if (wire.parentId && old?.quotes.length && !message.quotes.length) message.quotes = old.quotes
    return [{ message, updatedAt: wire.updatedAt }]
  }

  return {
    receive(values, isQuiet = false) {
      const room = facts.room.peek()
      const wireMessages = values
        .slice(0, mostValues)
        .map(decodeMessage)
        .filter((wire): wire is WireMessage => !!wire && !!room && (!wire.roomId || wire.roomId === room.id))
      const newMessages = conversation.receive(wireMessages.flatMap(receivedFrom))
      for (const wire of wireMessages) {
        const { id, parentId, roomId, type, transfer } = wire
        if (parentId && type !== 'rm' && !conversation.findMessage(id)?.quotes.length) followReply(wire, parentId)
        if (type === 'livechat-close') onClosed(roomId)
        if (!isQuiet && transfer?.department) conversation.update({ department: transfer.department })
      }
      if (!isQuiet) onNewMessages(newMessages.filter(({ state }) => state === 'sent'))
      return wireMessages
    },

    showQuote(id) {
      const room = facts.room.peek()
      const parentId = conversation.findMessage(id)?.unfetchedParentId
      if (room && parentId) addParentQuote(id, room.id, parentId)
    },
  }
}
