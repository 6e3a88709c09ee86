import type { ShopWindow } from './addresses.ts'

export interface StoredGroup {
  name: string
  entries: [key: string, value: unknown][]
}

const mine = /^tagalong-/

/** The visitor's secret is shown far enough to be told from another, and no further. */
const masked = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, item: unknown) =>
      key === 'token' && typeof item === 'string' ? `${item.slice(0, 4)}…` : item,
    ) ?? 'null',
  )

const asValue = (text: string): unknown => {
  try {
    return masked(JSON.parse(text))
  } catch {
    return text
  }
}

const asPromise = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const database = async (factory: IDBFactory, name: string): Promise<StoredGroup> => {
  const open = await asPromise(factory.open(name))
  try {
    const entries: StoredGroup['entries'] = []
    for (const store of open.objectStoreNames) {
      const kept = open.transaction(store).objectStore(store)
      const [keys, values] = await Promise.all([asPromise(kept.getAllKeys()), asPromise(kept.getAll())])
      keys.forEach((key, index) => entries.push([String(key), masked(values[index])]))
    }
    return { name: `IndexedDB ${name}`, entries }
  } finally {
    open.close()
  }
}

const store = (name: string, storage: Storage): StoredGroup => ({
  name,
  entries: Object.keys(storage)
    .filter((key) => mine.test(key))
    .map((key) => [key, asValue(storage.getItem(key) ?? '')]),
})

const namesIn = async ({ indexedDB }: ShopWindow): Promise<string[]> =>
  (await indexedDB.databases()).flatMap(({ name }) => (name && mine.test(name) ? [name] : []))

/** Deletes the copy of the server’s settings, which is good for ten minutes, and loads the page again: it asks the server now. */
export const askSettingsAgain = async (window: ShopWindow): Promise<void> => {
  for (const name of await namesIn(window)) {
    const open = await asPromise(window.indexedDB.open(name))
    for (const store of open.objectStoreNames)
      await asPromise(open.transaction(store, 'readwrite').objectStore(store).delete('config'))
    open.close()
  }
  window.location.reload()
}

/** Everything Tagalong keeps in this browser; looked at without making or holding anything. */
export const readStored = async (window: ShopWindow): Promise<StoredGroup[]> => {
  const names = await namesIn(window)
  const databases = await Promise.all(names.map((name) => database(window.indexedDB, name)))
  return [
    ...databases,
    store('localStorage', window.localStorage),
    store('sessionStorage', window.sessionStorage),
  ].filter(({ entries }) => entries.length)
}

/** Visits that have been noticed and not yet delivered. */
export const waiting = (stored: StoredGroup[]): number =>
  new Set(
    stored.flatMap(({ entries }) =>
      entries.flatMap(([key]) => /^(?:tagalong-journal\/.*)?visit\/(.+)$/.exec(key)?.[1] ?? []),
    ),
  ).size
