/** How things stand: what the server's config says of looks, and of this moment. */
import type { ConfigCopy } from '../tracking/contracts'
import type { Core } from '../visitor/contracts'
import { decodeConfig, decodeLive, type WireAgent } from '../wire/config'
import { toJson } from '../wire/json'
import type { Addresses } from './addresses'
import type { Person } from './contracts'
import type { Conversation } from './conversation'

export interface StandingOptions {
  core: Core
  conversation: Conversation
  addresses: Addresses
  /** The server knows of this open room, or of none. */
  onRoom(roomId: string | undefined, atMs: number): Promise<void>
}

/** At rest the config is asked for no more often. */
export const idleAgeMs = 600_000
/** What an open panel may still show. */
export const openPanelAgeMs = 30_000

export const createStanding = ({ core, conversation, addresses, onRoom }: StandingOptions) => {
  const { facts, note } = conversation
  let lookedAt = ''
  let undoRetry = () => {}
  let failures = 0
  let appliedAtMs = 0

  const person = (agent: WireAgent | undefined): Person | undefined =>
    agent && { ...agent, avatarUrl: agent.hidden ? undefined : addresses.avatar(agent.username) }

  const looks = ({ config }: ConfigCopy) => {
    const decoded = decodeConfig(config, addresses.absolute)
    const looked = toJson(decoded)
    if (looked !== lookedAt) note({ config: decoded })
    lookedAt = looked
  }

  const apply = async (copy: ConfigCopy) => {
    looks(copy)
    appliedAtMs = copy.at
    const { online, roomId, agent, queue } = decodeLive(copy.config)
    note({ online, asked: 'answered' })
    await onRoom(roomId, copy.at)
    // While the socket lives, its word counts.
    if (roomId && roomId === facts.room.peek()?.id && facts.socket.peek().state !== 'live')
      note({ agent: person(agent), queue })
  }

  /** Asks the server, unless what is known is young enough. Without an answer it is asked again, as long as somebody looks. */
  const refresh = async (maxAgeMs: number): Promise<void> => {
    undoRetry()
    const copy = await core.settings.fresh(maxAgeMs)
    const idle = !facts.room.peek()?.open
    if (copy) {
      if (failures && idle) note({ socket: { state: 'idle' } })
      failures = 0
      return apply(copy)
    }
    // Nobody answers: what is written waits, as it would with the panel open already.
    if (facts.asked.peek() === 'not yet') note({ asked: 'in vain', online: true })
    if (!facts.open.peek() || !facts.visible.peek()) return
    const delayMs = Math.min(60_000, 2000 * 2 ** failures++)
    if (idle) note({ socket: { state: 'waiting', retryAtMs: core.clock.now() + delayMs } })
    undoRetry = core.clock.after(
      delayMs,
      core.guard(() => (facts.open.peek() && facts.visible.peek() ? refresh(maxAgeMs) : undefined)),
    )
  }

  return {
    apply,
    person,

    /** Looks as they were the last time. */
    async recall() {
      const copy = await core.settings.cached()
      if (copy && !facts.config.peek()) looks(copy)
    },

    refresh,

    /** Somebody looks now: what was heard too long ago is not shown. */
    expire() {
      if (core.clock.now() - appliedAtMs > openPanelAgeMs) note({ asked: 'not yet' })
    },

    stop: () => undoRetry(),
  }
}

export type Standing = ReturnType<typeof createStanding>
