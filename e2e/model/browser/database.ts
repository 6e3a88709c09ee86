import type { Owner, Scheduler } from '../scheduler.ts'

/** How a browser's database behaves: it is refused, never answers, or is full. */
export type DatabaseCondition = 'fine' | 'refused' | 'hung' | 'full'

type Callback = ((event?: unknown) => void) | null | undefined
interface Request {
  result?: unknown
  error?: unknown
  onsuccess?: Callback
  onerror?: Callback
  onupgradeneeded?: Callback
  perform(): unknown
  /** It was carried out, and its page has heard of it. */
  heard?: boolean
}
interface Transaction {
  owner: Owner
  writes: boolean
  requests: Request[]
  /** All there were. */
  asked: Request[]
  undo: [string, unknown][]
  state: 'waiting' | 'running' | 'committing' | 'over'
  /** Its `commit()` was called: nothing more will be asked. */
  whole?: boolean
  error?: unknown
  db: unknown
  oncomplete?: Callback
  onabort?: Callback
}
interface Range {
  from: string
  to: string
}

export const keyRange = { bound: (from: string, to: string): Range => ({ from, to }) }

const failure = (name: string) => Object.assign(new Error(name), { name })

/** Structured cloning, of the plain data that is kept here. */
const copy = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copy)
  const made: Record<string, unknown> = {}
  for (const key of Object.keys(value)) made[key] = copy((value as Record<string, unknown>)[key])
  return made
}

/**
 * One store of IndexedDB with its transactions: one writer at a time, all or nothing, gone with the page that had not finished.
 * `waitsForSleepers`, as in WebKit: one whose `commit()` was not called ends only when its page is awake, and all later ones wait for it.
 */
export interface Database {
  kept: Map<string, unknown>
  condition(): DatabaseCondition
  setCondition(next: DatabaseCondition): void
  /** It was full at some time. */
  wasFull(): boolean
  /** The browser closes the connection of a page, and says so or not. */
  closeFor(owner: Owner, isTold: boolean): void
  /** Whether a page is in the middle of something. */
  busy(owner: Owner): boolean
  /** The page has gone: what was not finished is undone, except what needed nothing more of it. */
  abandon(owner: Owner): void
  /** The `indexedDB` of one page. */
  factory(owner: Owner): { open(): Request }
}

export const createDatabase = (
  scheduler: Scheduler,
  waitsForSleepers = false,
  changed: (key: string, value: unknown) => void = () => {},
): Database => {
  const { chance } = scheduler
  const kept = new Map<string, unknown>()
  const waiting = new Set<Transaction>()
  let stalled: (() => void)[] = []
  let condition: DatabaseCondition = 'fine'
  let wasFull = false
  const latency = (mostMs: number) => chance.next() ** 2 * mostMs

  const put = (transaction: Transaction, key: string, value: unknown) => {
    transaction.undo.push([key, kept.get(key)])
    if (value === undefined) kept.delete(key)
    else kept.set(key, value)
  }
  const finish = (transaction: Transaction) => {
    transaction.state = 'over'
    waiting.delete(transaction)
    pump()
  }
  const takeBack = (transaction: Transaction) => {
    for (const [key, value] of transaction.undo.reverse()) {
      if (value === undefined) kept.delete(key)
      else kept.set(key, value)
    }
    finish(transaction)
  }
  const commit = (transaction: Transaction) => {
    if (condition === 'full' && transaction.undo.length) {
      takeBack(transaction)
      transaction.error = failure('QuotaExceededError')
      return void scheduler.later(latency(1), () => transaction.onabort?.(), transaction.owner)
    }
    transaction.state = 'committing'
    scheduler.later(latency(2), () => {
      finish(transaction)
      transaction.undo.forEach(([key]) => changed(key, kept.get(key)))
      scheduler.later(latency(1), () => transaction.oncomplete?.(), transaction.owner)
    })
  }
  const step = (transaction: Transaction): void => {
    if (transaction.state !== 'running') return
    if (condition === 'hung') return void stalled.push(() => step(transaction))
    const request = transaction.requests.shift()
    if (!request) {
      const { owner, whole } = transaction
      if (!waitsForSleepers || whole || !owner.asleep || owner.gone) return commit(transaction)
      return void owner.missed.push(() => step(transaction))
    }
    request.result = request.perform()
    if (!request.onsuccess) return step(transaction)
    scheduler.later(
      latency(1),
      () => {
        // Aborted meanwhile.
        if (transaction.state !== 'running') return
        request.heard = true
        request.onsuccess?.()
        scheduler.later(0, () => step(transaction))
      },
      transaction.owner,
    )
  }
  const pump = () => {
    if (condition === 'hung') return
    let reading = false
    for (const transaction of waiting) {
      if (transaction.state === 'waiting' && !(transaction.writes && reading)) {
        transaction.state = 'running'
        scheduler.later(latency(2), () => step(transaction))
      }
      if (transaction.writes) return
      reading = true
    }
  }

  const connect = (owner: Owner) => {
    const connection = { open: true, onclose: undefined as Callback, onversionchange: undefined as Callback }
    const db = Object.assign(connection, {
      createObjectStore: () => undefined,
      close: () => void (connection.open = false),
      transaction(_store: string, mode: string) {
        if (!connection.open) throw failure('InvalidStateError')
        const transaction: Transaction = {
          owner,
          writes: mode === 'readwrite',
          requests: [],
          asked: [],
          undo: [],
          state: 'waiting',
          db,
        }
        waiting.add(transaction)
        scheduler.later(0, pump)
        const ask = (perform: () => unknown): Request => {
          if (transaction.whole) throw failure('TransactionInactiveError')
          const request: Request = { perform }
          transaction.requests.push(request)
          transaction.asked.push(request)
          return request
        }
        const within = ({ from, to }: Range) => [...kept.keys()].filter((key) => key >= from && key <= to).sort()
        const store = {
          transaction,
          get: (key: string) => ask(() => copy(kept.get(key))),
          put(value: unknown, key: string) {
            const made = copy(value)
            return ask(() => put(transaction, key, made))
          },
          delete: (what: string | Range) =>
            ask(() =>
              (typeof what === 'string' ? [what] : within(what)).forEach((key) => put(transaction, key, undefined)),
            ),
          getAll: (range: Range, limit?: number) =>
            ask(() =>
              within(range)
                .slice(0, limit)
                .map((key) => copy(kept.get(key))),
            ),
          count: (range: Range) => ask(() => within(range).length),
        }
        return Object.assign(transaction, {
          objectStore: () => store,
          /** Nothing more will be asked: it need not come back for that. */
          commit: () => void (transaction.whole = true),
          abort() {
            if (transaction.state === 'committing' || transaction.state === 'over') throw failure('InvalidStateError')
            takeBack(transaction)
            transaction.error = failure('AbortError')
            scheduler.later(
              0,
              () => {
                for (const request of transaction.asked) {
                  if (request.heard) continue
                  request.error = transaction.error
                  request.onerror?.()
                }
                transaction.onabort?.()
              },
              owner,
            )
          },
        })
      },
    })
    return db
  }
  const connections = new Map<Owner, Set<ReturnType<typeof connect>>>()

  return {
    kept,
    condition: () => condition,
    wasFull: () => wasFull,
    setCondition(next) {
      condition = next
      wasFull ||= next === 'full'
      if (next === 'hung') return
      stalled.splice(0).forEach((run) => run())
      pump()
    },
    closeFor(owner, isTold) {
      for (const db of connections.get(owner) ?? []) {
        db.open = false
        if (isTold) scheduler.later(0, () => db.onclose?.(), owner)
      }
    },
    busy: (owner) => [...waiting].some((transaction) => transaction.owner === owner),
    abandon(owner) {
      connections.delete(owner)
      for (const transaction of [...waiting]) {
        if (transaction.owner !== owner || transaction.state === 'committing') continue
        const alone = transaction.state === 'running' && transaction.requests.every(({ onsuccess }) => !onsuccess)
        if (alone && condition === 'fine' && chance.odds(0.3)) step(transaction)
        else takeBack(transaction)
      }
    },
    factory: (owner) => ({
      open() {
        if (condition === 'refused' && chance.odds(0.5)) throw failure('SecurityError')
        const request: Request = { perform: () => undefined }
        const answer = () => {
          if (condition === 'refused') {
            request.error = failure('UnknownError')
            return request.onerror?.()
          }
          const db = connect(owner)
          const known = connections.get(owner) ?? new Set()
          connections.set(owner, known.add(db))
          request.result = db
          request.onupgradeneeded?.()
          request.onsuccess?.()
        }
        const open = () => {
          if (condition === 'hung') stalled.push(open)
          else scheduler.later(0, answer, owner)
        }
        scheduler.later(chance.odds(0.1) ? latency(400) : latency(30), open)
        return request
      },
    }),
  }
}
