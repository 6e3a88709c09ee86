/** npm `./tracker`: tracking and the visitor alone. No Preact, no element, no chat. */
import { createHostApi, type FetchedApi } from './tracking/hostApi'
import { arrive, createPageByHand } from './launcher/arrival'
import type { VisitorCalls } from './visitor/contracts'
import { createServerSettings } from './launcher/serverSettings'
import { watchServer } from './launcher/serverWatch'
import { createError, createInert, start, wholeOn } from './tracking/start'
import type { Options, Tracker } from './options/types'
import { arePlain } from './launcher/checkOptions'

export { TagalongError } from './options/error'
export type {
  AgentDetail,
  Appearance,
  Check,
  ConnectionState,
  DropReason,
  ErrorCode,
  EventName,
  Events,
  Guest,
  HiddenNote,
  Options,
  Tracker,
  Tracking,
  UnavailableReason,
  VisitDetail,
  Visitor,
} from './options/types'
export type { TagalongEventMap, TagalongFunction } from './options/global'

const doNothing = () => undefined
const resolveNothing = async () => undefined
/** Without a launcher there is nothing to open. */
const withoutLauncher = {
  open: resolveNothing,
  close: resolveNothing,
  toggle: resolveNothing,
  show: doNothing,
  hide: doNothing,
  update: resolveNothing,
  getVisitor: async () => undefined,
  setCustomField: resolveNothing,
  transfer: resolveNothing,
  send: resolveNothing,
  prefill: resolveNothing,
  trackEvent: resolveNothing,
}

/**
 * Notices, stores and reports every page the visitor goes to. Never throws; on a server it returns an object that does nothing.
 *
 * @example
 * const tracker = createTracker({ server: 'https://chat.example.com' })
 * tracker.on('delivered', ({ href }) => console.log('reported', href))
 */
export const createTracker = (options: Options): Tracker =>
  start<Tracker>(options, {
    isWhole: false,
    createApi: (tracking) => {
      const { options, warnOnce, permission, visitor } = tracking
      const createApi = async (): Promise<FetchedApi> => {
        const whole = wholeOn(tracking)
        if (whole)
          return {
            ...whole,
            update: resolveNothing,
            page: (visit, here) => whole.page({ ...here, ...visit }),
            diagnose: (given) => (given?.text ? whole.diagnose({ text: true }) : whole.diagnose()),
          }
        if (!arePlain(options)) (await import('./launcher/steering')).check(options, warnOnce)
        if (tracking.isDestroyed()) await new Promise(() => {})
        const settings = createServerSettings(
          tracking,
          watchServer(tracking, () => settings),
        )
        let fetching: Promise<VisitorCalls> | undefined
        const fetchVisitor = () =>
          (fetching ??= import('./visitor').then(({ createVisitor }) => createVisitor(tracking, settings)))
        arrive(tracking, settings, fetchVisitor)
        const { identify, reset, forget, diagnose } = await fetchVisitor()
        const getVisitorToken = async () => (permission.mayStore() ? (await visitor.state()).token : undefined)
        return {
          identify,
          page: createPageByHand(tracking),
          reset,
          forget,
          diagnose,
          getVisitorToken,
          ...withoutLauncher,
        }
      }
      const { version, ready, identify, page, consent, on, getVisitorToken, reset, forget, diagnose, destroy } =
        createHostApi(tracking, async () => createApi, createError)
      return { version, ready, identify, page, consent, on, getVisitorToken, reset, forget, diagnose, destroy }
    },
    createInertApi: createInert,
  })
