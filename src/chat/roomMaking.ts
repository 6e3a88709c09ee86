import type { Verdict } from '../tracking/contracts'
import type { VisitorState } from '../tracking/stored'
import type { Core } from '../visitor/contracts'
import type { Answer } from '../wire/answer'
import { asObject, asText } from '../wire/coerce'

/** Where messages and files are sent to. */
export interface OpenRoom {
  kind: 'open'
  token: string
  roomId: string
}

export interface RoomMakingParts {
  core: Pick<Core, 'visitor' | 'call' | 'options'>
  /** The server has made this room, or found it, and every tab has been told. */
  onMade(roomId: string): void
}

export interface RoomMaking {
  /** The room to send to. Registers the visitor and makes the room if need be; the verdict says why there is none. */
  findOrMake(): Promise<OpenRoom | Verdict>
  /** This page has made the room, so nothing in it is old. */
  isNew(roomId: string): boolean
}

/**
 * The verdict for a record whose call has no final answer: it is tried again. After silence a lane of visits first asks a harmless
 * question, because a visit sent twice is counted twice; a message has an id, and the server stores it once.
 */
export const retryVerdict = (answer: Answer): Verdict => ({
  kind: 'wait',
  ...(answer.kind === 'limited' && { ms: answer.retryAfterMs, limited: true }),
})

/** The verdict for a record that waits for a registration which has failed. */
const registrationVerdict = (error: unknown): Verdict => {
  // `register` rejects with a TagalongError only; whatever else is thrown has none of these, and is tried again.
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

/** How a visitor without an open room comes to one: registered first, then a room asked of the server. */
export const createRoomMaking = ({ core: { call, visitor, options }, onMade }: RoomMakingParts): RoomMaking => {
  const madeHere = new Set<string>()

  const registeredState = async (): Promise<VisitorState> => {
    const state = await visitor.state()
    if (state.visitor) return state
    await visitor.register({}, true)
    return visitor.state()
  }

  const make = async (token: string): Promise<OpenRoom | Verdict> => {
    const answer = await call('GET', 'livechat/room', { query: { token, agentId: options().agent?.id } })
    const roomId = answer.kind === 'ok' ? asText(asObject(answer.body.room)._id) : ''
    if (answer.kind === 'ok' && roomId) {
      if (answer.body.newRoom === true) madeHere.add(roomId)
      await visitor.setRoom(roomId)
      onMade(roomId)
      return { kind: 'open', token, roomId }
    }
    // A token the server has lost is registered again by `core.call`, so it is no final answer.
    const isFinal = answer.kind === 'refused' && answer.status < 500 && answer.code !== 'invalid-token'
    return isFinal ? { kind: 'drop', code: answer.code, says: answer.says } : retryVerdict(answer)
  }

  return {
    isNew: (roomId) => madeHere.has(roomId),

    async findOrMake() {
      let state: VisitorState
      try {
        state = await registeredState()
      } catch (error) {
        return registrationVerdict(error)
      }
      return state.roomId ? { kind: 'open', token: state.token, roomId: state.roomId } : make(state.token)
    },
  }
}
