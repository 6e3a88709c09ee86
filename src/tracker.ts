/** npm `./tracker`: the core alone. No Preact, no element, no chat. */
import { createApi } from './core/api'
import { openDoor } from './core/door'
import { fetched, inert, start } from './start'
import { checkOptions } from './check'
import type { Options, Tracker } from './options'

export { TagalongError } from './options'
export type { AgentDetail, Check, ConnectionState, DropReason, ErrorCode, EventName, Events, Guest, Options, Tracker, Tracking, VisitDetail, Visitor } from './options'

/**
 * Notices, stores and reports every page the visitor goes to. Never throws; on a server it returns an object that does nothing.
 *
 * @example
 * const tracker = createTracker({ server: 'https://chat.example.com' })
 * tracker.on('delivered', ({ href }) => console.log('reported', href))
 */
export const createTracker = (options: Options): Tracker =>
  start<Tracker>(
    options,
    (tracking) => {
      const face = async () => {
        checkOptions(tracking.options, (detail) => tracking.report('bad-option', detail))
        const nothing = { open: async () => {}, close: async () => {}, toggle: async () => {}, show: () => {}, hide: () => {}, update: () => {}, destroy: () => {} }
        return { ...nothing, ...openDoor(tracking, fetched.words, fetched.person), ...nothing }
      }
      const { version, ready, identify, page, consent, on, getVisitorToken, reset, forget, diagnose, destroy } = createApi(tracking, face, '')
      return { version, ready, identify, page, consent, on, getVisitorToken, reset, forget, diagnose, destroy }
    },
    inert,
  )
