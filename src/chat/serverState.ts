import type { ConfigCopy } from '../tracking/stored'
import type { Core } from '../visitor/contracts'
import { limitedForMs } from '../visitor/limitedForMs'
import { backoffMs } from '../wire/backoff'
import { decodeConfig, decodeLive, type WireAgent } from '../wire/config'
import { madeSafe, toJson } from '../wire/json'
import { openPanelSettingsAgeMs } from '../wire/settingsAge'
import type { Addresses } from './addresses'
import { agentName, departmentName } from './agentName'
import type { Person } from './contracts'
import type { Conversation } from './conversation'
import type { Room } from './room'

const firstRetryDelayMs = 2000

export interface ServerStateParts {
  core: Pick<Core, 'settings' | 'storage' | 'visitor' | 'options' | 'clock' | 'guard' | 'isServerForbidden'>
  conversation: Pick<Conversation, 'facts' | 'update'>
  addresses: Addresses
  followRoom: Room['followConfig']
}

export interface ServerState {
  /** A copy of the config has come. */
  apply(copy: ConfigCopy): Promise<void>
  personOf(agent: WireAgent | undefined): Person | undefined
  /** Shows the looks of the last copy, whatever its age. */
  restore(): Promise<void>
  /** Asks the server, unless there is a copy younger than `maxAgeMs`. Without an answer it asks again for as long as the panel is looked at. */
  refresh(maxAgeMs: number): Promise<void>
  /** The panel opens: what an old copy says of agents and queue is not shown. */
  expire(): void
  stop(): void
}

/** What `livechat/config` says of the looks, which last, and of agents, queue and room, which pass. */
export const createServerState = ({
  core,
  conversation: { facts, update },
  addresses,
  followRoom,
}: ServerStateParts): ServerState => {
  let shownConfigJson = ''
  let cancelRetry = () => {}
  let failures = 0
  let appliedAtMs = 0

  const personOf = (agent: WireAgent | undefined): Person | undefined => {
    if (!agent) return undefined
    const name = agentName(agent.name, core.options(), departmentName(facts))
    const hidden = agent.hidden || !name || undefined
    return { ...agent, name, hidden, avatarUrl: hidden ? undefined : addresses.avatar(agent.username) }
  }

  const isLookedAt = () => facts.isPanelOpen.peek() && facts.isPageVisible.peek()

  const showConfig = (copy: ConfigCopy) => {
    // In place, so that whoever reads the copy after this reads what is safe.
    madeSafe(copy.config)
    const config = decodeConfig(copy.config, addresses.picture)
    const json = toJson(config)
    if (json !== shownConfigJson) update({ config })
    shownConfigJson = json
  }

  const apply = async (copy: ConfigCopy) => {
    showConfig(copy)
    appliedAtMs = copy.at
    const { online, token, roomId, department, agent, queue } = decodeLive(copy.config)
    update({ online, serverAnswer: 'received' })
    // Somebody else may use this browser by now, and the rest is about the one before.
    if (token && token !== (await core.visitor.state()).token) return
    update({ department })
    await followRoom(roomId, copy.at)
    // A live websocket tells agent and queue sooner than any copy.
    if (roomId && roomId === facts.room.peek()?.id && facts.socket.peek().state !== 'live')
      update({ agent: personOf(agent), queue })
  }

  const refresh = async (maxAgeMs: number): Promise<void> => {
    cancelRetry()
    if (!facts.isStoringAllowed.peek()) return
    // Once nobody has answered, the copy from before is no answer, of however short an age.
    const copy = await core.settings.fresh(failures && appliedAtMs ? 0 : maxAgeMs)
    // With an open room the websocket says how the connection is; without one nobody else does.
    const hasRoom = facts.room.peek()?.open
    if (copy) {
      if (failures && !hasRoom) update({ socket: { state: 'idle' } })
      failures = 0
      return apply(copy)
    }
    // The visitor may write all the same: the message waits, as it does when the server falls silent with the panel open.
    if (facts.serverAnswer.peek() === 'pending') update({ serverAnswer: 'failed', online: true })
    failures++
    if (!isLookedAt() || core.isServerForbidden()) return
    const delayMs = (await limitedForMs(core.storage)) || backoffMs(failures, Math.random, firstRetryDelayMs)
    if (!hasRoom) update({ socket: { state: 'waiting', retryAtMs: core.clock.now() + delayMs } })
    cancelRetry = core.clock.after(
      delayMs,
      core.guard(() => (isLookedAt() ? refresh(maxAgeMs) : undefined)),
    )
  }

  return {
    apply,
    personOf,
    refresh,

    async restore() {
      const copy = await core.settings.cached()
      if (copy && !facts.config.peek()) showConfig(copy)
    },

    expire() {
      if (core.clock.now() - appliedAtMs > openPanelSettingsAgeMs) update({ serverAnswer: 'pending' })
    },

    stop: () => cancelRetry(),
  }
}
