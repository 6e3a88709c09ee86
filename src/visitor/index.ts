/** The composition root of the visitor: registration, changes of identity, checks, and the core the chat is built upon. */
import { openTabs } from '../browser/tabs'
import { TagalongError, type Guest } from '../options'
import type { ServerSettings, Tracking } from '../tracking/contracts'
import type { VisitorState } from '../tracking/stored'
import type { Core, VisitorCalls } from './contracts'
import { createCore } from './core'
import { mergeGuests } from './guest'
import { createRegistration } from './registration'
import { shareLane } from './sharedLane'
import { createTransport } from '../browser/transport'

export const createVisitor = (tracking: Tracking, settings: ServerSettings): VisitorCalls => {
  const { server, emit, permission, storage, send, visitor, visits, options, startAfresh } = tracking
  const tabs = openTabs(tracking)
  const lane: Core['lane'] = (laneOptions) => shareLane({ storage, tabs }, laneOptions, tracking.lane(laneOptions))
  const changeVisitor = async (change?: (old: VisitorState) => VisitorState) => {
    const state = await visitor.change(change)
    tabs.post('visitor')
    return state
  }
  const { call } = createTransport({ server, send, post: tracking.posting.post })
  const registration = createRegistration({
    ...tracking,
    tabs,
    settings,
    visitor: { ...visitor, change: changeVisitor },
    call,
    lane,
    onRegistered({ visitorId, username }) {
      visits.wake()
      emit('registered', { visitorId, username })
    },
    onFieldRefused: (detail) => core.report('refused', detail),
    async eraseHere() {
      tabs.post('forget')
      await startAfresh()
    },
  })
  const calls: Omit<VisitorCalls, 'core'> = {
    reset: registration.reset,
    forget: registration.forget,
    announce({ token, roomId }, before) {
      if (before.token !== token) emit('identity', {})
      if (before.roomId === roomId) return
      if (before.roomId) emit('chat-end', { roomId: before.roomId })
      if (roomId) emit('chat-start', { roomId })
      visits.wake()
    },
    async identify(guest: Guest, isPatient) {
      if (Object(guest) !== guest)
        throw new TagalongError('bad-call', 'identify() takes an object such as { name, email }.')
      if (!permission.mayStore())
        throw new TagalongError('no-consent', 'No consent was given: call consent(true) first.')
      const { department } = options
      return registration.register(mergeGuests(department ? { department } : {}, guest), isPatient)
    },
    diagnose: async (given) => (await import('../diagnosis')).diagnoseHere(tracking, call, given),
  }
  const core = createCore({ tracking, tabs, lane, settings, call: registration.call, changeVisitor, calls })
  return { ...calls, core }
}
