import { createStore, promisifyRequest, type UseStore } from 'idb-keyval'
import type { Clock, Database, Page, Undo } from './ports'

/** How long a database may think about one request, twice over, before memory takes its place. Twice: a page that was asleep wakes up to answers. */
const patienceMs = 2000

/** Everything that begins with the prefix. */
export const rangeOf = (prefix: string) => IDBKeyRange.bound(prefix, prefix + '\uffff')

/** idb-keyval listens to the end of a transaction as it does to that of a request. */
const ended = (transaction: IDBTransaction) => promisifyRequest(transaction as unknown as IDBRequest<unknown>)

/** One store in one database (idb-keyval cannot do more), opened anew after whatever went wrong: the browser may have closed it behind our back. */
// oxlint-disable-next-line max-lines-per-function -- what is under way, what is away and what was interrupted are one state
export const createDatabase = (
  name: string,
  clock: Clock,
  page: Pick<Page, 'observe'> & { stop?: Undo },
): Database & { stop: Undo } => {
  let store: UseStore | undefined
  let stopped = false
  /** Transactions that end only after this page has heard an answer; one whose `commit()` was called ends without it. */
  const unfinished = new Set<IDBTransaction>()
  /** Those of them that were aborted because the page went into the back/forward cache. */
  const interrupted = new Set<IDBTransaction>()
  /** While the page lies in the back/forward cache; resolves when it is restored. */
  let away: Promise<void> | undefined
  let restore = () => {}
  /**
   * WebKit (seen in 2.50; microsoft/vscode#136295) lets a page into the back/forward cache with a transaction under way. That never ends
   * there, and every later one, in every tab, queues behind it. What is aborted here is asked again when the page is restored.
   */
  const interrupt = (transaction: IDBTransaction) => {
    try {
      transaction.abort()
      interrupted.add(transaction)
    } catch {
      // It has just finished, and only its answer is on its way.
    }
  }
  const commit = (transaction: IDBTransaction) => {
    transaction.commit()
    unfinished.delete(transaction)
  }
  page.observe((event) => {
    if (event === 'asleep') {
      // A page that goes into the back/forward cache may be told of its freezing as well.
      away ??= new Promise((resolve) => (restore = resolve))
      unfinished.forEach(interrupt)
    }
    if (event === 'restore') {
      away = undefined
      restore()
    }
  })
  const close = () => {
    const opened = store
    store = undefined
    // A page that may store nothing is refused the database at once, and not by a promise.
    const end = async () =>
      opened?.('readonly', ({ transaction }) => {
        transaction.commit()
        transaction.db.close()
        return ended(transaction)
      })
    end()
      .catch(() => {})
      // All that was under way before has ended by now.
      .then(() => stopped && page.stop?.())
  }
  const attempt = <T>(mode: IDBTransactionMode, run: (kept: IDBObjectStore) => Promise<T>): Promise<T> => {
    let transaction: IDBTransaction
    return new Promise<T>((resolve, reject) => {
      let undo = clock.after(patienceMs, () => (undo = clock.after(patienceMs, reject)))
      store ??= createStore(name, 'kept')
      store(mode, (kept) => {
        transaction = kept.transaction
        unfinished.add(transaction)
        // A tab that clears the site's data would otherwise wait for this one to go.
        transaction.db.onversionchange = close
        const answer = run(kept)
        // Begun by what the page did as it went.
        if (away && unfinished.has(transaction)) interrupt(transaction)
        return answer
      })
        .then(resolve, reject)
        .then(() => {
          undo()
          unfinished.delete(transaction)
          // What was on its way is still put away after the end, and leaves no connection behind.
          if (stopped) close()
        })
    }).catch(async (error) => {
      if (interrupted.delete(transaction)) {
        await away
        return attempt(mode, run)
      }
      close()
      throw error
    })
  }
  const read = <T>(run: (kept: IDBObjectStore) => IDBRequest<T>) =>
    attempt('readonly', (kept) => promisifyRequest(run(kept)))
  /** A transaction that is told there is nothing more to come is over sooner. */
  const write = (run: (kept: IDBObjectStore) => IDBRequest | void) =>
    attempt('readwrite', (kept) => {
      if (run(kept)) commit(kept.transaction)
      return ended(kept.transaction)
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
            commit(kept.transaction)
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
