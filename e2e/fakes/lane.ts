/** Tabs of one browser with a lane each, for tests of delivery: the real outbox and the real trouble, on memory and a clock moved by hand. */
import type { Tracking, Verdict, VisitorState, VisitRecord } from '../../src/tracking/contracts'
import type { Database, Lock, PageEvent, Send } from '../../src/browser/ports'
import { createJournal } from '../../src/browser/journal'
import { createMemory } from '../../src/browser/memory'
import { createVisitLane } from '../../src/tracking/delivery/visitLane'
import { createMemoryOverlay } from '../../src/recovery/memoryOverlay'
import { createStorage } from '../../src/tracking/storage'
import { shareLane } from '../../src/visitor/sharedLane'
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
  if (verdict.kind === 'hold')
    return json(400, { success: false, error: '[invalid-token]', errorType: 'invalid-token' })
  if (verdict.kind === 'drop') return json(400, { success: false, error: verdict.says, errorType: verdict.code })
  if (verdict.limited)
    return json(429, {
      success: false,
      error: `Error, too many requests. Please slow down. You must wait ${verdict.ms! / 1000} seconds before trying this endpoint again. [error-too-many-requests]`,
    })
  return verdict.silent ? 'TypeError' : json(503, {})
}

export const delivered: Verdict = { kind: 'done' }
export const lateMs = (ms?: number): Verdict => ({ kind: 'wait', ms, limited: ms !== undefined })
export const noAnswer: Verdict = { kind: 'wait', silent: true }

export const createLanes = (queue: { records?: number; days?: number } = {}) => {
  const clock = createManualClock()
  const values = new Map<string, unknown>()
  const kept = createMemory(values)
  let refused = false
  const answering = () => (refused ? Promise.reject(new Error('refused')) : Promise.resolve())
  const cost = { reads: 0, changes: 0, lists: 0 }
  const memory: Database = {
    ...kept,
    get: (key) => (cost.reads++, answering().then(() => kept.get(key))),
    async update(key, change) {
      cost.changes++
      // As a database does, it answers later than a reading that finds what it had before.
      await new Promise(setImmediate)
      await answering()
      return kept.update(key, change)
    },
    async clear(prefix) {
      cost.changes++
      await new Promise(setImmediate)
      await answering()
      return kept.clear(prefix)
    },
    list: (prefix, limit) => (cost.lists++, answering().then(() => kept.list(prefix, limit))),
  }
  const local = createSessionStorage()
  const events: string[] = []
  const sent: string[] = []
  const changes: string[] = []
  const channel = createChannel()
  const locksOf = createFakeLocks()
  let tabCount = 0
  let help = true
  let skewMs = 0
  let online = true
  /** What comes back for each record, in turn; then it is delivered. A promise: the answer is on its way. */
  const outcomes: (Verdict | Promise<Verdict>)[] = []
  /** What a harmless question gets. */
  let answer: Reply | Promise<Reply> = { status: 200, text: '{"config":{},"success":true}' }
  let asked = 0
  Object.defineProperty(globalThis, 'navigator', {
    value: {
      get onLine() {
        return online
      },
    },
    configurable: true,
  })
  Object.defineProperty(globalThis, 'location', { value: { origin: 'https://shop.example' }, configurable: true })

  const now = () => clock.now() + skewMs
  const tab = ({ doc = `doc${tabCount++}`, hops = 0 } = {}) => {
    if (hops) local.setItem('journal/hops', `${hops}`)
    const page = createFakePage()
    const tabs = channel.join()
    let alive = true
    const own = { now, after: (ms: number, run: () => void) => clock.after(ms, () => alive && run()) }
    // A tab that has died while it waited gives its turn to the next.
    const lock: Lock = { hold: (run) => locksOf(page)('visit').hold(async () => void (alive && (await run()))) }
    const die = () => {
      alive = false
      tabs.leave()
    }
    const storage = createStorage({
      database: memory,
      clock: own,
      overlayMemory: async (...given) => createMemoryOverlay(own, ...given),
      isDormant: false,
    })
    const journal = createJournal('journal/', () => local)
    /** A report gets what the test has laid out for it; anything else is a harmless question. */
    const send: Send = async (url, init) => {
      if (!url.endsWith(pageVisitedPath)) return (asked++, answer)
      const { pageInfo } = JSON.parse(init?.body as string) as PageVisitedBody
      sent.push(pageInfo.title)
      changes.push(pageInfo.change)
      return replyOf(await (outcomes.shift() ?? delivered))
    }
    const state: VisitorState = { token: 'token' }
    const parts = {
      server: 'https://chat.example',
      options: { server: '', queue },
      documentId: doc,
      storage,
      journal,
      clock: own,
      page,
      lock,
      send,
      guard:
        <A extends unknown[]>(run: (...args: A) => unknown) =>
        (...args: A) =>
          void run(...args),
      tabs,
      warnOnce: (code: string) => void events.push(`said ${code}`),
      visitor: { state: async () => state, current: () => state },
      emit: (event: string, { id, reason, code }: { id: string; reason?: string; code?: string }) =>
        void (
          event !== 'visit' &&
          events.push(event === 'drop' ? [`dropped ${id} ${reason}`, code].filter(Boolean).join(' ') : `${event} ${id}`)
        ),
    }
    // Only what delivery and recovery need of tracking is here.
    const tracking = parts as unknown as Tracking
    const recovery = createRecovery(tracking)
    const lane = createVisitLane({
      ...tracking,
      lock,
      onWait: (wait) =>
        void (
          wait && events.push(`waits ${Math.round((wait.untilMs - now()) / 1000)} s${wait.limited ? ', limited' : ''}`)
        ),
      async needRecovery() {
        if (!help) throw new Error('recovery could not be fetched')
        return recovery
      },
    })
    const shared = shareLane(tabs, { name: 'visit' }, lane)
    lane.start()
    return {
      lane: shared,
      visits: lane,
      put: (id: string, more: Item = {}) => shared.put(visitOf(id, { at: now(), ...more })),
      fire: async (event: PageEvent) => {
        page.fire(event)
        await settled()
      },
      /** Goes as pages go: what it has begun comes to nothing any more. */
      async leave() {
        page.fire('leave')
        await settled()
        die()
      },
      die,
    }
  }
  return {
    clock,
    tab,
    events,
    sent,
    changes,
    outcomes,
    local,
    values,
    asked: () => asked,
    /** What was asked of the database since the last time. */
    cost() {
      const spent = { ...cost }
      Object.assign(cost, { reads: 0, changes: 0, lists: 0 })
      return spent
    },
    answers: (reply: Reply | Promise<Reply>) => void (answer = reply),
    /** The database refuses everything. */
    refuse: (is: boolean) => void (refused = is),
    helpless: () => void (help = false),
    jump: (ms: number) => void (skewMs += ms),
    plug: (is: boolean) => void (online = is),
    waiting: () =>
      [...values.keys()]
        .filter((key) => key.startsWith('visit/'))
        .map((key) => key.slice(6))
        .sort(),
    noted: () =>
      Object.keys(local)
        .filter((key) => key.startsWith('journal/visit/'))
        .map((key) => key.slice(14))
        .sort(),
    marked: () =>
      Object.keys(local)
        .filter((key) => key.startsWith('journal/sent/'))
        .map((key) => key.slice(19))
        .sort(),
  }
}
