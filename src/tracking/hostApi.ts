import { ofWindow } from '../browser/document'
import type { Check, ErrorCode, Guest, Options, Tagalong, Visitor } from '../options'
import type { PageByHand, PageHere, Tracking } from './contracts'

/** What needs more than tracking: in the launcher's download, fetched when the page has a quiet moment or somebody asks. */
export interface FetchedApi {
  identify(guest: Guest): Promise<Visitor>
  /** `here` is where the visitor was when it was asked. */
  page(visit: PageByHand | undefined, here: PageHere): Promise<void>
  reset(): Promise<void>
  forget(): Promise<void>
  diagnose(options?: { text?: boolean }): Promise<Check[] | string>
  getVisitorToken(): Promise<string | undefined>
  getVisitor(): Promise<Visitor | undefined>
  setCustomField(id: string, value: string, options?: { overwrite?: boolean }): Promise<void>
  transfer(department: string): Promise<void>
  send(text: string): Promise<void>
  prefill(text: string): Promise<void>
  trackEvent(name: string, data?: Record<string, unknown>): Promise<void>
  open(): Promise<void>
  close(): Promise<void>
  toggle(): Promise<void>
  show(): void
  hide(): void
  update(options: Partial<Options>): Promise<void>
}

type Waiting<K extends keyof FetchedApi> = (
  ...given: Parameters<FetchedApi[K]>
) => Promise<Awaited<ReturnType<FetchedApi[K]>>>

/** The methods that only wait for the download. One text costs a page view less than a list of them. */
const fetchedNames =
  'identify reset forget diagnose getVisitorToken getVisitor setCustomField transfer send prefill trackEvent open close toggle show hide update'

/** The longest a busy page keeps the launcher waiting. */
const longestIdleWaitMs = 3000

/** WebKit gives up a download when its page is left. The page is gone by then, or, where the visitor comes back to it, asks once more. */
const secondTryMs = 1000

/**
 * What a host holds. Whatever it does not await never becomes its unhandled rejection. `fetchApi` fetches a download, and resolves with what
 * makes the rest of the API of it. `fail` makes the error that the host is refused with.
 */
export const createHostApi = (
  tracking: Tracking,
  fetchApi: () => Promise<() => Promise<FetchedApi>>,
  fail: (code: ErrorCode, says: string) => Error,
): Tagalong => {
  const { clock, permission, begin, title, isDestroyed, warnOnce } = tracking
  let fetching: Promise<FetchedApi> | undefined
  const refuse = (why: string) => (error: Error) => {
    fetching = undefined
    const says = `No chat: ${error.message}: ${why}.`
    warnOnce('ui-failed', says)
    tracking.emit('unavailable', { reason: 'ui-failed', says })
    throw fail('ui-failed', says)
  }
  const fetchOnce = () =>
    (fetching ??= fetchApi()
      .catch(
        () => new Promise<() => Promise<FetchedApi>>((resolve) => clock.after(secondTryMs, () => resolve(fetchApi()))),
      )
      .then(
        (createApi) => createApi().catch(refuse('it could not be drawn')),
        refuse('its host must send Access-Control-Allow-Origin'),
      ))

  const destroyed = new Promise<never>((_resolve, reject) =>
    tracking.on('destroy', () => reject(fail('destroyed', 'Destroyed: make a new one.'))),
  )
  /** Whatever is still under way when all of it is destroyed is refused then. */
  const whileAlive = <T>(run: () => T | Promise<T>): Promise<T> => {
    const promise = Promise.race([destroyed, isDestroyed() ? destroyed : (async () => run())()])
    promise.catch(() => {})
    return promise
  }
  /** The method of that name, which waits for the download. */
  const fetched =
    <K extends keyof FetchedApi>(name: K): Waiting<K> =>
    (...given) =>
      // Some return nothing at once, where all are awaited here; and TypeScript sees all methods, where it is the one of that name.
      whileAlive(() => fetchOnce().then((api) => (api[name] as unknown as Waiting<K>)(...given)))

  // What the page itself has to do comes first.
  const whenIdle: (run: () => void, options: IdleRequestOptions) => unknown =
    ofWindow<typeof requestIdleCallback>('requestIdleCallback') ?? ((run) => clock.after(0, run))
  whenIdle(() => whileAlive(fetchOnce), { timeout: longestIdleWaitMs })

  const waiting = Object.fromEntries(
    // A text forgets which names are in it; a test calls each of them.
    fetchedNames.split(' ').map((name) => [name, fetched(name as keyof FetchedApi)]),
  )
  // `fromEntries` forgets the names. `diagnose` gives a text where a text is asked for, and a list otherwise, as its declaration says.
  const methods = waiting as unknown as Pick<Tagalong, Exclude<keyof FetchedApi, 'page'>>

  return {
    version: tracking.version,
    ready: whileAlive(() => tracking.ready),
    on: tracking.on,
    consent: (granted) =>
      whileAlive(() => {
        if (!granted) return tracking.withdraw()
        permission.consent(true)
        begin()
      }),
    destroy: tracking.destroy,
    page(visit) {
      const here = { href: location.href, title: title.read() }
      return fetched('page')(visit, here)
    },
    ...methods,
  }
}
