import { ofDocument } from '../browser/document'
import type { Tracking } from './contracts'
import { createTracking } from './index'
import { readServer, TagalongError, type ErrorCode, type Options } from '../options'

declare const __VERSION__: string

/** What the npm entries have in common: start tracking, hand out its API. `otherwise` when there is nothing to start. */
export const start = <T>(given: Options, api: (tracking: Tracking) => T, otherwise: (version: string) => T): T => {
  if (typeof document === 'undefined') return otherwise(__VERSION__)
  const options = { ...given }
  const server = readServer(options.server, ofDocument('baseURI'))
  if (!server) {
    console.error(
      `[Tagalong] No usable server${options.server ? ` in "${options.server}"` : ''}: pass { server: 'https://chat.example.com' }.`,
    )
    return otherwise(__VERSION__)
  }
  const tracking = createTracking({
    options,
    server,
    version: __VERSION__,
    fetchRecovery: () => import('../recovery'),
  })
  const made = api(tracking)
  tracking.start()
  return made
}

export const fail = (code: ErrorCode, says: string) => new TagalongError(code, says)

const never = new Promise<never>(() => undefined)

/** On a server, or without one to talk to: everything may be called, and nothing happens. */
export const inert = (version: string) => ({
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
