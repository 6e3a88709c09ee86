import { createCore, type RunningCore } from './core/index'
import { readOptions, readServer, type Options } from './options'

declare const __VERSION__: string

/** What the npm entries have in common: read the options, start the core, hand out its API. `otherwise` when there is nothing to start. */
export const start = <T>(given: Options, api: (core: RunningCore) => T, otherwise: (version: string) => T): T => {
  if (typeof document === 'undefined') return otherwise(__VERSION__)
  const refusals: string[] = []
  const options = readOptions(given ?? {}, (detail) => refusals.push(detail)) as Options
  const server = readServer(options.server, document.baseURI)
  if (!server) {
    console.error(`[Tagalong] No usable server${options.server ? ` in "${options.server}"` : ''}: pass { server: 'https://chat.example.com' }.`)
    return otherwise(__VERSION__)
  }
  const core = createCore({ options, server, version: __VERSION__, words: () => import('./words'), person: () => import('./core/person') })
  const made = api(core)
  refusals.forEach((detail) => core.report('bad-option', detail))
  core.start()
  return made
}

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
