/** Tabs of one browser with a lane each, for tests of delivery: the real outbox and the real trouble, on memory and a clock moved by hand. */
import type { LaneOptions, Verdict, LaneRecord } from '../../src/tracking/contracts'
import type { Lock, Page, PageEvent, Tabs } from '../../src/browser/ports'
import type { Tracking } from '../../src/tracking'
import { createJournal } from '../../src/browser/journal'
import { createMemory } from '../../src/browser/memory'
import { createLane, type OutboxParts } from '../../src/tracking/delivery/lane'
import { createOverlay } from '../../src/recovery/memoryOverlay'
import { createStorage, type Shelf } from '../../src/browser/database'
import { shareLane } from '../../src/browser/tabs'
import { createRecovery } from '../../src/recovery'
import type { Reply } from '../../src/wire/reply'
import { createSessionStorage } from '../model/browser/storage'
import { createManualClock, settled } from './core'

export interface Item extends LaneRecord {
  text?: string
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
  const memory: Shelf = {
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
  const queueOfLock: (() => void)[] = []
  const hearing = new Set<(from: unknown, topic: string) => void>()
  let held = false
  let help = true
  let skewMs = 0
  let online = true
  /** What comes back for each record, in turn; then it is delivered. A promise: the answer is on its way. */
  const outcomes: (Verdict | Promise<Verdict>)[] = []
  /** What a harmless question gets. */
  let answer: Reply | Promise<Reply> = { status: 200, text: '{"config":{},"success":true}' }
  let asked = 0
  Object.defineProperty(globalThis, 'navigator', { value: { get onLine() { return online } }, configurable: true })
  Object.defineProperty(globalThis, 'location', { value: { origin: 'https://shop.example' }, configurable: true })

  const now = () => clock.now() + skewMs
  const tab = ({ doc = `doc${hearing.size}`, hops = 0 } = {}) => {
    if (hops) local.setItem('journal/hops', `${hops}`)
    const listeners = new Set<(event: PageEvent) => void>()
    let alive = true
    const own = { now, after: (ms: number, run: () => void) => clock.after(ms, () => alive && run()) }
    const page: Page = { visible: () => true, parsed: () => true, observe: (listener) => (listeners.add(listener), () => listeners.delete(listener)) }
    const me = {}
    const tabs: Tabs = {
      post: (topic) => setImmediate(() => hearing.forEach((hear) => hear(me, topic))),
      observe(topic, listener) {
        const hear = (from: unknown, said: string) => alive && from !== me && said === topic && listener(undefined)
        hearing.add(hear)
        return () => hearing.delete(hear)
      },
    }
    const lock: Lock = {
      async hold(run) {
        if (held) await new Promise<void>((resolve) => queueOfLock.push(resolve))
        held = true
        if (alive) await Promise.race([run(), new Promise<void>((resolve) => listeners.add((event) => event === 'leave' && resolve()))])
        held = false
        queueOfLock.shift()?.()
      },
    }
    const storage = createStorage(memory, own, async (...given) => createOverlay(own, ...given))
    const journal = createJournal('journal/', () => local)
    const send = async () => (asked++, answer)
    const tracking = { server: 'https://chat.example', options: { queue }, storage, journal, clock: own, page, guard: (run: () => unknown) => run, tabs, doc, send, emit: (_event: 'drop', { id, reason, code }: { id: string; reason: string; code?: string }) => void events.push([`dropped ${id} ${reason}`, code].filter(Boolean).join(' ')), say: (code: string) => void events.push(`said ${code}`), visitor: { current: () => undefined } }
    const trouble = createRecovery(tracking as unknown as Tracking)
    const parts: OutboxParts = { storage, journal, clock: own, page, lock, doc, trouble: async () => (help ? trouble : undefined) }
    const options: LaneOptions<Item> = {
      name: 'visit',
      journaled: true,
      async deliver(record, begin) {
        if (!begin()) return noAnswer
        sent.push(record.text ? `${record.id} ${record.text}` : record.id)
        const outcome = await (outcomes.shift() ?? delivered)
        if (outcome.kind !== 'done' && !(outcome.kind === 'wait' && outcome.silent)) begin(false)
        return outcome
      },
      onDelivered: ({ id }) => void events.push(`delivered ${id}`),
      onWait: (wait) => void (wait && events.push(`waits ${Math.round((wait.untilMs - now()) / 1000)} s${wait.limited ? ', limited' : ''}`)),
    }
    const made = createLane<Item>(parts, options)
    const lane = shareLane(tabs, options, made)
    made.start()
    return {
      lane,
      put: (id: string, more: Partial<Item> = {}) => lane.put({ id, at: now(), ...more }),
      fire: async (event: PageEvent) => {
        listeners.forEach((listener) => listener(event))
        await settled()
      },
      /** Goes as pages go: what it has begun comes to nothing any more. */
      async leave() {
        listeners.forEach((listener) => listener('leave'))
        await settled()
        alive = false
      },
      die: () => void (alive = false),
    }
  }
  return {
    clock,
    tab,
    events,
    sent,
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
    waiting: () => [...values.keys()].filter((key) => key.startsWith('visit/')).map((key) => key.slice(6)).sort(),
    noted: () => Object.keys(local).filter((key) => key.startsWith('journal/visit/')).map((key) => key.slice(14)).sort(),
    marked: () => Object.keys(local).filter((key) => key.startsWith('journal/sent/')).map((key) => key.slice(19)).sort(),
  }
}
