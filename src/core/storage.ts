import { createStore, promisifyRequest } from 'idb-keyval'
import type { Clock, Store, Undo } from './contracts'

/** How long a database may think about one request, twice over, before memory takes its place, and for how long. Twice: a page that was asleep wakes up to answers. */
const patienceMs = 2000
const sleepMs = 30_000

/** Everything that begins with the prefix. */
export const rangeOf = (prefix: string) => IDBKeyRange.bound(prefix, prefix + '\uffff')

/** Where things are kept; what it cannot do it rejects, without a reason when it hangs. */
export interface Shelf {
  read(key: string): Promise<unknown>
  /** One transaction; undefined deletes. */
  apply(key: string, change: (old: unknown) => unknown): Promise<unknown>
  clear(prefix: string): Promise<unknown>
  list(prefix: string, limit?: number): Promise<unknown[]>
}

/** One store in one database (idb-keyval cannot do more), reopened once when the browser has closed it behind our back. */
const createDatabase = (name: string, clock: Clock): Shelf & { stop: Undo } => {
  let store: ReturnType<typeof createStore> | undefined
  const stop = () => {
    store?.('readonly', (kept) => kept.transaction.db.close()).catch(() => {})
    store = undefined
  }
  const attempt = <T>(mode: IDBTransactionMode, run: (kept: IDBObjectStore) => Promise<T>, again = true): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      let undo = clock.after(patienceMs, () => (undo = clock.after(patienceMs, () => reject())))
      store ??= createStore(name, 'kept')
      store(mode, (kept) => {
        // A tab that clears the site's data would otherwise wait for this one to go.
        kept.transaction.db.onversionchange = stop
        return run(kept)
      })
        .finally(() => undo())
        .then(resolve, reject)
    }).catch((error) => {
      if (!again || error?.name !== 'InvalidStateError') throw error
      store = undefined
      return attempt(mode, run, false)
    })
  const read = <T>(run: (kept: IDBObjectStore) => IDBRequest<T>) => attempt('readonly', (kept) => promisifyRequest(run(kept)))
  const write = (run: (kept: IDBObjectStore) => unknown) =>
    attempt('readwrite', (kept) => {
      run(kept)
      return promisifyRequest(kept.transaction as unknown as IDBRequest<unknown>)
    })
  return {
    read: (key) => read((kept) => kept.get(key)),
    async apply(key, change) {
      let value: unknown
      await write((kept) => {
        const request = kept.get(key)
        request.onsuccess = () => {
          try {
            value = change(request.result)
            if (value === undefined) kept.delete(key)
            else kept.put(value, key)
          } catch {
            // Thrown in here it would be the page's uncaught error.
            kept.transaction.abort()
          }
        }
      })
      return value
    },
    clear: (prefix) => write((kept) => kept.delete(rangeOf(prefix))),
    list: (prefix, limit) => read((kept) => kept.getAll(rangeOf(prefix), limit)),
    stop,
  }
}

/**
 * What the database refuses is laid over it in memory, key by key; a deletion it refuses is remembered the same way. All of it is
 * written down as soon as a database that hung, or slept until somebody agreed to it, answers again: all but visits,
 * which the journal brings back, for it knows what other tabs have done with them.
 */
export const createStorage = (database: Shelf, clock: Clock, dormant = false): Store & { wake(): void } => {
  const over = new Map<string, unknown>()
  let asleep = dormant
  const wake = () => void (asleep = false)
  const attempt = async <T>(run: () => Promise<T>, otherwise: () => T | Promise<T>): Promise<T> => {
    if (!asleep)
      try {
        return await run()
      } catch (error) {
        if (!error) {
          asleep = true
          clock.after(sleepMs, wake)
        }
      }
    return otherwise()
  }
  const get = async (key: string): Promise<unknown> => (over.has(key) ? over.get(key) : attempt(() => database.read(key), () => over.get(key)))
  const write = (key: string, change: (old: unknown) => unknown): Promise<unknown> => {
    const changed = (old: unknown) => change(over.has(key) ? over.get(key) : old)
    return attempt(
      async () => {
        const value = await database.apply(key, changed)
        over.delete(key)
        return value
      },
      async () => {
        const value = changed(await get(key))
        over.set(key, value)
        return value
      },
    )
  }
  const update = async (key: string, change: (old: unknown) => unknown): Promise<unknown> => {
    const value = await write(key, change)
    if (!over.has(key)) for (const other of over.keys()) if (!over.get(other) || !other.startsWith('visit/')) await write(other, (kept) => kept)
    return value
  }
  const list = async (prefix: string, limit?: number): Promise<unknown[]> => {
    // What is deleted in memory alone must not hide what comes after it.
    const kept = await attempt(() => database.list(prefix, limit && limit + over.size), () => [])
    if (!over.size) return kept
    const merged = new Map(kept.map((value) => [prefix + (value as { id: string }).id, value]))
    over.forEach((value, key) => key.startsWith(prefix) && merged.set(key, value))
    return [...merged.keys()].sort().map((key) => merged.get(key)).filter(Boolean).slice(0, limit)
  }
  return {
    get,
    update,
    list,
    async clear(prefix: string) {
      over.forEach((_value, key) => key.startsWith(prefix) && over.delete(key))
      await attempt(() => database.clear(prefix), () => undefined)
    },
    volatile: (key: string) => over.has(key),
    leave: (key: string) => void over.delete(key),
    wake,
  } as Store & { wake(): void }
}

export const openStorage = (name: string, clock: Clock, dormant: boolean): Store & { wake(): void; stop: Undo } => {
  const database = createDatabase(name, clock)
  return { ...createStorage(database, clock, dormant), stop: database.stop }
}
