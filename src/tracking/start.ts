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
  createInertApi(version: string, error: TagalongError): T
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

export const createError = (code: ErrorCode, says: string) => new TagalongError(code, says)

/** What the npm entries have in common: makes tracking and the object for the host, and starts; or hands out what runs for this server already. */
export const start = <T>(givenOptions: Options, { isWhole, createApi, createInertApi }: StartParts<T>): T => {
  if (typeof document === 'undefined')
    return createInertApi(__VERSION__, createError('no-browser', 'Tagalong does nothing where there is no browser.'))
  const options = { ...givenOptions }
  const server = readServer(options.server, baseAddress())
  if (!server) {
    const says = `No usable server${options.server ? ` in "${options.server}"` : ''}: pass { server: 'https://chat.example.com' }.`
    console.error(`[Tagalong] ${says}`)
    return createInertApi(__VERSION__, createError('no-server', says))
  }
  const running = inDocument.read<Running<T>>(runningKeyOf(server))
  const first = running?.tracking.isDestroyed() ? undefined : running
  if (first) warnOfSecond(first, server, options)
  if (first && (first.isWhole || !isWhole)) return first.api
  const run = (tracking: Tracking): T => {
    const api = createApi(tracking)
    const key = runningKeyOf(server)
    inDocument.write(key, { tracking, api, isWhole } satisfies Running<T>)
    tracking.on('destroy', () => inDocument.write(key, undefined))
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

/** Every call is refused with the same error. What a host does not await never becomes its unhandled rejection. */
const refuseAll = (error: TagalongError) => () => {
  const refusal = Promise.reject<never>(error)
  refusal.catch(() => {})
  return refusal
}

/** For pages that are rendered on a server, or that name no livechat server: everything may be called, nothing happens, and no promise stays open. */
export const createInert = (version: string, error: TagalongError) => {
  const refuse = refuseAll(error)
  const doNothing = () => undefined
  return {
    version,
    ready: refuse(),
    identify: refuse,
    page: refuse,
    consent: refuse,
    on: () => doNothing,
    getVisitorToken: refuse,
    getVisitor: refuse,
    setCustomField: refuse,
    transfer: refuse,
    send: refuse,
    prefill: refuse,
    trackEvent: refuse,
    reset: refuse,
    forget: refuse,
    diagnose: refuse,
    destroy: doNothing,
    open: refuse,
    close: refuse,
    toggle: refuse,
    show: doNothing,
    hide: doNothing,
    update: doNothing,
  }
}
