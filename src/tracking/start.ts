import { baseAddress, inDocument } from '../browser/document'
import type { Tracking } from './contracts'
import { createTracking } from './index'
import { readServer, TagalongError, type ErrorCode, type Options, type Tagalong } from '../options'
import { nameOf } from './keys'

declare const __VERSION__: string

/** A widget or a tracker that runs in this document. */
interface Running<T> {
  tracking: Tracking
  api: T
  /** It has a launcher, and so everything a tracker has. */
  isWhole: boolean
}

export interface StartParts<T> {
  isWhole: boolean
  createApi(tracking: Tracking): T
  /** Where nothing can be started. */
  createInertApi(version: string): T
}

const runningKeyOf = (server: string) => `${nameOf(server)}/running`

/** Options that are read once, when tracking starts. */
const fixedOptions = ['tracking', 'queue'] as const

/** What is in the way of a second widget for the same server: its visits would be reported twice. */
const warnOfSecond = ({ tracking }: Running<unknown>, server: string, options: Options) => {
  const ignored = fixedOptions.filter((name) => options[name] !== undefined)
  tracking.warnOnce(
    'bad-call',
    `A widget for ${server} runs on this page already: a second call returns the first widget${ignored.length ? `, and its ${ignored.join(' and ')} ${ignored.length > 1 ? 'are' : 'is'} ignored` : ''}. Make it once, or call destroy() first.`,
  )
}

/** The widget with a launcher that has come to a tracker, if one has. */
export const wholeOn = (tracking: Tracking): Tagalong | undefined => {
  const running = inDocument.read<Running<Tagalong>>(runningKeyOf(tracking.server))
  return running?.isWhole && running.tracking === tracking ? running.api : undefined
}

/** What the npm entries have in common: makes tracking and the object for the host, and starts; or hands out what runs for this server already. */
export const start = <T>(givenOptions: Options, { isWhole, createApi, createInertApi }: StartParts<T>): T => {
  if (typeof document === 'undefined') return createInertApi(__VERSION__)
  const options = { ...givenOptions }
  const server = readServer(options.server, baseAddress())
  if (!server) {
    console.error(
      `[Tagalong] No usable server${options.server ? ` in "${options.server}"` : ''}: pass { server: 'https://chat.example.com' }.`,
    )
    return createInertApi(__VERSION__)
  }
  const running = inDocument.read<Running<T>>(runningKeyOf(server))
  const first = running?.tracking.isDestroyed() ? undefined : running
  if (first) warnOfSecond(first, server, options)
  if (first && (first.isWhole || !isWhole)) return first.api
  const run = (tracking: Tracking): T => {
    const api = createApi(tracking)
    inDocument.write(runningKeyOf(server), { tracking, api, isWhole } satisfies Running<T>)
    return api
  }
  if (first) {
    // The launcher that comes to a tracker looks as the second call says.
    const { tracking: when, queue } = first.tracking.options
    Object.assign(first.tracking.options, options, { tracking: when, queue })
    return run(first.tracking)
  }
  const tracking = createTracking({
    options,
    server,
    version: __VERSION__,
    fetchRecovery: () => import('../recovery'),
  })
  const api = run(tracking)
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
