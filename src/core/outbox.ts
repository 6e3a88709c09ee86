import { backoffMs } from './backoff'
import type { Journal } from './journal'
import type { Clock, Lane, LaneOptions, Lock, Outcome, Page, Storage, Tabs, Undo, Waiting } from './contracts'
import type { Trouble } from './trouble'

/** A record still open after this belongs to a page that can no longer settle it. */
const settledByMs = 2500
/** Nothing is sent in the first moments of a page, longer after each hop: a visitor hopping through links leaves nothing in flight. */
export const quietMs = (hops: number): number => Math.min(8000, 500 * 2 ** hops)

/** What a lane has learnt of the server; shared by all tabs through storage, nothing while all is well. */
export interface Learnt {
  /** Not before, and how long that was meant to be: a clock that jumps back must not make it longer. */
  untilMs?: number
  spanMs?: number
  limitedAtMs?: number
  failures?: number
  /** Sends in a row that got no answer. */
  silences?: number
}

export interface OutboxParts {
  storage: Storage
  journal: Journal
  /** This tab's own memory; survives the document. */
  session: Journal
  clock: Clock
  page: Page
  tabs: Tabs
  lock: Lock
  /** This document, and the tab it lives in. */
  doc: string
  tab: string
  /** How many pages in a row were left before their quiet time was over. */
  hops: number
  random?: () => number
  /** What is done when all is not well; fetched then, undefined when it cannot be. */
  trouble(): Promise<Trouble | undefined>
}

/** What trouble sees of a lane. */
export interface LaneInside {
  options: LaneOptions<Waiting>
  prefix: string
  marks: string
  learnt(): Learnt
  learn(learnt: Learnt): Promise<void>
  retreat(ms?: number, more?: Learnt): Promise<void>
  forget(id: string): Promise<void>
  /** Never again on this page, unless somebody wakes the lane. */
  hold(): void
}

/** One queue: stored before sending, sent in order by one tab at a time, deleted by id after a final answer. */
export const createLane = <R extends Waiting>(parts: OutboxParts, options: LaneOptions<R>): Lane<R> & { start(): void; stop: Undo } => {
  const { storage, journal, session, clock, page, tabs, lock, doc, tab, hops, random, trouble } = parts
  const { name, journaled } = options
  const prefix = `${name}/`
  const marks = `sent/${prefix}`
  const stateKey = `lane/${name}`
  const quietUntilMs = journaled ? clock.now() + quietMs(hops) : 0
  /** Records of this document, as long as their journal is theirs to write. */
  const own = new Set<string>()
  let learnt: Learnt = {}
  /** Changes whenever whoever is draining must give up. */
  let turn = 0
  let started = false
  let running = false
  let again = false
  let held = false
  /** The page is gone or asleep: a lock granted to it would stop every other tab. */
  let away = false
  let inFlight: { id: string; atMs: number } | undefined
  let undo: Undo[] = []
  let undoTimer: Undo = () => {}

  const inside: LaneInside = {
    options: options as unknown as LaneOptions<Waiting>,
    prefix,
    marks,
    learnt: () => learnt,
    learn: (to) => storage.set(stateKey, (learnt = to)),
    retreat(ms, more) {
      const failures = (learnt.failures ?? 0) + (ms === undefined ? 1 : 0)
      const spanMs = ms ?? backoffMs(failures, random)
      return inside.learn({ ...learnt, failures, spanMs, untilMs: clock.now() + spanMs, ...more })
    },
    async forget(id) {
      own.delete(id)
      journal.remove(prefix + id)
      journal.remove(marks + id)
      await storage.delete(prefix + id)
    },
    hold: () => void (held = true),
  }

  /** What the database has not got yet is given to it by the one tab that delivers; a live page of another tab keeps its own. */
  const merge = async () => {
    let left = false
    for (const key of journal.keys(prefix)) {
      const noted = journal.read<R>(key)
      if (noted && (noted.open === doc || (noted.tab !== tab && Math.abs(clock.now() - noted.at) < settledByMs))) {
        left ||= noted.open !== doc
        continue
      }
      if (noted) await storage.update<R>(key, (old) => (old && !old.open && noted.open ? old : noted))
      if (!storage.volatile(key)) journal.remove(key)
    }
    return left
  }

  /** True when the next one may go. */
  const send = async (record: R, mine: number): Promise<boolean | void> => {
    const { id } = record
    const key = prefix + id
    // Kept by the journal alone: if it is gone from there, another tab has taken it.
    if (storage.volatile(key) && journaled && own.has(id) === false && !journal.has(key)) return inside.forget(id).then(() => true)
    if (!storage.volatile(key)) journal.remove(key)
    const atMs = clock.now()
    inFlight = { id, atMs }
    const outcome: Outcome = await options.deliver(record)
    // What is in flight is refused as the document goes, at times before `pagehide`: no answer until the next task shows that the page lives.
    if (outcome.kind === 'later' && outcome.silent) await new Promise<void>((resolve) => clock.after(0, resolve))
    if (outcome.kind === 'delivered') {
      await inside.forget(id)
      options.onDelivered?.(record)
    }
    if (mine !== turn) return
    inFlight = undefined
    if (outcome.kind === 'delivered') {
      session.write('tripMs', clock.now() - atMs)
      if (learnt.failures || learnt.silences) await inside.learn({ limitedAtMs: learnt.limitedAtMs })
      return true
    }
    session.remove('tripMs')
    const help = await trouble()
    if (help) await help.after(inside, record, outcome)
    else await inside.retreat(outcome.kind === 'later' ? outcome.ms : undefined)
    return true
  }

  const drain = async (mine: number) => {
    learnt = (await storage.get<Learnt>(stateKey)) ?? {}
    // A page of another tab that is about to go may leave no more than its note.
    if (await merge()) undoTimer = clock.after(settledByMs, wake)
    if (learnt.untilMs || journal.keys(marks)[0]) await (await trouble())?.before(inside)
    while (mine === turn && !held) {
      const [head] = await storage.list<R>(prefix, 1)
      if (!head || mine !== turn) return
      const now = clock.now()
      const openMs = head.open && (head.tab !== tab || head.open === doc) ? Math.min(settledByMs, head.at + settledByMs - now) : 0
      const ms = Math.max(Math.min((learnt.untilMs ?? 0) - now, learnt.spanMs ?? 0), quietUntilMs - now, openMs)
      options.onWait?.(ms > 0 ? { untilMs: now + ms, limited: learnt.limitedAtMs! + learnt.spanMs! === learnt.untilMs } : undefined)
      if (ms > 0) {
        undoTimer()
        return void (undoTimer = clock.after(ms, wake))
      }
      if (learnt.silences && (await (await trouble())?.blocked(inside))) continue
      if (mine !== turn || !(await send(head, mine))) return
    }
  }

  function wake(): void {
    again = true
    if (running || !started || away) return
    running = true
    undoTimer()
    void (async () => {
      while (again && started && !away) {
        again = false
        const mine = ++turn
        await lock.hold(() => drain(mine).catch(() => void (undoTimer = clock.after(settledByMs, wake))))
      }
      running = false
    })()
  }

  /** What is on its way when the page goes is settled by evidence: see the README's rule. */
  const leave = () => {
    turn++
    undoTimer()
    if (own.size) tabs.say(name)
    const tripMs = session.read<number>('tripMs')
    if (inFlight && tripMs !== undefined && clock.now() - inFlight.atMs < Math.max(300, 3 * tripMs) && !(clock.now() - learnt.limitedAtMs! < 120_000)) journal.write(marks + inFlight.id, 1)
    inFlight = undefined
  }

  return {
    async put(record) {
      const { id, open } = record
      const key = prefix + id
      if (!journaled) await storage.set(key, record)
      else {
        const first = !own.has(id)
        own.add(id)
        journal.write(key, record)
        const noted = journal.has(key)
        // Gone from both: another tab has delivered it meanwhile.
        await storage.update<R>(key, (old) => (old || (noted ? journal.has(key) : first) ? record : undefined))
        if (!open && !storage.volatile(key)) journal.remove(key)
      }
      tabs.say(name)
      wake()
    },
    wake() {
      held = false
      wake()
    },
    waiting: () => storage.list<R>(prefix),
    drop: inside.forget,
    start() {
      if (started) return
      started = true
      undo = [
        // Every tab asks for the lock then: when the one that has it dies, the next is already in line.
        tabs.observe(name, wake),
        page.observe((event) => {
          if (event === 'leave' || event === 'freeze') {
            leave()
            away = true
          } else if (event === 'online') void storage.update<Learnt>(stateKey, (old) => old && { ...old, spanMs: old.limitedAtMs! + old.spanMs! === old.untilMs ? old.spanMs : 0 }).then(wake)
          else if (event === 'restore' || event === 'visible') {
            away = false
            wake()
          }
        }),
      ]
      wake()
    },
    stop() {
      if (!started) return
      started = false
      leave()
      undo.forEach((run) => run())
    },
  }
}
