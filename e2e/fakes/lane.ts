/** Tabs of one browser with a visit lane each, for tests of delivery: the real lane and the real recovery, on memory and a clock moved by hand. */
import './globals'
import type { Tracking, Verdict } from '../../src/tracking/contracts'
import type { VisitorState, VisitRecord } from '../../src/tracking/stored'
import type { Clock, Database, Lock, PageEvent, Send } from '../../src/browser/ports'
import { createJournal } from '../../src/browser/journal'
import { createMemory } from '../../src/browser/memory'
import { createVisitLane } from '../../src/tracking/delivery/visitLane'
import { createMemoryOverlay } from '../../src/recovery/memoryOverlay'
import { createPosting } from '../../src/tracking/posting'
import { createStorage } from '../../src/tracking/storage'
import { createRecovery } from '../../src/recovery'
import { pageVisitedPath } from '../../src/wire/paths'
import type { Reply } from '../../src/wire/reply'
import type { PageVisitedBody } from '../../src/wire/rest'
import { createSessionStorage } from '../model/browser/storage'
import { createManualClock, settled } from './clock'
import { createChannel, createFakeLocks, createFakePage } from './page'

/** What a test says of a visit; `text` is its title. */
export interface Item extends Partial<Pick<VisitRecord, 'at' | 'open' | 'token'>> {
  text?: string
}

/** A visit as it is stored; a test tells it by its title. */
export const visitOf = (id: string, { text, ...more }: Item & { left?: boolean }): VisitRecord => ({
  id,
  at: 0,
  href: 'https://shop.example/',
  title: text ? `${id} ${text}` : id,
  ...more,
})

/** What a server says for a verdict to follow. */
const replyOf = (verdict: Verdict): Reply => {
  const json = (status: number, body: object): Reply => ({ status, text: JSON.stringify(body) })
  if (verdict.kind === 'done') return json(200, { page: {}, success: true })
  if (verdict.kind === 'hold' && verdict.refused) return json(403, { success: false, error: verdict.refused })
  if (verdict.kind === 'hold')
    return json(400, { success: false, error: '[invalid-token]', errorType: 'invalid-token' })
  if (verdict.kind === 'drop') return json(400, { success: false, error: verdict.says, errorType: verdict.code })
  if (verdict.limited)
    return json(429, {
      success: false,
      error: `Error, too many requests. Please slow down. You must wait ${(verdict.ms ?? 0) / 1000} seconds before trying this endpoint again. [error-too-many-requests]`,
    })
  return verdict.silent ? 'TypeError' : json(503, {})
}

export const delivered: Verdict = { kind: 'done' }
export const lateMs = (ms?: number): Verdict => ({ kind: 'wait', ms, limited: ms !== undefined })
export const noAnswer: Verdict = { kind: 'wait', silent: true }

/** A database that counts what is asked of it, and refuses everything when it is told to. */
const createCountingDatabase = (values: Map<string, unknown>) => {
  const memory = createMemory(values)
  const cost = { reads: 0, changes: 0, lists: 0 }
  let isRefusing = false
  const answering = () => (isRefusing ? Promise.reject(new Error('refused')) : Promise.resolve())
  /** As a database does, it answers a change later than a reading that finds what was there before. */
  const changing = async () => {
    cost.changes++
    await new Promise(setImmediate)
    await answering()
  }
  const database: Database = {
    ...memory,
    get: (key) => (cost.reads++, answering().then(() => memory.get(key))),
    async update(key, change) {
      await changing()
      return memory.update(key, change)
    },
    async clear(prefix) {
      await changing()
      return memory.clear(prefix)
    },
    list: (prefix, limit) => (cost.lists++, answering().then(() => memory.list(prefix, limit))),
  }
  return {
    database,
    refuse: (is: boolean) => void (isRefusing = is),
    /** What was asked of the database since the last time. */
    cost() {
      const spent = { ...cost }
      Object.assign(cost, { reads: 0, changes: 0, lists: 0 })
      return spent
    },
  }
}

/** A server that gives each report the answer a test has laid out for it. */
const createFakeServer = () => {
  const sent: string[] = []
  const changes: string[] = []
  /** What comes back for each record, in turn; then records are delivered. A promise: the answer is on its way. */
  const outcomes: (Verdict | Promise<Verdict>)[] = []
  let probeReply: Reply | Promise<Reply> = { status: 200, text: '{"config":{},"success":true}' }
  let probeCount = 0
  const send: Send = async (url, init) => {
    if (!url.endsWith(pageVisitedPath)) return (probeCount++, probeReply)
    // The question of how the server reads a post has nothing of a visit.
    const { pageInfo } = JSON.parse(init?.body as string) as Partial<PageVisitedBody>
    if (pageInfo) {
      sent.push(pageInfo.title)
      changes.push(pageInfo.change)
    }
    return replyOf(await (outcomes.shift() ?? delivered))
  }
  return {
    send,
    sent,
    changes,
    outcomes,
    asked: () => probeCount,
    /** What anything but a report gets from now on. */
    answers: (reply: Reply | Promise<Reply>) => void (probeReply = reply),
  }
}

/** What the tabs of one browser share. */
interface Shared {
  clock: Clock
  database: Database
  local: globalThis.Storage
  events: string[]
  channel: ReturnType<typeof createChannel>
  locksOf: ReturnType<typeof createFakeLocks>
  queue: { records?: number; days?: number }
  send: Send
  canFetchRecovery(): boolean
}

/** The parts of one tab; after `die` its clock and its lock do nothing any more. */
const createTabParts = (
  documentId: string,
  { clock, database, local, events, channel, locksOf, ...shared }: Shared,
) => {
  const page = createFakePage()
  const tabs = channel.join()
  let isAlive = true
  const own: Clock = { now: clock.now, after: (ms, run) => clock.after(ms, () => isAlive && run()) }
  // A tab that has died while it waited gives its turn to the next.
  const lock: Lock = { hold: (run) => locksOf(page)('visit').hold(async () => void (isAlive && (await run()))) }
  const state: VisitorState = { token: 'token' }
  return {
    die() {
      isAlive = false
      tabs.leave()
    },
    parts: {
      server: 'https://chat.example',
      options: { server: '', queue: shared.queue },
      documentId,
      storage: createStorage({
        database,
        clock: own,
        overlayMemory: async (...given) => createMemoryOverlay(own, ...given),
        isDormant: false,
      }),
      journal: createJournal('journal/', () => local),
      clock: own,
      page,
      lock,
      send: shared.send,
      guard:
        <A extends unknown[]>(run: (...args: A) => unknown) =>
        (...args: A) =>
          void run(...args),
      tabs,
      warnOnce: (code: string) => void events.push(`said ${code}`),
      visitor: { state: async () => state, current: () => state, atOnce: () => state },
      emit: (event: string, { id, reason, code }: { id: string; reason?: string; code?: string }) => {
        if (event === 'drop') events.push([`dropped ${id} ${reason}`, code].filter(Boolean).join(' '))
        else if (event !== 'visit') events.push(`${event} ${id}`)
      },
    },
  }
}

const createTab = (documentId: string, shared: Shared, isLastPage: boolean) => {
  const { parts, die } = createTabParts(documentId, shared)
  const { page, tabs, clock } = parts
  const needRecovery = async () => {
    if (!shared.canFetchRecovery()) throw new Error('recovery could not be fetched')
    return recovery
  }
  const posting = createPosting({ ...parts, needRecovery })
  // `createRecovery` is declared to take all of tracking, and of that uses no more than is here.
  const recovery = createRecovery({ ...parts, posting } as unknown as Tracking)
  const visits = createVisitLane({
    ...parts,
    posting,
    needRecovery,
    isLastPage: () => isLastPage,
    onWait(wait) {
      if (!wait) return
      const waitS = Math.round((wait.untilMs - clock.now()) / 1000)
      shared.events.push(`waits ${waitS} s${wait.limited ? ', limited' : ''}`)
    },
  })
  // Visits store themselves; what is shared is the word to the other tabs.
  const lane = {
    ...visits,
    async put(record: VisitRecord) {
      await visits.put(record)
      tabs.post('visit')
    },
  }
  tabs.observe('visit', visits.check)
  visits.start()
  return {
    lane,
    visits,
    put: (id: string, more: Item = {}) => lane.put(visitOf(id, { at: clock.now(), ...more })),
    fire: async (event: PageEvent) => {
      page.fire(event)
      await settled()
    },
    /** The page is left: what it has begun comes to nothing any more. */
    async leave() {
      page.fire('leave')
      await settled()
      die()
    },
    die,
  }
}

/** The keys that begin with this, without it. */
const keysAfter = (prefix: string, keys: Iterable<string>): string[] =>
  [...keys].flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])).sort()

export const createLanes = (queue: { records?: number; days?: number } = {}) => {
  const clock = createManualClock()
  const values = new Map<string, unknown>()
  const { database, refuse, cost } = createCountingDatabase(values)
  const { send, ...server } = createFakeServer()
  const local = createSessionStorage()
  const events: string[] = []
  let tabCount = 0
  let canFetchRecovery = true
  let skewMs = 0
  let online = true
  const navigator = {
    get onLine() {
      return online
    },
  }
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true })
  Object.defineProperty(globalThis, 'location', { value: { origin: 'https://shop.example' }, configurable: true })
  const shared: Shared = {
    clock: { now: () => clock.now() + skewMs, after: clock.after },
    database,
    local,
    events,
    channel: createChannel(),
    locksOf: createFakeLocks(),
    queue,
    send,
    canFetchRecovery: () => canFetchRecovery,
  }
  return {
    clock,
    /** `isLastPage`: nothing says that another page of the site will follow. `hops`: how many pages in a row were left before their quiet time was over. */
    tab({ doc = `doc${tabCount++}`, hops = 0, isLastPage = false } = {}) {
      if (hops) local.setItem('journal/hops', `${hops}`)
      return createTab(doc, shared, isLastPage)
    },
    events,
    ...server,
    local,
    values,
    cost,
    /** The database refuses everything. */
    refuse,
    helpless: (is = true) => void (canFetchRecovery = !is),
    jump: (ms: number) => void (skewMs += ms),
    plug: (is: boolean) => void (online = is),
    waiting: () => keysAfter('visit/', values.keys()),
    noted: () => keysAfter('journal/visit/', Object.keys(local)),
    marked: () => keysAfter('journal/sent/visit/', Object.keys(local)),
  }
}
