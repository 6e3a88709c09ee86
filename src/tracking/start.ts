import { ofDocument } from '../browser/document'
import type { Tracking } from './contracts'
import { createTracking } from './index'
import { readServer, TagalongError, type ErrorCode, type Options } from '../options'

declare const __VERSION__: string

/** What the npm entries have in common: makes tracking and the object for the host, and starts. Where nothing can be started, `createInertApi` makes the object. */
export const start = <T>(
  givenOptions: Options,
  createApi: (tracking: Tracking) => T,
  createInertApi: (version: string) => T,
): T => {
  if (typeof document === 'undefined') return createInertApi(__VERSION__)
  const options = { ...givenOptions }
  const server = readServer(options.server, ofDocument('baseURI'))
  if (!server) {
    console.error(
      `[Tagalong] No usable server${options.server ? ` in "${options.server}"` : ''}: pass { server: 'https://chat.example.com' }.`,
    )
    return createInertApi(__VERSION__)
  }
  const tracking = createTracking({
    options,
    server,
    version: __VERSION__,
    fetchRecovery: () => import('../recovery'),
  })
  const api = createApi(tracking)
  tracking.start()
  return api
}

export const createError = (code: ErrorCode, says: string) => new TagalongError(code, says)

const never = new Promise<never>(() => undefined)

/** For pages that are rendered on a server, or that name no livechat server: everything may be called, and nothing happens. */
export const createInert = (version: string) => ({
  version,
  ready: never,
  identify: () => never,
  page: async () => undefined,
  consent: async () => undefined,
  on: () => () => undefined,
  getVisitorToken: async () => undefined,
  reset: async () => undefined,
  forget: async () => undefined,
  diagnose: async () => [],
  destroy: () => undefined,
  open: async () => undefined,
  close: async () => undefined,
  toggle: async () => undefined,
  show: () => undefined,
  hide: () => undefined,
  update: () => undefined,
})
