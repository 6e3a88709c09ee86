/** npm `./tracker`: the core alone. No Preact, no element, no chat. */
import { createTrackerApi } from './core/api'
import { inert, start } from './start'
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
export const createTracker = (options: Options): Tracker => start<Tracker>(options, createTrackerApi, inert)
