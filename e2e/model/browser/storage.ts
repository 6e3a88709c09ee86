import type { Scheduler } from '../scheduler.ts'

export type WebStorage = globalThis.Storage

/** What a browser shows of local storage: values are properties, verbs are inherited. */
const createView = (
  values: Iterable<[string, string]>,
  changed: (key: string, value: string | undefined, former?: string) => void,
  refuse: (writing: boolean) => void = () => {},
): WebStorage => {
  const verbs = {
    getItem(key: string) {
      refuse(false)
      return Object.hasOwn(view, key) ? view[key] : null
    },
    setItem(key: string, value: string) {
      refuse(true)
      const former = view[key]
      view[key] = String(value)
      changed(key, view[key], former)
    },
    removeItem(key: string) {
      refuse(false)
      delete view[key]
      changed(key, undefined)
    },
  }
  const view = Object.create(verbs) as Record<string, string>
  for (const [key, value] of values) view[key] = value
  // Values are its properties, as in browsers; what nobody here calls (`key`, `clear`, `length`) it does not have.
  return view as unknown as WebStorage
}

export interface LocalStorage {
  /** What is in it, whoever asks. */
  kept: Map<string, string>
  fill(isFull: boolean): void
  writable(): boolean
  /** For one tab. */
  view(): { storage: WebStorage; close(): void }
  /** The browser is killed: what it had not written to the disk has never been. */
  lose(): void
}

/**
 * Local storage of one browser. Every tab reads its own copy, which hears of the others' writes a little later; the disk gets all of it
 * up to half a second late, so a killed browser comes back with what was there before.
 */
export const createLocalStorage = (scheduler: Scheduler, isRefused: boolean): LocalStorage => {
  const kept = new Map<string, string>()
  const views = new Set<Record<string, string>>()
  let unsaved: { atMs: number; key: string; before: string | undefined }[] = []
  let isFull = false
  const set = (values: Record<string, string>, key: string, value: string | undefined) => {
    if (value === undefined) delete values[key]
    else values[key] = value
  }
  return {
    kept,
    fill: (next) => void (isFull = next),
    writable: () => !isRefused && !isFull,
    view() {
      const changed = (key: string, value: string | undefined) => {
        unsaved.push({ atMs: scheduler.now(), key, before: kept.get(key) })
        if (unsaved.length > 200) unsaved = unsaved.filter(({ atMs }) => atMs > scheduler.now() - 500)
        if (value === undefined) kept.delete(key)
        else kept.set(key, value)
        for (const other of views) {
          if (other === own) continue
          scheduler.later(scheduler.chance.next() ** 3 * 20, () => set(other, key, kept.get(key)))
        }
      }
      const view = createView(kept, changed, (writing) => {
        if (isRefused || (isFull && writing)) throw new Error(isRefused ? 'SecurityError' : 'QuotaExceededError')
      })
      // The same object, as its values.
      const own = view as unknown as Record<string, string>
      views.add(own)
      return { storage: view, close: () => void views.delete(own) }
    },
    lose() {
      const sinceMs = scheduler.now() - scheduler.chance.next() * 500
      for (const { atMs, key, before } of unsaved.splice(0).reverse()) {
        if (atMs <= sinceMs) continue
        if (before === undefined) kept.delete(key)
        else kept.set(key, before)
      }
      views.clear()
    },
  }
}

/** Session storage of one tab; it outlives the tab's documents. */
export const createSessionStorage = (): WebStorage => createView([], () => undefined)

/**
 * The same in Firefox (seen in 153): each document has a copy of its own from its start on. One that comes back from the back/forward cache
 * still has the old one, and what it writes there again as it was is not passed on.
 */
export const createSessionCopies = (): (() => WebStorage) => {
  const now = new Map<string, string>()
  return () =>
    createView(now, (key, value, former) => {
      if (value === undefined) now.delete(key)
      else if (value !== former) now.set(key, value)
    })
}
