/** Everything that arrives for the conversation passes here: history, live messages, echoes, replays. */
import type { Core } from '../../visitor/contracts'
import { decodeMessage, type WireMessage } from '../../wire/messages'
import type { Calls } from './calls'
import type { Message, Quote } from '../contracts'
import type { Conversation, Received } from '../conversation'
import type { Shape } from './shape'

export interface InboxOptions {
  core: Core
  conversation: Conversation
  calls: Calls
  shape: Shape
  /** Messages new to this page, in order. */
  onFresh(messages: Message[]): void
  /** The room was closed by either side. */
  onClosed(roomId: string): void
}

const quoteLength = 200

export const createInbox = ({ core, conversation, calls, shape, onFresh, onClosed }: InboxOptions) => {
  const { facts } = conversation
  const parents = new Map<string, Promise<Quote | undefined>>()

  const see = (message: WireMessage): Message | undefined => {
    const state = core.visitor.current()
    return shape(message, {
      token: state?.token ?? '',
      visitorId: state?.visitor?.visitorId,
      config: facts.config.peek(),
    })
  }

  const quoteOf = ({ author, text, files }: Message): Quote => ({
    author: author.name,
    text: (text || files[0]?.name || '').slice(0, quoteLength),
  })

  /** A reply in a thread is shown with what it replies to, which may be older than what is loaded. */
  const parentOf = (id: string, roomId: string): Promise<Quote | undefined> => {
    const known = conversation.find(id)
    if (known) return Promise.resolve(quoteOf(known))
    const asked =
      parents.get(id) ??
      core.visitor.state().then(async ({ token }) => {
        const answer = await calls.message(token, roomId, id)
        const parent = answer.kind === 'ok' ? decodeMessage(answer.body.message) : undefined
        const seen = parent && see(parent)
        if (!seen) parents.delete(id)
        return seen && quoteOf(seen)
      })
    parents.set(id, asked)
    return asked
  }

  const quoteParent = async (id: string, parentId: string, roomId: string) => {
    const quote = await parentOf(parentId, roomId)
    const reply = conversation.find(id)
    if (quote && reply && !reply.quotes.length) conversation.amend(id, { quotes: [quote] })
  }

  return {
    /** `quiet`: nobody is told of what is new in it. */
    take(values: unknown[], quiet = false): WireMessage[] {
      const room = facts.room.peek()
      const wires = values
        .map(decodeMessage)
        .filter((wire): wire is WireMessage => !!wire && !!room && (!wire.roomId || wire.roomId === room.id))
      const received = wires.flatMap((wire): Received[] => {
        const message = see(wire)
        const old = message && conversation.find(wire.id)
        if (message && wire.parentId && old?.quotes.length && !message.quotes.length) message.quotes = old.quotes
        return message ? [{ message, updatedAt: wire.updatedAt }] : []
      })
      const fresh = conversation.receive(received)
      for (const { id, parentId, roomId, type } of wires) {
        if (parentId && type !== 'rm' && !conversation.find(id)?.quotes.length) void quoteParent(id, parentId, roomId)
        if (type === 'livechat-close') onClosed(roomId)
      }
      if (!quiet) onFresh(fresh.filter(({ state }) => state === 'sent'))
      return wires
    },
  }
}

export type Inbox = ReturnType<typeof createInbox>
