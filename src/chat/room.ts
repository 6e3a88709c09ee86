import type { Verdict } from '../tracking/contracts'
import type { VisitorState } from '../tracking/stored'
import type { Core } from '../visitor/contracts'
import type { Conversation } from './conversation'
import { endedRoomKey } from './keys'
import { createRoomMaking, type OpenRoom, type RoomMaking } from './roomMaking'

/** Somebody who comes back after this begins a new conversation. */
const endedRoomMaxAgeMs = 12 * 3_600_000

export interface RoomParts {
  core: Pick<Core, 'storage' | 'visitor' | 'clock' | 'call' | 'lock' | 'options'>
  conversation: Pick<Conversation, 'facts' | 'update'>
  /** Asks the server whether the open room is still open. */
  refreshRoomState(): Promise<void>
  /** Another conversation begins: the messages shown so far belong to the one before. */
  onNewConversation(): void
  /** Another visitor uses this browser now. */
  onNewVisitor(): void
}

export interface Room extends Pick<RoomMaking, 'isNew'> {
  /** Shows the room of an earlier page: the open one, or the one that ended last. */
  restore(): Promise<void>
  followVisitor(state: VisitorState): void
  /** A copy of the config, fetched at that time, names this open room, or none. */
  followConfig(roomId: string | undefined, fetchedAtMs: number): Promise<void>
  /** The room to send to. Registers the visitor and makes the room if need be; the verdict says why there is none. */
  ensureOpen(): Promise<OpenRoom | Verdict>
  /** The conversation in this room is over, and stays on screen. */
  end(roomId: string): void
  /** Takes an ended conversation off the screen. */
  leave(): Promise<void>
}

/** The room: made with the first message and not before, one for all tabs, and over when either side says so. */
export const createRoom = ({
  core,
  conversation: { facts, update },
  refreshRoomState,
  onNewConversation,
  onNewVisitor,
}: RoomParts): Room => {
  const { clock, storage, visitor } = core
  const lock = core.lock('room')
  let token: string | undefined
  /** A copy of the config from before this time knows nothing of the room. */
  let changedAtMs = 0

  const enter = (id: string) => {
    const before = facts.room.peek()
    if (before?.id === id && before.open) return
    if (before && before.id !== id) onNewConversation()
    changedAtMs = clock.now()
    update({ room: { id, open: true }, ...(before?.id === id ? {} : { agent: undefined, queue: undefined }) })
    void storage.delete(endedRoomKey)
  }

  const end = (id: string) => {
    const room = facts.room.peek()
    if (room?.id !== id || !room.open) return
    changedAtMs = clock.now()
    update({ room: { id, open: false }, queue: undefined, typing: [] })
    void storage.set(endedRoomKey, { id, at: clock.now() })
    void visitor.setRoom(undefined)
  }

  const leave = () => {
    changedAtMs = clock.now()
    onNewConversation()
    update({ room: undefined, agent: undefined, queue: undefined, typing: [], older: 'none' })
    return storage.delete(endedRoomKey)
  }

  const followVisitor = (state: VisitorState) => {
    // A token that became another one is still the same visitor's.
    if (token && token !== state.token && !Object.hasOwn(state.became ?? {}, token)) {
      void leave()
      onNewVisitor()
    }
    token = state.token
    const room = facts.room.peek()
    if (state.roomId) enter(state.roomId)
    else if (room?.open) end(room.id)
  }

  const { isNew, findOrMake } = createRoomMaking({ core, onMade: enter })

  return {
    followVisitor,
    end,
    leave,
    isNew,

    async restore() {
      const [state, ended] = await Promise.all([visitor.state(), storage.get<{ id: string; at: number }>(endedRoomKey)])
      if (!state.roomId && ended && clock.now() - ended.at < endedRoomMaxAgeMs)
        update({ room: { id: ended.id, open: false } })
      followVisitor(state)
    },

    async followConfig(roomId, fetchedAtMs) {
      const room = facts.room.peek()
      if (fetchedAtMs < changedAtMs || roomId === room?.id) return
      if (roomId) return visitor.setRoom(roomId)
      // The copy may have been asked for before the room was made: only a question asked now tells an end from a beginning.
      if (room?.open) await refreshRoomState()
    },

    async ensureOpen() {
      if (facts.config.peek()?.consent.required && !facts.visitorAnswers.peek()?.consent) return { kind: 'hold' }
      // The lock is given up when the page goes; then the message waits for the next page.
      let room: OpenRoom | Verdict = { kind: 'wait' }
      await lock.hold(async () => {
        room = await findOrMake()
      })
      return room
    },
  }
}
