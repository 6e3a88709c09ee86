/** What is behind the door: calls of every kind, who the visitor becomes, checks, and the whole core. Fetched with the chat, or when the host asks. */
import { TagalongError, type Check, type Guest, type Visitor } from '../options'
import type { Core } from './contracts'
import type { ServerSettings, VisitorState } from '../tracking/contracts'
import type { Undo } from '../browser/ports'
import { createCore } from './core'
import type { Tracking } from '../tracking'
import { createPerson } from './registration'
import { shareLane, tabsOf } from '../browser/tabs'
import { createTransport } from './transport'

export interface Door {
  core: Core
  identify(guest: Guest): Promise<Visitor>
  diagnose(): Promise<Check[]>
  reset(): Promise<void>
  forget(): Promise<void>
  /** Word to the host of another visitor, or another room. */
  announce(now: VisitorState, before: VisitorState): void
  stop: Undo
}

export const openDoor = (tracking: Tracking, settings: ServerSettings): Door => {
  const { server, emit, guard, permission, clock, doc, journal, storage, send, visitor, visits, newId, options } = tracking
  const tabs = tabsOf(tracking)
  const lane: Core['lane'] = (laneOptions) => shareLane(tabs, laneOptions, tracking.lane(laneOptions))
  const change = async (how: (old: VisitorState) => VisitorState) => {
    const state = await visitor.change(how)
    tabs.post('visitor')
    return state
  }
  const { call, knock, whereRedirected } = createTransport({ server, send })
  const { register, reset, forget, call: callAs } = createPerson({
    storage,
    journal,
    clock,
    doc,
    tabs,
    settings,
    visitor: { ...visitor, change },
    call,
    lane,
    newId,
    guard,
    visits,
    onRegistered({ visitorId, username }) {
      visits.wake()
      emit('registered', { visitorId, username })
    },
    onRefused: (detail) => core.report('refused', detail),
    async forgetHere() {
      tabs.post('forget')
      await (await tracking.trouble())?.afresh()
    },
  })
  const door = {
    reset,
    forget,
    announce({ token, roomId }: VisitorState, before: VisitorState) {
      if (before.token !== token) emit('identity', {})
      if (before.roomId === roomId) return
      if (before.roomId) emit('chat-end', { roomId: before.roomId })
      if (roomId) emit('chat-start', { roomId })
      visits.wake()
    },
    async identify(guest: Guest) {
      if (Object(guest) !== guest) throw new TagalongError('bad-call', 'identify() takes an object such as { name, email }.')
      if (!permission.mayStore()) throw new TagalongError('no-consent', 'No consent was given: call consent(true) first.')
      const { department } = options
      return register({ ...(department && { department }), ...guest })
    },
    async diagnose() {
      const { diagnose, opensSocket } = await import('../diagnosis')
      return diagnose({ server, call, knock, whereRedirected, socket: opensSocket, origin: location.origin, storage: !storage.volatile('visitor') })
    },
  }
  const core = createCore({ tracking: { ...tracking, tabs, lane }, settings, call: callAs, change, door })
  return { ...door, core, stop: core.stop }
}
