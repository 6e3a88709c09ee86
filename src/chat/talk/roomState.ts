import type { Core } from '../../visitor/contracts'
import { decodeLive } from '../../wire/config'
import { asObject } from '../../wire/coerce'
import type { Conversation, Facts } from '../conversation'
import type { ServerState } from '../serverState'

export interface RoomStateParts {
  core: Pick<Core, 'visitor' | 'call' | 'clock' | 'guard'>
  conversation: Pick<Conversation, 'facts' | 'update'>
  personOf: ServerState['personOf']
  /** The server has no open room any more. */
  onGone(roomId: string): void
}

export interface RoomState {
  /** Asks the server now. */
  refresh(): Promise<void>
  /** The room's own stream tells of a change. */
  update(change: Pick<Partial<Facts>, 'agent' | 'queue'>): void
  stop(): void
}

/** Who answers in the open room, how long the queue before it is, and whether it is still open. */
export const createRoomState = ({
  core,
  conversation: { facts, update },
  personOf,
  onGone,
}: RoomStateParts): RoomState => {
  /** How many changes the room's stream has brought. */
  let streamChanges = 0
  let cancelRetry = () => {}
  /** The server's limiter has named a time, and then this asks again by itself. */
  let isLimited = false

  /** Not through `core.settings`: an answer that another part or tab has got a moment ago may be older than the room. */
  const refresh = async (): Promise<void> => {
    if (isLimited) return
    const { token } = await core.visitor.state()
    const changesBefore = streamChanges
    const answer = await core.call('GET', 'livechat/config', { query: { token } })
    const room = facts.room.peek()
    if (!room?.open) return
    if (answer.kind === 'limited') {
      isLimited = true
      cancelRetry = core.clock.after(answer.retryAfterMs, refreshAfterLimit)
    }
    if (answer.kind !== 'ok') return
    const config = asObject(answer.body.config)
    const { roomId, department, agent, queue } = decodeLive(config)
    if (roomId === room.id) {
      // A change that the stream has brought while the answer was on its way is newer than the answer.
      if (streamChanges === changesBefore) update({ agent: personOf(agent), queue, department })
    } else if (roomId) {
      // Up to 2.x a message to a closed room opens another, and the answer does not say which.
      void core.visitor.setRoom(roomId)
    } else if (config.enabled !== false) onGone(room.id)
  }

  const refreshAfterLimit = core.guard(() => {
    isLimited = false
    return refresh()
  })

  return {
    refresh,
    update(change) {
      streamChanges++
      update(change)
    },
    stop: () => cancelRetry(),
  }
}
