/** npm `./tracker`: the core alone. No Preact, no element, no chat. */
import { createApi, type Face } from './tracking/hostApi'
import { arrive, byHand } from './launcher/arrival'
import type { Door } from './visitor'
import { createServerSettings } from './launcher/serverSettings'
import { fail, inert, start } from './tracking/start'
import type { Options, Tracker } from './options'
import { checkOptions } from './launcher/checkOptions'

export { TagalongError } from './options'
export type { AgentDetail, Check, ConnectionState, DropReason, ErrorCode, EventName, Events, Guest, Options, Tracker, Tracking, VisitDetail, Visitor } from './options'

const nothing = () => undefined
const never = async () => undefined
/** Without a face there is nothing to open. */
const headless = { open: never, close: never, toggle: never, show: nothing, hide: nothing, update: never }

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
      const face = async (): Promise<Face> => {
        await checkOptions(tracking.options, tracking.say)
        if (tracking.over()) await new Promise(() => {})
        const settings = createServerSettings(tracking)
        let opening: Promise<Door> | undefined
        const door = () => (opening ??= import('./visitor').then(({ openDoor }) => openDoor(tracking, settings)))
        arrive(tracking, settings, door)
        const { identify, reset, forget, diagnose } = await door()
        return { identify, page: byHand(tracking), reset, forget, diagnose, getVisitorToken: async () => (tracking.permission.mayStore() ? (await tracking.visitor.state()).token : undefined), ...headless }
      }
      const { version, ready, identify, page, consent, on, getVisitorToken, reset, forget, diagnose, destroy } = createApi(tracking, face, fail)
      return { version, ready, identify, page, consent, on, getVisitorToken, reset, forget, diagnose, destroy }
    },
    inert,
  )
