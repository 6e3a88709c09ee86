import { createPatience, type Presence } from './patience'
import type { Journal } from './journal'
import type { Clock, Lane, LaneOptions, Lock, Page, Storage, Tabs, Undo, Waiting } from './contracts'

/** A record still open after this belongs to a page that can no longer settle it. */
const settledByMs = 2500
/** Nothing is sent in the first moments of a page, longer after each hop: a visitor hopping through links leaves nothing in flight. */
export const quietMs = 500
export const longestQuietMs = 8000
/** A wait no longer than this keeps the lock. */
const napMs = 3000

export interface OutboxParts {
  storage: Storage
  journal: Journal
  clock: Clock
  page: Page
  tabs: Tabs
  lock: Lock
  /** A harmless question, asked before anything is repeated. */
  probe(): Promise<Presence>
  /** The last answer of the server to anything on this page. */
  seen?(): { good: boolean; tripMs: number } | undefined
  /** This document, and the tab it lives in. */
  doc: string
  tab: string
  /** How many pages in a row were left before their quiet time was over. */
  hops: number
  random?: () => number
  /** Answers never can be read although somebody is there. */
  onBlocked(): void
}

/** One queue: stored before sending, sent in order by one tab at a time, deleted by id after a final answer. */
export const createLane = <R extends Waiting>(parts: OutboxParts, options: LaneOptions<R>): Lane<R> & { start(): void; stop: Undo } => {
  const { storage, journal, clock, page, tabs, doc, tab } = parts
  const prefix = `${options.name}/`
  const sentPrefix = `sent/${prefix}`
  const { lock } = parts
  const patience = createPatience(`lane/${options.name}`, storage, clock, parts.random)
  const quietUntilMs = options.journaled ? clock.now() + Math.min(longestQuietMs, quietMs * 2 ** parts.hops) : 0
  /** Records of this document that wait, as last put. */
  const own = new Map<string, R>()
  /** Changes whenever whoever is draining must give up. */
  let turn = 0
  let stopped = true
  let running = false
  let again = false
  /** The one at the head, while this tab has the lock. */
  let head: R | undefined
  let inFlight: { record: R; atMs: number } | undefined
  let held = false
  let knocks = 0
  let postedInVain = false
  let wakeUp: Undo = () => {}
  let undoTimer: Undo = () => {}
  let undoPage: Undo = () => {}
  let undoTabs: Undo = () => {}

  const forgetRecord = async (id: string) => {
    own.delete(id)
    journal.remove(prefix + id)
    journal.remove(sentPrefix + id)
    await storage.delete(prefix + id)
  }
  const delivered = async (record: R) => {
    await forgetRecord(record.id)
    options.onDelivered?.(record)
  }
  const discard = async (record: R, reason: 'refused' | 'too-many' | 'too-old', code?: string, says?: string) => {
    await forgetRecord(record.id)
    options.onDrop?.(record, reason, code, says)
  }

  /** What the database has not got yet is given to it by the one tab that delivers; a live page of another tab keeps its own. */
  const merge = async () => {
    for (const key of journal.keys(prefix)) {
      const noted = journal.read<R>(key)
      if (!noted) journal.remove(key)
      else if (noted.open !== doc && (noted.tab === tab || Math.abs(clock.now() - noted.at) > settledByMs)) {
        await storage.update<R>(key, (old) => (old && !old.open && noted.open ? old : noted))
        if (!storage.volatile(key)) journal.remove(key)
      }
    }
    const ids = journal.keys(sentPrefix).map((mark) => mark.slice(sentPrefix.length))
    if (!ids.length) return
    const arrived = (await parts.probe()) !== 'nobody'
    for (const id of ids) {
      journal.remove(sentPrefix + id)
      const record = arrived && (await storage.get<R>(prefix + id))
      if (record) await delivered(record)
    }
  }

  const bound = async () => {
    const { records, days } = options.bounds ?? { records: Infinity, days: Infinity }
    const surplus = records < Infinity ? (await storage.count(prefix)) - records : 0
    if (surplus > 0) for (const record of await storage.list<R>(prefix, surplus)) await discard(record, 'too-many')
    for (let oldest; days < Infinity && ([oldest] = await storage.list<R>(prefix, 1)) && oldest && clock.now() - oldest.at > days * 86_400_000; )
      await discard(oldest, 'too-old')
  }

  /** How long the page it was noticed on may still change it. */
  const openMs = (record: R) =>
    !record.open || (record.tab === tab && record.open !== doc) ? 0 : Math.min(settledByMs, record.at + settledByMs - clock.now())

  const rest = async (ms: number): Promise<boolean> => {
    options.onWait?.({ untilMs: clock.now() + ms, limited: patience.limited() })
    if (ms > napMs) {
      undoTimer = clock.after(ms, wake)
      return false
    }
    await new Promise<void>((resolve) => {
      const undo = clock.after(ms, resolve)
      wakeUp = () => {
        undo()
        resolve()
      }
    })
    return true
  }

  /** Whether a send may begin, after sends without an answer. */
  const allowed = async (): Promise<boolean> => {
    if (!patience.get().silences) return true
    const presence = await parts.probe()
    if (presence === 'api' || (presence === 'someone' && !postedInVain)) return true
    if (presence === 'someone' && ++knocks === 3) parts.onBlocked()
    await patience.retreat({ kind: 'later' })
    return false
  }

  const send = async (record: R, mine: number) => {
    const key = prefix + record.id
    if (!storage.volatile(key)) journal.remove(key)
    else if (options.journaled && journal.works() && !journal.has(key)) {
      // Only the journal kept it, and another tab has taken it from there.
      return void (await forgetRecord(record.id))
    }
    const atMs = clock.now()
    inFlight = { record, atMs }
    const outcome = await options.deliver(record)
    const tripMs = clock.now() - atMs
    // What is in flight is refused as the document goes, at times before `pagehide`: no answer until the next task shows that the page lives.
    if (outcome.kind === 'later' && outcome.silent) await new Promise<void>((resolve) => clock.after(0, resolve))
    if (outcome.kind === 'delivered') await delivered(record)
    if (mine !== turn) return
    inFlight = undefined
    if (outcome.kind === 'never') await discard(record, 'refused', outcome.code, outcome.says)
    if (outcome.kind === 'delivered' || outcome.kind === 'never') {
      postedInVain = false
      knocks = 0
      return void (await patience.good(tripMs))
    }
    if (outcome.kind === 'held') {
      held = true
      return void (await patience.learn({ silences: 0 }))
    }
    postedInVain = !!outcome.silent
    const silences = outcome.silent ? patience.get().silences + 1 : 0
    await patience.retreat(outcome, silences)
    // Its answers can be read, and yet three in a row were not: the browser keeps them from us.
    if (silences >= 3 && (await parts.probe()) === 'api') {
      held = true
      parts.onBlocked()
    }
  }

  const drain = async (mine: number) => {
    await patience.recall()
    await merge()
    await bound()
    while (mine === turn && !held) {
      ;[head] = await storage.list<R>(prefix, 1)
      if (!head || mine !== turn) return
      const ms = Math.max(patience.waitMs(), quietUntilMs - clock.now(), openMs(head))
      if (ms > 0) {
        if (!(await rest(ms))) return
      } else {
        options.onWait?.(undefined)
        if (await allowed()) await send(head, mine)
      }
    }
  }

  function wake(): void {
    again = true
    if (running || stopped) return
    running = true
    undoTimer()
    void (async () => {
      while (again && !stopped) {
        again = false
        const mine = ++turn
        await lock.hold(() =>
          drain(mine)
            .catch(() => void (undoTimer = clock.after(napMs, wake)))
            .finally(() => (head = undefined)),
        )
      }
      running = false
    })()
  }

  const giveUp = () => {
    turn++
    undoTimer()
    wakeUp()
    if (inFlight && patience.believes(inFlight.atMs, parts.seen?.())) journal.write(sentPrefix + inFlight.record.id, clock.now())
    inFlight = undefined
  }

  return {
    async put(record) {
      const key = prefix + record.id
      const first = !own.has(record.id)
      own.set(record.id, record)
      if (!options.journaled) await storage.set(key, record)
      else {
        journal.write(key, record)
        const noted = journal.has(key)
        // Gone from both: another tab has delivered it meanwhile.
        await storage.update<R>(key, (old) => (old || (noted ? journal.has(key) : first) ? record : undefined))
        if (!record.open && !storage.volatile(key)) journal.remove(key)
      }
      tabs.say(options.name)
      wake()
    },
    wake() {
      held = false
      wake()
    },
    waiting: () => storage.list<R>(prefix),
    drop: forgetRecord,
    farewell() {
      const next = head && (own.get(head.id) ?? head)
      const now = clock.now()
      if (!next || inFlight || held || patience.waitMs() > 0 || !patience.believes(now, parts.seen?.())) return
      journal.write(sentPrefix + next.id, now)
      void options.deliver(next)
    },
    start() {
      if (!stopped) return
      stopped = false
      // Every tab asks for the lock then: when the one that has it dies, the next is already in line.
      undoTabs = tabs.observe(options.name, wake)
      undoPage = page.observe((event) => {
        if (event === 'leave' || event === 'freeze') giveUp()
        else if (event === 'online' && !patience.limited()) void patience.learn({ untilMs: 0, failures: 0 }).then(wake)
        else if (event === 'online' || event === 'restore' || event === 'visible') wake()
      })
      wake()
    },
    stop() {
      if (stopped) return
      stopped = true
      giveUp()
      undoPage()
      undoTabs()
    },
  }
}
