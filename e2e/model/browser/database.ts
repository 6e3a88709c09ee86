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
  /** The request was carried out, and its page has heard of that. */
  isAnswered?: boolean
}
interface Transaction {
  owner: Owner
  writes: boolean
  /** Those that are still to be carried out. */
  requests: Request[]
  allRequests: Request[]
  /** What was there before each change. */
  undo: [string, unknown][]
  state: 'waiting' | 'running' | 'committing' | 'over'
  /** No request follows. */
  isCommitCalled?: boolean
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

/** Most answers come soon, some take nearly `mostMs`. */
const createLatency =
  ({ chance }: Scheduler) =>
  (mostMs: number) =>
    chance.next() ** 2 * mostMs

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
  /** The database was full at some time. */
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

/** How the database behaves, and what is to be done once it answers again. */
const createHealth = () => {
  let condition: DatabaseCondition = 'fine'
  const stalled: (() => void)[] = []
  return {
    condition: () => condition,
    set(next: DatabaseCondition) {
      condition = next
      if (next !== 'hung') stalled.splice(0).forEach((run) => run())
    },
    whenAnswering(run: () => void) {
      if (condition === 'hung') stalled.push(run)
      else run()
    },
  }
}

/** Who may read and write when: readers together, a writer alone, in the order they came. */
interface Transactions {
  waiting: Set<Transaction>
  /** Lets those run whose turn it is. */
  pump(): void
  /** The next request of a transaction is carried out; after the last, the transaction is committed. */
  step(transaction: Transaction): void
  put(transaction: Transaction, key: string, value: unknown): void
  takeBack(transaction: Transaction): void
}

const createTransactions = (
  scheduler: Scheduler,
  kept: Map<string, unknown>,
  health: ReturnType<typeof createHealth>,
  waitsForSleepers: boolean,
): Transactions => {
  const waiting = new Set<Transaction>()
  const latencyMs = createLatency(scheduler)
  const write = (key: string, value: unknown) => {
    if (value === undefined) kept.delete(key)
    else kept.set(key, value)
  }
  const finish = (transaction: Transaction) => {
    transaction.state = 'over'
    waiting.delete(transaction)
    pump()
  }
  const takeBack = (transaction: Transaction) => {
    for (const [key, value] of transaction.undo.reverse()) write(key, value)
    finish(transaction)
  }
  const commit = (transaction: Transaction) => {
    if (health.condition() === 'full' && transaction.undo.length) {
      takeBack(transaction)
      transaction.error = failure('QuotaExceededError')
      return void scheduler.later(latencyMs(1), () => transaction.onabort?.(), transaction.owner)
    }
    transaction.state = 'committing'
    scheduler.later(latencyMs(2), () => {
      finish(transaction)
      scheduler.later(latencyMs(1), () => transaction.oncomplete?.(), transaction.owner)
    })
  }
  const step = (transaction: Transaction): void => {
    if (transaction.state !== 'running') return
    if (health.condition() === 'hung') return health.whenAnswering(() => step(transaction))
    const request = transaction.requests.shift()
    if (!request) {
      const { owner, isCommitCalled } = transaction
      if (!waitsForSleepers || isCommitCalled || !owner.asleep || owner.gone) return commit(transaction)
      return void owner.missed.push(() => step(transaction))
    }
    request.result = request.perform()
    if (!request.onsuccess) return step(transaction)
    const answer = () => {
      // It may have been aborted meanwhile.
      if (transaction.state !== 'running') return
      request.isAnswered = true
      request.onsuccess?.()
      scheduler.later(0, () => step(transaction))
    }
    scheduler.later(latencyMs(1), answer, transaction.owner)
  }
  const pump = () => {
    if (health.condition() === 'hung') return
    let isRead = false
    for (const transaction of waiting) {
      if (transaction.state === 'waiting' && !(transaction.writes && isRead)) {
        transaction.state = 'running'
        scheduler.later(latencyMs(2), () => step(transaction))
      }
      if (transaction.writes) return
      isRead = true
    }
  }
  return {
    waiting,
    pump,
    step,
    put(transaction, key, value) {
      transaction.undo.push([key, kept.get(key)])
      write(key, value)
    },
    takeBack,
  }
}

/** The `IDBTransaction` of a page, with the one store there is. */
const createTransaction = (
  { scheduler, kept, transactions }: { scheduler: Scheduler; kept: Map<string, unknown>; transactions: Transactions },
  owner: Owner,
  mode: string,
  db: unknown,
) => {
  const transaction: Transaction = {
    owner,
    writes: mode === 'readwrite',
    requests: [],
    allRequests: [],
    undo: [],
    state: 'waiting',
    db,
  }
  const request = (perform: () => unknown): Request => {
    if (transaction.isCommitCalled) throw failure('TransactionInactiveError')
    const made: Request = { perform }
    transaction.requests.push(made)
    transaction.allRequests.push(made)
    return made
  }
  const within = ({ from, to }: Range) => [...kept.keys()].filter((key) => key >= from && key <= to).sort()
  const store = {
    transaction,
    get: (key: string) => request(() => copy(kept.get(key))),
    put(value: unknown, key: string) {
      const made = copy(value)
      return request(() => transactions.put(transaction, key, made))
    },
    delete: (what: string | Range) =>
      request(() =>
        (typeof what === 'string' ? [what] : within(what)).forEach((key) =>
          transactions.put(transaction, key, undefined),
        ),
      ),
    getAll: (range: Range, limit?: number) =>
      request(() =>
        within(range)
          .slice(0, limit)
          .map((key) => copy(kept.get(key))),
      ),
    count: (range: Range) => request(() => within(range).length),
  }
  const tellOfAbort = () => {
    for (const each of transaction.allRequests) {
      if (each.isAnswered) continue
      each.error = transaction.error
      each.onerror?.()
    }
    transaction.onabort?.()
  }
  return Object.assign(transaction, {
    objectStore: () => store,
    /** No request follows: the transaction need not come back to the page for that. */
    commit: () => void (transaction.isCommitCalled = true),
    abort() {
      if (transaction.state === 'committing' || transaction.state === 'over') throw failure('InvalidStateError')
      transactions.takeBack(transaction)
      transaction.error = failure('AbortError')
      scheduler.later(0, tellOfAbort, owner)
    },
  })
}

export const createDatabase = (scheduler: Scheduler, waitsForSleepers = false): Database => {
  const { chance } = scheduler
  const kept = new Map<string, unknown>()
  const health = createHealth()
  const { condition } = health
  const transactions = createTransactions(scheduler, kept, health, waitsForSleepers)
  const { waiting } = transactions
  let wasFull = false
  const latencyMs = createLatency(scheduler)

  const connect = (owner: Owner) => {
    const connection = { open: true, onclose: undefined as Callback, onversionchange: undefined as Callback }
    const db = Object.assign(connection, {
      createObjectStore: () => undefined,
      close: () => void (connection.open = false),
      transaction(_store: string, mode: string) {
        if (!connection.open) throw failure('InvalidStateError')
        const made = createTransaction({ scheduler, kept, transactions }, owner, mode, db)
        waiting.add(made)
        scheduler.later(0, transactions.pump)
        return made
      },
    })
    return db
  }
  const connections = new Map<Owner, Set<ReturnType<typeof connect>>>()

  return {
    kept,
    condition,
    wasFull: () => wasFull,
    setCondition(next) {
      wasFull ||= next === 'full'
      health.set(next)
      transactions.pump()
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
        const needsNoPage = transaction.state === 'running' && transaction.requests.every(({ onsuccess }) => !onsuccess)
        if (needsNoPage && condition() === 'fine' && chance.odds(0.3)) transactions.step(transaction)
        else transactions.takeBack(transaction)
      }
    },
    factory: (owner) => ({
      open() {
        if (condition() === 'refused' && chance.odds(0.5)) throw failure('SecurityError')
        const request: Request = { perform: () => undefined }
        const answer = () => {
          if (condition() === 'refused') {
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
        const open = () => health.whenAnswering(() => scheduler.later(0, answer, owner))
        scheduler.later(chance.odds(0.1) ? latencyMs(400) : latencyMs(30), open)
        return request
      },
    }),
  }
}
