/** The past: the latest page whenever something may have been missed, older ones when the visitor scrolls up. */
import type { Core } from '../../visitor/contracts'
import { list } from '../../wire/coerce'
import type { WireMessage } from '../../wire/messages'
import type { Calls } from './calls'
import type { Conversation } from '../conversation'

export interface HistoryOptions {
  core: Core
  conversation: Conversation
  calls: Calls
  take(values: unknown[], quiet?: boolean): WireMessage[]
  isNew(roomId: string): boolean
}

const pageSize = 50
const againMs = 5000

/** `done`, or how long to wait before asking again. */
export type Synced = { kind: 'done' } | { kind: 'later'; ms: number }

export const createHistory = ({ core, conversation, calls, take, isNew }: HistoryOptions) => {
  const { facts, note } = conversation
  let asking: Promise<Synced> | undefined
  let again = false
  /** The room whose latest page is here. */
  let loaded = ''
  let undoRetry = () => {}

  const ask = async (): Promise<Synced> => {
    const room = facts.room.peek()
    if (!room) return { kind: 'done' }
    const { token } = await core.visitor.state()
    const answer = await calls.history(token, room.id, pageSize)
    if (facts.room.peek()?.id !== room.id) return { kind: 'done' }
    if (answer.kind !== 'ok')
      return answer.kind === 'refused' && answer.status < 500
        ? { kind: 'done' }
        : { kind: 'later', ms: answer.kind === 'limited' ? answer.retryAfterMs : againMs }
    const values = list(answer.body.messages)
    const ids = new Set(values.map((value) => (value as { _id?: unknown } | null)?._id))
    const known = conversation.messages.peek().filter(({ state, greeting }) => state === 'sent' && !greeting)
    const full = values.length >= pageSize
    // A whole page of strangers: what lies between them and the known was missed, and comes back by scrolling up.
    if (loaded !== room.id || (full && !known.some(({ id }) => ids.has(id)))) {
      if (full && loaded === room.id) conversation.keep(({ state, greeting }) => state !== 'sent' || !!greeting)
      note({ older: full ? 'more' : 'none' })
    }
    take(values, loaded !== room.id && !isNew(room.id))
    loaded = room.id
    return { kind: 'done' }
  }

  /** Asks for the latest page; who asks meanwhile gets the next answer. */
  const sync = (): Promise<Synced> => {
    undoRetry()
    if (asking) again = true
    return (asking ??= (async () => {
      let synced: Synced
      do {
        again = false
        synced = await ask()
      } while (again && synced.kind === 'done')
      asking = undefined
      return synced
    })())
  }

  const syncSurely = async (): Promise<void> => {
    const synced = await sync()
    if (synced.kind === 'later' && facts.visible.peek()) undoRetry = core.clock.after(synced.ms, core.guard(syncSurely))
  }

  return {
    sync,
    /** As `sync`, and again until it has been answered. */
    syncSurely,
    loaded: () => loaded === facts.room.peek()?.id,

    async older() {
      const room = facts.room.peek()
      const first = conversation.messages.peek().find(({ state, greeting }) => state === 'sent' && !greeting)
      if (!room || !first || facts.older.peek() !== 'more') return
      note({ older: 'loading' })
      const { token } = await core.visitor.state()
      // One millisecond more: what was said in the same one may lie on either page.
      const answer = await calls.history(token, room.id, pageSize, new Date(first.at + 1).toISOString())
      if (facts.room.peek()?.id !== room.id) return
      if (answer.kind !== 'ok') return note({ older: 'more' })
      const values = list(answer.body.messages)
      note({ older: values.length >= pageSize ? 'more' : 'none' })
      take(values, true)
    },

    forget() {
      loaded = ''
      undoRetry()
    },
  }
}
