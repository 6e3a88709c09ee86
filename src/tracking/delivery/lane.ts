import type { Journal, Clock, Lock, Page, Store, Undo } from '../../browser/ports'
import type { Lane, LaneInside, LaneOptions, FlightNote, LaneRecord } from '../contracts'
import type { Recovery } from '../../recovery'

/** A record still open after this belongs to a page that can no longer settle it. */
const settledByMs = 2500
/** So many are read at once; once something is put or taken away, one by one. */
const batchSize = 20
/** How long the word of one tab takes to the others. */
const hearsayMs = 50
/** Where what knows what to do in trouble cannot be fetched. */
const helplessMs = 10_000

export interface OutboxParts {
  storage: Store
  journal: Journal
  clock: Clock
  page: Page
  lock: Lock
  /** This document. */
  doc: string
  /** What is done when all is not well; fetched then, undefined when it cannot be. */
  trouble(): Promise<Recovery | undefined>
}

/** One queue: stored before sending, sent in order by one tab at a time, deleted by id after a final answer. */
export const createLane = <R extends LaneRecord>(parts: OutboxParts, options: LaneOptions<R>): Lane<R> & { start(): void } => {
  const { storage, journal, clock, page, lock, doc, trouble } = parts
  const { name, journaled } = options
  const prefix = `${name}/`
  const marks = `sent/${prefix}`
  /** How many pages in a row were left before their quiet time was over. */
  const hops = journal.read<number>('hops') ?? 0
  /** Nothing is sent in the first moments of a page, longer after each hop: a visitor hopping through links leaves nothing in flight. */
  const quietMs = Math.min(8000, 500 * 2 ** hops)
  const begunMs = clock.now()
  /** Records of this document that wait, and whether the journal took them. */
  const own = new Map<string, boolean>()
  /** Changes whenever whoever is draining must give up. */
  let turn = 0
  /** Not while the page is gone or asleep: a lock granted to it would stop every other tab. */
  let awake: boolean | undefined
  /** The document, while a record of it is open: word that it has settled wakes the lane. */
  let unsettled: string | undefined
  /** One try after the other, and no more than one waits. */
  let chain: Promise<unknown> = Promise.resolve()
  let queued = false
  /** The deletion of what was delivered last. */
  let leaving: Promise<unknown> | undefined
  /** Fetched once all is not well. */
  let help: Recovery | undefined
  let inFlight: { id: string; atMs: number } | undefined
  /** Of the last report that was answered well, unless one was not since; written down as the page goes. */
  let tripMs: number | void
  let undoTimer: Undo = () => {}
  const rest = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve))
  const sleep = (ms: number) => {
    undoTimer()
    undoTimer = clock.after(ms, wake)
  }

  const inside: LaneInside = {
    options: options as unknown as LaneOptions<LaneRecord>,
    forget(id) {
      own.delete(id)
      journal.remove(prefix + id)
      journal.remove(marks + id)
      return storage.clear(prefix + id)
    },
    wake: release,
  }

  /** Its page may still be there. */
  const young = (record: R) => !record.left && Math.abs(clock.now() - record.at) < settledByMs

  /** What the database has not got yet is given to it by the one tab that delivers; a live page of another tab keeps its own. */
  const merge = async (keys: string[]) => {
    let left: string | undefined
    // Word of what another tab has just delivered may still be on its way to this one's local storage.
    if (keys.some((key) => !own.has(key.slice(prefix.length)))) {
      await rest(hearsayMs)
      keys = journal.keys(prefix)
    }
    for (const key of keys) {
      const noted = journal.read<R | false>(key)
      if (noted && (noted.open === doc || young(noted))) {
        if (noted.open !== doc && !(key > left!)) left = key
        continue
      }
      if (noted !== undefined)
        await storage.update<R>(key, (old) => {
          // Asked again after this page was away: what is gone from the journal meanwhile has been taken over by another page.
          const still = journal.read<R | false>(key)
          return still === undefined || (old && !old.open && (still as R).open) ? old : still || undefined
        })
      if (!storage.volatile(key)) journal.remove(key)
    }
    return left
  }

  /** True when it was delivered, and this page goes on. */
  const send = async (record: R, mine: number): Promise<boolean | void> => {
    const { id } = record
    const key = prefix + id
    if (!storage.volatile(key)) journal.remove(key)
    // Kept by the journal alone: if it is gone from there, another tab has taken it.
    else if (journaled && own.get(id) !== false && !journal.read(key)) return storage.leave(key)
    let atMs = 0
    const outcome = await options.deliver(record, (sent = true) => {
      atMs = clock.now()
      // The page may have heard that it goes, and hear this all the same.
      if (!sent) journal.remove(marks + id)
      // Begun without a network it has not arrived, whatever there is when the page goes.
      if (mine === turn) inFlight = sent && navigator.onLine ? { id, atMs } : undefined
      return mine === turn
    })
    const delivered = outcome?.kind === 'done'
    if (delivered) {
      // The next is sent meanwhile.
      leaving = inside.forget(id)
      options.onDelivered?.(record)
    }
    // What is in flight is refused as the document goes, at times before `pagehide`: nothing is certain until the next task shows that the page lives.
    else await new Promise<void>((resolve) => clock.after(0, resolve))
    if (mine !== turn) return
    inFlight = undefined
    if (delivered) {
      if (atMs) tripMs = clock.now() - atMs
      await help?.well(inside)
      return true
    }
    tripMs = journal.remove('tripMs')
    help = await trouble()
    if (help) return help.after(inside, record, outcome)
    inside.held = true
    clock.after(helplessMs, release)
  }

  const drain = async (mine: number) => {
    let batch: R[] | undefined
    let noted: string | undefined
    let left: string | undefined
    while (mine === turn && !inside.held) {
      const keys = journal.keys(prefix)
      const notes = `${keys}`
      // What a page that is about to go has noted may be older than what waits: it is looked at again whenever there is something new.
      if (notes !== noted) {
        noted = notes
        left = await merge(keys)
        // A page of another tab may leave no more than its note: what is younger waits for it.
        if (left) sleep(settledByMs)
        if (!batch) {
          if ((await storage.get(`lane/${name}`)) || journal.keys(marks)[0]) help = await trouble()
          await help?.before(inside)
        }
        batch = []
      }
      if (queued || !batch?.[0]) {
        await leaving
        batch = await storage.list<R>(prefix, journaled ? batchSize : 1)
      }
      const [head] = batch
      // Its own this page will settle, and wake the lane; of what was left in the journal the database may have an older copy.
      if (!head || mine !== turn || head.open === doc || prefix + head.id >= left!) return
      if (head.open && young(head)) return sleep(settledByMs)
      const ms = help ? await help.pauseMs(inside) : 0
      if (ms > 0) return sleep(ms)
      if (mine === turn) batch = (await send(head, mine)) ? batch.slice(1) : []
    }
  }

  function wake(): void {
    if (queued || !awake) return
    queued = true
    undoTimer()
    chain = chain.then(() => {
      queued = false
      const mine = ++turn
      return awake ? lock.hold(() => drain(mine).catch(() => sleep(settledByMs))) : undefined
    })
  }

  function release(): void {
    inside.held = false
    wake()
  }

  const rise = () => {
    awake = true
    if (!unsettled) wake()
  }

  /** What has no id at the server and is on its way when the page goes is settled by evidence: see the README's rule. */
  const leave = () => {
    awake = false
    turn++
    undoTimer()
    if (journaled) {
      if (tripMs! >= 0) journal.write('tripMs', tripMs)
      if (inFlight) journal.write(marks + inFlight.id, [clock.now() - inFlight.atMs, journal.read('tripMs'), navigator.onLine, inside.learnt?.limitedAtMs] satisfies FlightNote)
      journal.write('hops', clock.now() - begunMs < quietMs ? hops + 1 : 0)
    }
    inFlight = undefined
  }

  return {
    async put(record) {
      const { id, open } = record
      const key = prefix + id
      const first = !own.has(id)
      record.left = awake === false
      const noted = !!((journaled && (first || journal.read(key)) && journal.write(key, record)) || journal.read(key))
      own.set(id, noted)
      unsettled = open
      // A transaction begun now would stand in the next page's way, and cost this one its place in the back/forward cache.
      if (record.left && noted && !open) return
      // Gone from both: another tab has delivered it meanwhile, or will: no deletion to remember.
      if (!(await storage.update<R>(key, (old) => (old || (noted ? journal.read(key) : first) ? record : undefined)))) storage.leave(key)
      if (!open && !storage.volatile(key)) journal.remove(key)
      wake()
    },
    wake: release,
    check: wake,
    waiting: () => storage.list<R>(prefix),
    async remove(id) {
      const key = prefix + id
      unsettled = undefined
      // Should the page go before the database has heard of it, the next one tells it.
      journal.write(key, false)
      await storage.clear(key)
      journal.remove(key)
      wake()
    },
    start() {
      page.observe((event) => {
        if (event === 'leave') leave()
        else if (event === 'restore' || event === 'visible') rise()
      })
      if (journaled) clock.after(quietMs, rise)
      else rise()
    },
  }
}
