import type { ErrorCode, Guest, Options, Tagalong } from '../options'
import type { Tracking } from './index'
import { ofWindow } from '../browser/document'
import type { Place } from '../recovery/wishes'

/** What needs more than tracking: in the launcher's file, fetched when the page has a quiet moment or somebody asks. */
export interface Face {
  identify(guest: Guest): Promise<unknown>
  /** `here` is where the visitor was when it was asked. */
  page(visit: Place | undefined, here: Required<Place>): Promise<void>
  reset(): Promise<void>
  forget(): Promise<void>
  diagnose(): Promise<unknown>
  getVisitorToken(): Promise<string | undefined>
  open(): Promise<void>
  close(): Promise<void>
  toggle(): Promise<void>
  show(): void
  hide(): void
  update(options: Partial<Options>): Promise<void>
}
const promised = 'identify page reset forget diagnose getVisitorToken open close toggle show hide update'

/** What a host holds. Whatever it does not await never becomes its unhandled rejection. `fail`: the error it is refused with. */
export const createApi = (tracking: Tracking, load: () => Promise<Face>, fail: (code: ErrorCode, says: string) => Error): Tagalong => {
  const { clock, permission, begin, rest, trouble, title, over } = tracking
  let loading: Promise<Face> | undefined
  const whole = () =>
    (loading ??= load().catch((error: Error) => {
      loading = undefined
      const says = `No chat: ${error.message}: its host must send Access-Control-Allow-Origin.`
      tracking.say('ui-failed', says)
      throw fail('ui-failed', says)
    }))
  const alive = <T>(run: () => T | Promise<T>): Promise<T> => {
    const promise = (async () => {
      if (over()) throw fail('destroyed', 'Destroyed: make a new one.')
      return run()
    })()
    promise.catch(() => {})
    return promise
  }
  // What the page itself has to do comes first.
  const soon: (run: () => void, options: IdleRequestOptions) => unknown = ofWindow<typeof requestIdleCallback>('requestIdleCallback') ?? ((run: () => void) => clock.after(0, run))
  soon(() => alive(whole), { timeout: 3000 })
  return {
    ...(Object.fromEntries(
      promised.split(' ').map((verb) => [
        verb,
        (given: never) => {
          const here = { href: location.href, title: title.read() }
          return alive(async () => (await whole())[verb as 'page'](given, here))
        },
      ]),
    ) as unknown as Tagalong),
    version: tracking.version,
    ready: tracking.ready,
    on: tracking.on,
    consent: (granted) =>
      alive(async () => {
        permission.consent(granted)
        if (granted) return begin()
        rest()
        await (await trouble())?.withdraw()
      }),
    destroy: tracking.destroy,
  }
}
