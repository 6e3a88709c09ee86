/** Tabs of one browser with a lane each, for tests of delivery: the real outbox and the real trouble, on memory and a clock moved by hand. */
import type { LaneOptions, Lock, Outcome, PageEvent, Waiting } from '../../src/core/contracts'
import type { Tracking } from '../../src/core/index'
import { createJournal } from '../../src/core/journal'
import { createMemory } from '../../src/core/memory'
import { createLane, type OutboxParts } from '../../src/core/outbox'
import { createOverlay } from '../../src/core/overlay'
import { createStorage, type Shelf } from '../../src/core/storage'
import { shareLane } from '../../src/core/tabs'
import { createTrouble } from '../../src/core/trouble'
import type { Reply } from '../../src/wire/reply'
import { createSessionStorage } from '../model/browser/storage'
import { createManualClock, settled } from './clock'
import { createChannel, createFakeLocks, createFakePage } from './page'

export interface Item extends Waiting {
  text?: string
}

export const delivered: Outcome = { kind: 'delivered' }
export const lateMs = (ms?: number): Outcome => ({ kind: 'later', ms, limited: ms !== undefined })
export const noAnswer: Outcome = { kind: 'later', silent: true }

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
  const channel = createChannel()
  const locksOf = createFakeLocks()
  let tabCount = 0
  let help = true
  let skewMs = 0
  let online = true
  /** What comes back for each record, in turn; then it is delivered. A promise: the answer is on its way. */
  const outcomes: (Outcome | Promise<Outcome>)[] = []
  /** What a harmless question gets. */
  let answer: Reply | Promise<Reply> = { status: 200, text: '{"config":{},"success":true}' }
  let asked = 0
  Object.defineProperty(globalThis, 'navigator', { value: { get onLine() { return online } }, configurable: true })
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
    const storage = createStorage(memory, own, async (...given) => createOverlay(own, ...given))
    const journal = createJournal('journal/', () => local)
    const send = async () => (asked++, answer)
    const tracking = { server: 'https://chat.example', options: { queue }, storage, journal, clock: own, page, guard: (run: () => unknown) => run, tabs, doc, send, emit: (_event: 'drop', { id, reason, code }: { id: string; reason: string; code?: string }) => void events.push([`dropped ${id} ${reason}`, code].filter(Boolean).join(' ')), say: (code: string) => void events.push(`said ${code}`), visitor: { current: () => undefined } }
    const trouble = createTrouble(tracking as unknown as Tracking)
    const parts: OutboxParts = { storage, journal, clock: own, page, lock, doc, trouble: async () => (help ? trouble : undefined) }
    const options: LaneOptions<Item> = {
      name: 'visit',
      journaled: true,
      async deliver(record, begin) {
        if (!begin()) return noAnswer
        sent.push(record.text ? `${record.id} ${record.text}` : record.id)
        const outcome = await (outcomes.shift() ?? delivered)
        if (outcome.kind !== 'delivered' && !(outcome.kind === 'later' && outcome.silent)) begin(false)
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
