/** What is true of the open room at this very moment: asked, or heard from its stream. */
import type { Core } from '../../visitor/contracts'
import { decodeLive, type WireAgent } from '../../wire/config'
import { object } from '../../wire/coerce'
import type { Person } from '../contracts'
import type { Conversation, Facts } from '../conversation'

export interface MomentOptions {
  core: Core
  conversation: Conversation
  person(agent: WireAgent | undefined): Person | undefined
  /** The open room is no more. */
  onGone(roomId: string): void
}

export const createMoment = ({ core, conversation: { facts, note }, person, onGone }: MomentOptions) => {
  let heard = 0
  let undoLook = () => {}

  /** Not shared with whoever has asked just before. */
  const look = async (): Promise<void> => {
    const { token } = await core.visitor.state()
    const before = heard
    const answer = await core.call('GET', 'livechat/config', { query: { token } })
    const room = facts.room.peek()
    if (!room?.open) return
    if (answer.kind === 'limited') undoLook = core.clock.after(answer.retryAfterMs, core.guard(look))
    if (answer.kind !== 'ok') return
    const config = object(answer.body.config)
    const { roomId, agent, queue } = decodeLive(config)
    // What the socket has said meanwhile is newer.
    if (roomId === room.id) heard === before && note({ agent: person(agent), queue })
    else if (!roomId && config.enabled !== false) onGone(room.id)
  }

  return {
    look,

    /** The room's own stream has spoken. */
    hear(change: Pick<Partial<Facts>, 'agent' | 'queue'>) {
      heard++
      note(change)
    },

    stop: () => undoLook(),
  }
}
