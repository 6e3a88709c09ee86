import { createStore, promisifyRequest } from 'idb-keyval'
import type { Clock, Storage, Undo } from './contracts'

/** How long a database may think about one request before memory takes over, and for how long it does. */
const patienceMs = 4000
const sleepMs = 30_000

const rangeOf = (prefix: string) => IDBKeyRange.bound(prefix, prefix + '\uffff')

/** Where things are kept. `apply` is one transaction; a rejected `late` means that the database hangs. */
export interface Shelf {
  read(key: string): Promise<unknown>
  apply(key: string, change: (old: unknown) => unknown): Promise<unknown>
  remove(keys: string[]): Promise<unknown>
  clear(prefix: string): Promise<unknown>
  list(prefix: string, limit?: number): Promise<unknown[]>
  count(prefix: string): Promise<number>
}
export const late = Symbol()

/** One store in one database (idb-keyval cannot do more), reopened once when the browser has closed it behind our back. */
const createDatabase = (name: string, clock: Clock): Shelf & { stop: Undo } => {
  const open = () => createStore(name, 'kept')
  let store: ReturnType<typeof open> | undefined
  const attempt = <T>(mode: IDBTransactionMode, run: (kept: IDBObjectStore) => T | PromiseLike<T>, again = true): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const undo = clock.after(patienceMs, () => reject(late))
      store ??= open()
      store(mode, (kept) => {
        // A tab that clears the site's data would otherwise wait for this one to go.
        kept.transaction.db.onversionchange = close
        return run(kept)
      })
        .then(resolve, reject)
        .finally(undo)
    }).catch((error) => {
      if (error?.name !== 'InvalidStateError' || !again) throw error
      store = undefined
      return attempt(mode, run, false)
    })
  function close() {
    store?.('readonly', (kept) => kept.transaction.db.close()).catch(() => {})
    store = undefined
  }
  const write = (run: (kept: IDBObjectStore) => void) =>
    attempt('readwrite', (kept) => {
      run(kept)
      return promisifyRequest(kept.transaction as unknown as IDBRequest<unknown>)
    })
  const read = <T>(run: (kept: IDBObjectStore) => IDBRequest<T>) => attempt('readonly', (kept) => promisifyRequest(run(kept)))
  return {
    read: (key) => read((kept) => kept.get(key)),
    async apply(key, change) {
      let value: unknown
      await write((kept) => {
        const request = kept.get(key)
        request.onsuccess = () => {
          value = change(request.result)
          if (value === undefined) kept.delete(key)
          else kept.put(value, key)
        }
      })
      return value
    },
    remove: (keys) => write((kept) => keys.forEach((key) => kept.delete(key))),
    clear: (prefix) => write((kept) => kept.delete(rangeOf(prefix))),
    list: (prefix, limit) => read((kept) => kept.getAll(rangeOf(prefix), limit)),
    count: (prefix) => read((kept) => kept.count(rangeOf(prefix))),
    stop: close,
  }
}

/**
 * What the database refuses is laid over it in memory, key by key; a deletion it refuses is remembered the same way.
 * All of it is written down as soon as a database that hung, or slept until somebody agreed to it, answers again.
 */
export const createStorage = (database: Shelf, clock: Clock, dormant = false): Storage & { wake(): void } => {
  const over = new Map<string, unknown>()
  let asleepUntilMs = dormant ? Infinity : 0
  let behind = dormant
  /** Resolves with whether the database did it. */
  const durably = async (run: () => Promise<unknown>): Promise<boolean> => {
    if (clock.now() < asleepUntilMs) return false
    try {
      if (behind) {
        behind = false
        for (const [key, value] of over) {
          await database.apply(key, () => value)
          over.delete(key)
        }
      }
      await run()
      return true
    } catch (error) {
      if (error === late) {
        behind = true
        asleepUntilMs = clock.now() + sleepMs
      }
      return false
    }
  }
  const read = async (key: string): Promise<unknown> => {
    let value: unknown
    if (!over.has(key)) await durably(async () => (value = await database.read(key)))
    return over.has(key) ? over.get(key) : value
  }
  const update = async (key: string, change: (old: unknown) => unknown): Promise<unknown> => {
    let value: unknown
    const current = (old: unknown) => change(over.has(key) ? over.get(key) : old)
    if (await durably(async () => (value = await database.apply(key, current)))) over.delete(key)
    else over.set(key, (value = current(await read(key))))
    return value
  }
  const list = async (prefix: string, limit?: number): Promise<unknown[]> => {
    let kept: unknown[] = []
    await durably(async () => (kept = await database.list(prefix, limit)))
    if (!over.size) return kept
    const merged = new Map(kept.map((value) => [prefix + (value as { id: string }).id, value]))
    over.forEach((value, key) => key.startsWith(prefix) && merged.set(key, value))
    return [...merged]
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([, value]) => value)
  }
  return {
    get: read,
    update,
    list,
    set: async (key, value) => void (await update(key, () => value)),
    async delete(...keys) {
      const gone = await durably(() => database.remove(keys))
      keys.forEach((key) => (gone ? over.delete(key) : over.set(key, undefined)))
    },
    async clear(prefix) {
      await durably(() => database.clear(prefix))
      over.forEach((_value, key) => key.startsWith(prefix) && over.delete(key))
    },
    async count(prefix) {
      let count = 0
      if (!over.size && (await durably(async () => (count = await database.count(prefix))))) return count
      return (await list(prefix)).length
    },
    volatile: (key) => over.has(key),
    wake: () => void (asleepUntilMs = 0),
  } as Storage & { wake(): void }
}

export const openStorage = (name: string, clock: Clock, dormant: boolean): Storage & { wake(): void; stop: Undo } => {
  const database = createDatabase(name, clock)
  return { ...createStorage(database, clock, dormant), stop: database.stop }
}
