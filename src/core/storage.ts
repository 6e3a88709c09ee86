import { createStore, promisifyRequest } from 'idb-keyval'
import type { Clock, Storage, Undo } from './contracts'

/** How long a database may think about one request before memory takes over. */
const patienceMs = 4000

const rangeOf = (prefix: string) => IDBKeyRange.bound(prefix, prefix + '\uffff')

/** Where things are kept: the database, or its twin in memory. `apply` is one transaction. */
interface Shelf {
  read<T>(key: string): Promise<T | undefined>
  apply<T>(key: string, change: (old: T | undefined) => T | undefined): Promise<T | undefined>
  remove(keys: string[]): Promise<void>
  list<T>(prefix: string, limit?: number): Promise<[string, T][]>
  count(prefix: string): Promise<number>
}

/** The twin: what the unit tests run on, and what is left when storage is refused. */
export const createMemory = (values = new Map<string, unknown>()): Shelf & { values: Map<string, unknown> } => ({
  values,
  read: async <T>(key: string) => values.get(key) as T | undefined,
  async apply<T>(key: string, change: (old: T | undefined) => T | undefined) {
    const value = change(values.get(key) as T | undefined)
    if (value === undefined) values.delete(key)
    else values.set(key, value)
    return value
  },
  async remove(keys) {
    keys.forEach((key) => values.delete(key))
  },
  list: async <T>(prefix: string, limit = Infinity) =>
    [...values.entries()]
      .filter(([key]) => key.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, limit) as [string, T][],
  count: async (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)).length,
})

/** One store in one database (idb-keyval cannot do more), reopened once when the browser has closed it behind our back. */
const createDatabase = (name: string, clock: Clock): Shelf & { stop: Undo } => {
  let store = createStore(name, 'kept')
  let stopped = false
  let opened = false
  const once = <T>(mode: IDBTransactionMode, run: (kept: IDBObjectStore) => T | PromiseLike<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const undo = clock.after(patienceMs, () => reject(new Error('timeout')))
      const settle = <V>(how: (value: V) => void) => (value: V) => {
        undo()
        how(value)
      }
      opened = true
      store(mode, (kept) => {
        const database = kept.transaction.db
        if (!database.onversionchange)
          database.onversionchange = () => {
            database.close()
            store = createStore(name, 'kept')
          }
        if (stopped) database.close()
        return run(kept)
      }).then(settle(resolve), settle(reject))
    })
  const attempt: typeof once = async (mode, run) => {
    try {
      return await once(mode, run)
    } catch (error) {
      if ((error as Error)?.name !== 'InvalidStateError' || stopped) throw error
      store = createStore(name, 'kept')
      return once(mode, run)
    }
  }
  const whole = (kept: IDBObjectStore) => promisifyRequest(kept.transaction as unknown as IDBRequest<unknown>)
  return {
    read: (key) => attempt('readonly', (kept) => promisifyRequest(kept.get(key))),
    apply: <T>(key: string, change: (old: T | undefined) => T | undefined) =>
      attempt('readwrite', (kept) => {
        let value: T | undefined
        const request = kept.get(key)
        request.onsuccess = () => {
          value = change(request.result as T | undefined)
          if (value === undefined) kept.delete(key)
          else kept.put(value, key)
        }
        return whole(kept).then(() => value)
      }),
    remove: (keys) =>
      attempt('readwrite', (kept) => {
        keys.forEach((key) => kept.delete(key))
        return whole(kept).then(() => undefined)
      }),
    list: <T>(prefix: string, limit?: number) =>
      attempt('readonly', async (kept) => {
        const range = rangeOf(prefix)
        const [keys, values] = await Promise.all([promisifyRequest(kept.getAllKeys(range, limit)), promisifyRequest(kept.getAll(range, limit))])
        return keys.map((key, at) => [key as string, values[at] as T])
      }),
    count: (prefix) => attempt('readonly', (kept) => promisifyRequest(kept.count(rangeOf(prefix)))),
    stop() {
      stopped = true
      if (opened) store('readonly', (kept) => kept.transaction.db.close()).catch(() => undefined)
    },
  }
}

/**
 * What the database refuses is laid over it in memory, key by key; a deletion it refuses is remembered the same way.
 * All of it is written down as soon as the database answers again.
 */
export const createStorage = (database: Shelf, clock: Clock, dormant = false): Storage & { wake(): void } => {
  const memory = createMemory()
  const over = memory.values
  /** While it hangs nobody waits for it again: a database that hangs, hangs for all. */
  let asleepUntilMs = dormant ? Infinity : 0
  let late = dormant
  const durably = async (run: () => Promise<unknown>): Promise<boolean> => {
    if (clock.now() < asleepUntilMs) return false
    try {
      if (late) {
        late = false
        for (const [key, value] of [...over]) {
          await (value === undefined ? database.remove([key]) : database.apply(key, () => value))
          over.delete(key)
        }
      }
      await run()
      return true
    } catch (error) {
      if ((error as Error)?.message === 'timeout') {
        late = true
        asleepUntilMs = clock.now() + 30_000
      }
      return false
    }
  }
  const read = async <T>(key: string): Promise<T | undefined> => {
    let value: T | undefined
    if (!over.has(key)) await durably(async () => (value = await database.read<T>(key)))
    return over.has(key) ? (over.get(key) as T | undefined) : value
  }
  const list = async <T>(prefix: string, limit?: number): Promise<[string, T][]> => {
    let kept: [string, T][] = []
    await durably(async () => (kept = await database.list<T>(prefix, limit)))
    if (!over.size) return kept
    const merged = new Map<string, T>(kept)
    for (const [key, value] of over)
      if (value === undefined) merged.delete(key)
      else if (key.startsWith(prefix)) merged.set(key, value as T)
    return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, limit)
  }
  const update = async <T>(key: string, change: (old: T | undefined) => T | undefined): Promise<T | undefined> => {
    let value: T | undefined
    const laid = over.has(key)
    const kept = await durably(async () => (value = await database.apply<T>(key, (old) => change(laid ? (over.get(key) as T | undefined) : old))))
    if (kept) over.delete(key)
    else over.set(key, (value = change(over.has(key) ? (over.get(key) as T | undefined) : await read<T>(key))))
    return value
  }
  return {
    get: read,
    update,
    set: async (key, value) => void (await update(key, () => value)),
    async delete(...keys) {
      const gone = await durably(() => database.remove(keys))
      keys.forEach((key) => (gone ? over.delete(key) : over.set(key, undefined)))
    },
    list: async <T>(prefix: string, limit?: number) => (await list<T>(prefix, limit)).map(([, value]) => value),
    keys: async (prefix) => (await list(prefix)).map(([key]) => key),
    async count(prefix) {
      let count = 0
      if (!over.size && (await durably(async () => (count = await database.count(prefix))))) return count
      return (await list(prefix)).length
    },
    volatile: (key) => over.has(key),
    wake: () => void (asleepUntilMs = 0),
  }
}

export const openStorage = (name: string, clock: Clock, dormant: boolean): Storage & { wake(): void; stop: Undo } => {
  const refused = (): never => {
    throw new Error('refused')
  }
  let database: Shelf & { stop: Undo }
  try {
    // In an opaque origin the very getter throws.
    if (!globalThis.indexedDB) refused()
    database = createDatabase(name, clock)
  } catch {
    database = { read: refused, apply: refused, remove: refused, list: refused, count: refused, stop: () => undefined }
  }
  return { ...createStorage(database, clock, dormant), stop: database.stop }
}
