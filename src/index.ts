/** npm `.`: the whole widget. */
import { createHostApi } from './tracking/hostApi'
import type { Options, Tagalong } from './options/types'
import { createError, createInert, start } from './tracking/start'

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
  Tagalong,
  Tracker,
  Tracking,
  UnavailableReason,
  VisitDetail,
  Visitor,
} from './options/types'
export type { TagalongEventMap, TagalongFunction } from './options/global'

/**
 * Mounts the chat launcher and reports every page the visitor goes to. Never throws; on a server it returns an object that does nothing.
 *
 * @example
 * const chat = createTagalong({ server: 'https://chat.example.com' })
 * await chat.open()
 */
export const createTagalong = (options: Options): Tagalong =>
  start<Tagalong>(options, {
    isWhole: true,
    createApi: (tracking) => {
      const fetchApi = async () => {
        const { createLauncher } = await import('./launcher')
        return () => createLauncher(tracking)
      }
      return createHostApi(tracking, fetchApi, createError)
    },
    createInertApi: createInert,
  })
