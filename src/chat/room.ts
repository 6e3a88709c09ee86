/** The room: made with the first message and not before, one for all tabs, and over when either side says so. */
import type { Answer } from '../wire/answer'
import type { Core } from '../visitor/contracts'
import type { Verdict, VisitorState } from '../tracking/contracts'
import { object, text } from '../wire/coerce'
import type { Conversation } from './conversation'

/** The room that ended last in this browser, until a new chat is begun. */
const endedKey = 'chat/ended'
/** Whoever comes back after this begins anew. */
const endedForMs = 12 * 3_600_000

export interface Place {
  kind: 'open'
  token: string
  roomId: string
}

export interface RoomOptions {
  core: Core
  conversation: Conversation
  /** Asks what is true of the room now. */
  look(): Promise<void>
  /** Another conversation begins: what was shown belongs to the one before. */
  onClear(): void
  /** Somebody else uses this browser now. */
  onStranger(): void
}

/**
 * What becomes of a record whose call was not answered for good: it is tried again. Silence is no reason to ask harmless questions
 * first, as it is for visits: a message has an id, and nothing is stored twice.
 */
export const later = (answer: Answer): Verdict => ({
  kind: 'wait',
  ...(answer.kind === 'limited' && { ms: answer.retryAfterMs, limited: true }),
})

/** What becomes of a record that waits for a registration which was not to be had. */
const registrationOutcome = (error: unknown): Verdict => {
  const {
    code,
    serverCode = 'refused',
    says = '',
    retryAfterMs: ms,
  } = error as { code?: string; serverCode?: string; says?: string; retryAfterMs?: number }
  return code === 'refused'
    ? { kind: 'drop', code: serverCode, says }
    : { kind: 'wait', ms, limited: code === 'limited' }
}

export const createRoom = ({ core, conversation: { facts, note }, look, onClear, onStranger }: RoomOptions) => {
  const lock = core.lock('room')
  const made = new Set<string>()
  let token: string | undefined
  /** Copies of the config older than this know nothing of the room. */
  let changedAtMs = 0

  const enter = (id: string) => {
    const before = facts.room.peek()
    if (before?.id === id && before.open) return
    if (before && before.id !== id) onClear()
    changedAtMs = core.clock.now()
    note({ room: { id, open: true }, ...(before?.id === id ? {} : { agent: undefined, queue: undefined }) })
    void core.storage.delete(endedKey)
  }

  const end = (id: string) => {
    if (facts.room.peek()?.id !== id || !facts.room.peek()?.open) return
    changedAtMs = core.clock.now()
    note({ room: { id, open: false }, queue: undefined, typing: [] })
    void core.storage.set(endedKey, { id, at: core.clock.now() })
    void core.visitor.setRoom(undefined)
  }

  const leave = () => {
    changedAtMs = core.clock.now()
    onClear()
    note({ room: undefined, agent: undefined, queue: undefined, typing: [], older: 'none' })
    return core.storage.delete(endedKey)
  }

  const follow = (state: VisitorState) => {
    if (token && token !== state.token && !Object.hasOwn(state.became ?? {}, token)) {
      void leave()
      onStranger()
    }
    token = state.token
    const room = facts.room.peek()
    if (state.roomId) enter(state.roomId)
    else if (room?.open) end(room.id)
  }

  return {
    follow,
    end,
    leave,
    /** Made by this page: nothing in it is of the past. */
    isNew: (id: string): boolean => made.has(id),

    async recall() {
      const [state, ended] = await Promise.all([
        core.visitor.state(),
        core.storage.get<{ id: string; at: number }>(endedKey),
      ])
      if (!state.roomId && ended && core.clock.now() - ended.at < endedForMs)
        note({ room: { id: ended.id, open: false } })
      follow(state)
    },

    /** What the server's config says of the room. */
    async heard(roomId: string | undefined, atMs: number) {
      const room = facts.room.peek()
      if (atMs < changedAtMs || roomId === room?.id) return
      if (roomId) return core.visitor.setRoom(roomId)
      // A copy may have been asked for before the room was made: only a question asked now tells an end from a beginning.
      if (room?.open) await look()
    },

    /** The server says there is no such open room: forget it, so that the next message makes one. */
    async gone(id: string) {
      if ((await core.visitor.state()).roomId !== id) return
      end(id)
      await core.visitor.setRoom(undefined)
    },

    /** Where to send to; registers and makes the room if need be. */
    async ensure(): Promise<Place | Verdict> {
      let found: Place | Verdict = { kind: 'wait' }
      if (facts.config.peek()?.consent.required && !facts.passed.peek()?.consent) return { kind: 'hold' }
      await lock.hold(async () => {
        let state = await core.visitor.state()
        if (!state.visitor) {
          try {
            await core.visitor.register({})
          } catch (error) {
            found = registrationOutcome(error)
            return
          }
          state = await core.visitor.state()
        }
        const { token, roomId } = state
        if (roomId) {
          found = { kind: 'open', token, roomId }
          return
        }
        const answer = await core.call('GET', 'livechat/room', { query: { token } })
        const id = answer.kind === 'ok' ? text(object(answer.body.room)._id) : ''
        if (id) {
          if (answer.kind === 'ok' && answer.body.newRoom === true) made.add(id)
          await core.visitor.setRoom(id)
          enter(id)
          found = { kind: 'open', token, roomId: id }
        } else {
          // A token the server has lost is registered again by whoever makes the calls.
          const final = answer.kind === 'refused' && answer.status < 500 && answer.code !== 'invalid-token'
          found = final ? { kind: 'drop', code: answer.code, says: answer.says } : later(answer)
        }
      })
      return found
    },
  }
}

export type Room = ReturnType<typeof createRoom>
