/** The real core in Node, for tests of the conversation: only page, tabs, locks, storage, clock and the server's answers are twins, moved by hand. */
import './globals'
import { randomHex, sortable } from '../../src/browser/id'
import { createJournal } from '../../src/browser/journal'
import { createMemory } from '../../src/browser/memory'
import type { Clock, PageEvent } from '../../src/browser/ports'
import { createSend } from '../../src/browser/send'
import { joinTabs } from '../../src/launcher/joinTabs'
import { createServerSettings } from '../../src/launcher/serverSettings'
import { createRecovery } from '../../src/recovery'
import { createMemoryOverlay } from '../../src/recovery/memoryOverlay'
import type { FetchedRecovery, LaneOptions, Tracking } from '../../src/tracking/contracts'
import type { LaneRecord } from '../../src/tracking/stored'
import { createLane } from '../../src/tracking/delivery/lane'
import { createVisitLane } from '../../src/tracking/delivery/visitLane'
import { createPermission } from '../../src/tracking/permission'
import { createPosting } from '../../src/tracking/posting'
import { createRedact } from '../../src/tracking/redact'
import { createStorage } from '../../src/tracking/storage'
import { createVisitorStore } from '../../src/tracking/token'
import { createVisitor } from '../../src/visitor'
import type { Core } from '../../src/visitor/contracts'
import type { EventName, Events, Options } from '../../src/options'
import { createSessionStorage } from '../model/browser/storage'
import { createScript, type Script } from './answers'
import { createManualClock, createRealClock } from './clock'
import { createChannel, createFakeLocks, createFakePage } from './page'

export { limited, refused, silent } from './answers'
export { createManualClock, settled } from './clock'

/** A timer of no length is the next task: it comes without time being moved. */
const withTasks = (clock: Clock): Clock => ({
  now: clock.now,
  after(delayMs, run) {
    if (delayMs > 0) return clock.after(delayMs, run)
    const task = setImmediate(run)
    return () => clearImmediate(task)
  },
})

export interface Tab {
  core: Core
  emitted: { event: EventName; detail: unknown }[]
  /** Each code and text that was reported. */
  reports: string[]
  /** Each count that the title was given. */
  /** What was thrown into a guard. */
  errors: unknown[]
  details<E extends EventName>(event: E): Events[E][]
  setOptions(next: Options): void
  /** The visitor goes to this address. */
  go(href: string): void
  fire(event: PageEvent): void
  reset(): Promise<void>
  /** The page goes for good. */
  stop(): void
}

/** One browser with its scripted server: what its tabs share. */
export interface Browser extends Omit<Script, 'send' | 'recording'> {
  /** What its database holds. */
  values: Map<string, unknown>
  tab(options?: Options): Tab
}

export interface BrowserOptions {
  server?: string
  clock?: Clock
  /** A real server is asked, and the time is the real one. */
  live?: boolean
}

/** What the tabs of one browser share. */
interface Shared {
  server: string
  clock: Clock
  live: boolean
  values: Map<string, unknown>
  local: ReturnType<typeof createSessionStorage>
  channel: ReturnType<typeof createChannel>
  locksOf: ReturnType<typeof createFakeLocks>
  script: Script
  /** This time, or one later than the last: no id comes twice. */
  nextMs(at: number): number
}

/** Where all that a tab tells its host comes out, and all that was thrown into a guard. */
const createHost = () => {
  const emitted: Tab['emitted'] = []
  const reports: string[] = []
  const errors: unknown[] = []
  const listeners = new Set<(event: EventName, detail: unknown) => void>()
  const guard: Core['guard'] =
    (run) =>
    (...args) => {
      try {
        const result: unknown = run(...args)
        if (result instanceof Promise) result.catch((error: unknown) => void errors.push(error))
      } catch (error) {
        errors.push(error)
      }
    }
  const on: Core['on'] = (event, listener) => {
    // The detail is that of the event: `emit` takes no other.
    const onEmit = (emittedEvent: EventName, detail: unknown) => emittedEvent === event && listener(detail as never)
    listeners.add(onEmit)
    return () => listeners.delete(onEmit)
  }
  const emit: Core['emit'] = (event, detail) => {
    emitted.push({ event, detail })
    listeners.forEach((listener) => listener(event, detail))
  }
  const warnOnce = (code: string, says: string) => void reports.push(`${code} ${says}`)
  return { emitted, reports, errors, guard, on, emit, warnOnce }
}

/** What a tab of its own has: its page, its clock, its end of the channel, and its host. */
const createOwn = ({ live, clock, channel }: Shared, options: Options) => ({
  options,
  clock: live ? createRealClock() : { ...withTasks(clock), stop: () => undefined },
  page: createFakePage(),
  tabs: channel.join(),
  host: createHost(),
})

/** The real tracking of one tab, but for what watches the page. */
const createTracking = (shared: Shared, { options, clock, page, tabs, host }: ReturnType<typeof createOwn>) => {
  const { server, live, script, values } = shared
  const documentId = randomHex(4)
  const journal = createJournal('journal/', () => shared.local)
  const webStorage = createSessionStorage()
  const storage = createStorage({
    database: createMemory(values),
    clock,
    overlayMemory: async (...given) => createMemoryOverlay(clock, ...given),
    isDormant: false,
  })
  const lock = shared.locksOf(page)
  const needRecovery = async () => realRecovery
  const recovery = async (): Promise<FetchedRecovery> => ({ kind: 'here', recovery: realRecovery })
  const lane = <R extends LaneRecord>(laneOptions: LaneOptions<R>) => {
    const made = createLane<R>({ storage, clock, page, lock: lock(laneOptions.name), needRecovery }, laneOptions)
    made.start()
    return made
  }
  const newId = (at = clock.now()) => ({ id: sortable(shared.nextMs(at)) + documentId, at })
  const { guard, emit, on, warnOnce } = host
  const send = live ? script.recording(createSend()) : script.send
  const parts = {
    server,
    options,
    version: '0',
    name: 'tagalong-test',
    documentId,
    clock,
    page,
    journal,
    session: createJournal('tab/', () => webStorage),
    storage,
    visitor: createVisitorStore(storage, journal),
    send,
    posting: createPosting({ server, journal, clock, send, needRecovery }),
    recovery,
    newId,
    guard,
    emit,
    on,
    warnOnce,
  }
  const visits = createVisitLane({ ...parts, needRecovery, lock: lock('visit'), isLastPage: () => false })
  visits.start()
  // What is missing watches the address and the title, which the conversation never asks about.
  const tracking = {
    ...parts,
    tabs,
    lock,
    visits,
    lane,
    permission: createPermission(options, journal),
    redact: createRedact(options, warnOnce),
    begin: () => undefined,
    isDestroyed: () => false,
    // What is missing watches the address and the title, which the conversation never asks about.
  } as unknown as Tracking
  const realRecovery = createRecovery(tracking)
  return tracking
}

/** The address of a tab, which a test changes by hand. */
const createAddress = () => {
  const listeners = new Set<(href: string) => void>()
  let address: string | undefined
  const observeAddress: Core['observeAddress'] = (listener) => {
    listeners.add(listener)
    if (address !== undefined) listener(address)
    return () => listeners.delete(listener)
  }
  const go = (href: string) => {
    address = href
    listeners.forEach((listener) => listener(href))
  }
  return { observeAddress, go }
}

const createTab = (shared: Shared, options: Options): Tab => {
  const own = createOwn(shared, options)
  const tracking = createTracking(shared, own)
  const { emitted, reports, errors, warnOnce } = own.host
  const { observeAddress, go } = createAddress()
  const settings = createServerSettings(tracking, () => {})
  const calls = createVisitor(tracking, settings)
  joinTabs(tracking)
  tracking.visitor.observe((now, before) => before && calls.announce(now, before))
  const core: Core = {
    ...calls.core,
    report: warnOnce,
    // What counts unread messages there needs a document beside it.
    title: { read: () => document.title, before: () => document.title, watch() {}, listen() {} },
    observeAddress,
    siteOrigin: () => 'https://shop.example',
  }
  return {
    core,
    emitted,
    reports,
    errors,
    details: <E extends EventName>(event: E) =>
      emitted.filter((one) => one.event === event).map(({ detail }) => detail as Events[E]),
    setOptions(next: Options) {
      for (const key of Object.keys(options)) Reflect.deleteProperty(options, key)
      Object.assign(options, next)
      settings.tell()
    },
    go,
    fire: (event: PageEvent) => own.page.fire(event),
    reset: core.reset,
    stop() {
      own.page.fire('leave')
      own.tabs.leave()
      own.clock.stop()
    },
  }
}

export const createBrowser = ({
  server = 'https://chat.example.com',
  clock = createManualClock(),
  live = false,
}: BrowserOptions = {}): Browser => {
  const values = new Map<string, unknown>()
  const script = createScript(server)
  let lastMs = 0
  const shared: Shared = {
    server,
    clock,
    live,
    values,
    local: createSessionStorage(),
    channel: createChannel(),
    locksOf: createFakeLocks(),
    script,
    nextMs: (at) => (lastMs = Math.max(at, lastMs + 1)),
  }
  return {
    values,
    calls: script.calls,
    reply: script.reply,
    count: script.count,
    bodies: script.bodies,
    tab: (options = { server }) => createTab(shared, options),
  }
}
