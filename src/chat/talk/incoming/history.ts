import type { Core } from '../../../visitor/contracts'
import type { Answer } from '../../../wire/answer'
import type { WireMessage } from '../../../wire/messages'
import { asList, asObject } from '../../../wire/coerce'
import { pathSegment } from '../../../wire/paths'
import type { Message } from '../../contracts'
import type { Conversation } from '../../conversation'
import type { Room } from '../../room'
import { createFetchedMessages } from './fetchedMessages'

export interface HistoryParts {
  core: Pick<Core, 'visitor' | 'call' | 'clock' | 'guard'>
  conversation: Pick<Conversation, 'facts' | 'update' | 'messages' | 'keepMessages'>
  /** `isQuiet`: the visitor is not told of what is new. */
  receive(values: unknown[], isQuiet?: boolean): WireMessage[]
  isNewRoom: Room['isNew']
}

/** `later`: there was no answer; how long to wait before asking again. */
export type SyncResult = { kind: 'done' } | { kind: 'later'; delayMs: number }

export interface History {
  /** Asks for the latest page. Whoever asks while an answer is under way waits for the next one. */
  sync(): Promise<SyncResult>
  /** As `sync`, and again until there is an answer. */
  syncUntilAnswered(): Promise<void>
  /** Whether the latest page of this room has been fetched. */
  isLoaded(): boolean
  loadOlder(): Promise<void>
  /** Another conversation begins. */
  reset(): void
}

const pageSize = 50
const retryDelayMs = 5000

/** Neither waiting to be sent, nor a greeting that exists only here. */
const isOnServer = ({ state, greeting }: Message): boolean => state === 'sent' && !greeting

/** The past: the latest page whenever something may have been missed, older pages when the visitor scrolls up. */
export const createHistory = ({ core, conversation, receive, isNewRoom }: HistoryParts): History => {
  const { facts, update } = conversation
  let syncing: Promise<SyncResult> | undefined
  let isAskedAgain = false
  /** The room whose latest page has been fetched. */
  let loadedRoomId: string | undefined
  const fetched = createFetchedMessages()
  let cancelRetry = () => {}

  const fetchPage = async (roomId: string, end?: string): Promise<Answer> => {
    const { token } = await core.visitor.state()
    return core.call('GET', `livechat/messages.history/${pathSegment(roomId)}`, {
      query: { token, limit: pageSize, end },
    })
  }

  const fetchLatest = async (): Promise<SyncResult> => {
    const room = facts.room.peek()
    if (!room) return { kind: 'done' }
    const answer = await fetchPage(room.id)
    if (facts.room.peek()?.id !== room.id) return { kind: 'done' }
    if (answer.kind !== 'ok')
      return answer.kind === 'refused' && answer.status < 500
        ? { kind: 'done' }
        : { kind: 'later', delayMs: answer.kind === 'limited' ? answer.retryAfterMs : retryDelayMs }
    const values = asList(answer.body.messages)
    const ids = new Set(values.map((value) => asObject(value)._id))
    const isFirstPage = loadedRoomId !== room.id
    const isFull = values.length >= pageSize
    const isOverlapping = conversation.messages.peek().some((message) => isOnServer(message) && ids.has(message.id))
    if (isFirstPage || (isFull && !isOverlapping)) {
      // Between this page and what is shown some messages are missing. What is shown comes back in its place when the visitor scrolls up.
      if (isFull && !isFirstPage) conversation.keepMessages((message) => !isOnServer(message))
      fetched.forget()
      update({ older: isFull ? 'more' : 'none' })
    }
    fetched.note(receive(values, isFirstPage && !isNewRoom(room.id)))
    loadedRoomId = room.id
    return { kind: 'done' }
  }

  const sync = (): Promise<SyncResult> => {
    cancelRetry()
    if (syncing) isAskedAgain = true
    return (syncing ??= (async () => {
      let result: SyncResult
      do {
        isAskedAgain = false
        result = await fetchLatest()
      } while (isAskedAgain && result.kind === 'done')
      syncing = undefined
      return result
    })())
  }

  const syncUntilAnswered = async (): Promise<void> => {
    const result = await sync()
    if (result.kind === 'later' && facts.isPageVisible.peek())
      cancelRetry = core.clock.after(result.delayMs, core.guard(syncUntilAnswered))
  }

  return {
    sync,
    syncUntilAnswered,
    isLoaded: () => !!loadedRoomId && loadedRoomId === facts.room.peek()?.id,

    async loadOlder() {
      const room = facts.room.peek()
      const oldestAtMs = fetched.oldestAtMs()
      if (!room || oldestAtMs === Infinity || facts.older.peek() !== 'more') return
      update({ older: 'loading' })
      // One millisecond more: other messages of the same millisecond may lie on either page.
      const answer = await fetchPage(room.id, new Date(oldestAtMs + 1).toISOString())
      if (facts.room.peek()?.id !== room.id) return
      if (answer.kind !== 'ok') return update({ older: 'more' })
      const values = asList(answer.body.messages)
      // A server that gives the same page again has nothing older, or does not understand the question.
      const isNew = fetched.note(receive(values, true))
      update({ older: isNew && values.length >= pageSize ? 'more' : 'none' })
    },

    reset() {
      loadedRoomId = undefined
      fetched.forget()
      cancelRetry()
    },
  }
}
