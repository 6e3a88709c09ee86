import type { Scheduler } from '../scheduler.ts'

export type WebStorage = globalThis.Storage

/** What a browser shows of local storage: values are properties, verbs are inherited. */
const createView = (values: Iterable<[string, string]>, changed: (key: string, value: string | undefined) => void, refuse: (writing: boolean) => void = () => {}): WebStorage => {
  const verbs = {
    getItem(key: string) {
      refuse(false)
      return Object.hasOwn(view, key) ? view[key] : null
    },
    setItem(key: string, value: string) {
      refuse(true)
      view[key] = String(value)
      changed(key, view[key])
    },
    removeItem(key: string) {
      refuse(false)
      delete view[key]
      changed(key, undefined)
    },
  }
  const view = Object.create(verbs) as Record<string, string>
  for (const [key, value] of values) view[key] = value
  return view as unknown as WebStorage
}

/**
 * Local storage of one browser. Every tab reads its own copy, which hears of the others' writes a little later; the disk gets all of it
 * up to half a second late, so a killed browser comes back with what was there before.
 */
export const createLocalStorage = (scheduler: Scheduler, refused: boolean) => {
  const now = new Map<string, string>()
  const views = new Set<Record<string, string>>()
  let unsaved: { atMs: number; key: string; before: string | undefined }[] = []
  let full = false
  const set = (values: Record<string, string>, key: string, value: string | undefined) => {
    if (value === undefined) delete values[key]
    else values[key] = value
  }
  return {
    kept: now,
    fill: (is: boolean) => void (full = is),
    writable: () => !refused && !full,
    /** For one tab. */
    view() {
      const changed = (key: string, value: string | undefined) => {
        unsaved.push({ atMs: scheduler.now(), key, before: now.get(key) })
        if (unsaved.length > 200) unsaved = unsaved.filter(({ atMs }) => atMs > scheduler.now() - 500)
        if (value === undefined) now.delete(key)
        else now.set(key, value)
        for (const other of views) {
          if (other === own) continue
          scheduler.later(scheduler.chance.next() ** 3 * 20, () => set(other, key, now.get(key)))
        }
      }
      const view = createView(now, changed, (writing) => {
        if (refused || (full && writing)) throw new Error(refused ? 'SecurityError' : 'QuotaExceededError')
      })
      const own = view as unknown as Record<string, string>
      views.add(own)
      return { storage: view, close: () => views.delete(own) }
    },
    /** The browser is killed: what it had not written down has never been. */
    lose() {
      const sinceMs = scheduler.now() - scheduler.chance.next() * 500
      for (const { atMs, key, before } of unsaved.splice(0).reverse()) {
        if (atMs <= sinceMs) continue
        if (before === undefined) now.delete(key)
        else now.set(key, before)
      }
      views.clear()
    },
  }
}
export type LocalStorage = ReturnType<typeof createLocalStorage>

/** Session storage of one tab; it outlives the tab's documents. */
export const createSessionStorage = (): WebStorage => createView([], () => undefined)
