import { createStore, promisifyRequest } from 'idb-keyval'
import type { Clock, Store, Undo } from './ports'

/** How long a database may think about one request, twice over, before memory takes its place. Twice: a page that was asleep wakes up to answers. */
const patienceMs = 2000

/** Everything that begins with the prefix. */
export const rangeOf = (prefix: string) => IDBKeyRange.bound(prefix, prefix + '\uffff')

/** Where things are kept; what it cannot do it rejects, without a reason when it hangs. */
export interface Shelf {
  get(key: string): Promise<unknown>
  /** One transaction; undefined deletes. */
  update(key: string, change: (old: unknown) => unknown): Promise<unknown>
  clear(prefix: string): Promise<unknown>
  list(prefix: string, limit?: number): Promise<unknown[]>
}

/** One store in one database (idb-keyval cannot do more), opened anew after whatever went wrong: the browser may have closed it behind our back. */
const createDatabase = (name: string, clock: Clock): Shelf & { stop: Undo } => {
  let store: ReturnType<typeof createStore> | undefined
  let stopped = false
  const close = () => {
    store?.('readonly', (kept) => kept.transaction.db.close()).catch(() => {})
    store = undefined
  }
  const attempt = <T>(mode: IDBTransactionMode, run: (kept: IDBObjectStore) => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      let undo = clock.after(patienceMs, () => (undo = clock.after(patienceMs, reject)))
      store ??= createStore(name, 'kept')
      store(mode, (kept) => {
        // A tab that clears the site's data would otherwise wait for this one to go.
        kept.transaction.db.onversionchange = close
        return run(kept)
      })
        .finally(() => {
          undo()
          // What was on its way is still put away after the end, and leaves no connection behind.
          if (stopped) close()
        })
        .then(resolve, reject)
    }).catch((error) => {
      close()
      throw error
    })
  const read = <T>(run: (kept: IDBObjectStore) => IDBRequest<T>) => attempt('readonly', (kept) => promisifyRequest(run(kept)))
  /** A transaction that is told there is nothing more to come is over sooner. */
  const write = (run: (kept: IDBObjectStore) => IDBRequest | void) =>
    attempt('readwrite', (kept) => {
      if (run(kept)) kept.transaction.commit()
      return promisifyRequest(kept.transaction as unknown as IDBRequest<unknown>)
    })
  return {
    get: (key) => read((kept) => kept.get(key)),
    async update(key, change) {
      let value: unknown
      await write((kept) => {
        const request = kept.get(key)
        request.onsuccess = () => {
          try {
            value = change(request.result)
            if (value === undefined) kept.delete(key)
            else kept.put(value, key)
            kept.transaction.commit()
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
    stop() {
      stopped = true
      close()
    },
  }
}

/** In memory, over the database: fetched when the database does not do as it is told. */
export interface Overlay extends Shelf {
  has(key: string): boolean
  leave(key: string): void
}

/** `hung`: the database gave no answer at all. */
export type LayOver = (database: Shelf, isDormant: () => boolean, hung: boolean) => Promise<Overlay>

/** Where neither the database obeys nor what would lie over it can be fetched, everything waits this long. */
const helplessMs = 10_000

/** Straight to the database as long as it obeys, and nobody has asked to store nothing yet; from then on through what is laid over it. */
export const createStorage = (database: Shelf & { stop?: Undo }, clock: Clock, layOver: LayOver, dormant = false): Store & { wake(): void; stop: Undo } => {
  let over: Overlay | undefined
  let coming: Promise<Overlay> | undefined
  const attempt = async (run: (shelf: Shelf) => Promise<unknown>): Promise<unknown> => {
    let refusal: unknown = dormant
    if (!over && !dormant)
      try {
        return await run(database)
      } catch (error) {
        refusal = error
      }
    try {
      over ??= await (coming ??= layOver(database, () => dormant, !refusal))
    } catch {
      coming = undefined
      await new Promise<void>((resolve) => clock.after(helplessMs, resolve))
      return attempt(run)
    }
    return run(over)
  }
  const via =
    (verb: keyof Shelf) =>
    (...given: unknown[]) =>
      attempt((shelf) => (shelf[verb] as (...all: unknown[]) => Promise<unknown>)(...given))
  return {
    get: via('get'),
    update: via('update'),
    list: via('list'),
    clear: via('clear'),
    volatile: (key: string) => !!over?.has(key),
    leave: (key: string) => over?.leave(key),
    wake: () => void (dormant = false),
    stop: database.stop,
  } as unknown as Store & { wake(): void; stop: Undo }
}

export const openStorage = (name: string, clock: Clock, layOver: LayOver, dormant: boolean): Store & { wake(): void; stop: Undo } => createStorage(createDatabase(name, clock), clock, layOver, dormant)
