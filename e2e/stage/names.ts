/** Which names the build shortens, and which names a value carries outside. */
import type { Page } from 'playwright/test'
import { shortNames } from '../../src/build/names.ts'

const names = shortNames()
const short = new Set(Object.values(names))

/** Whether the build shortens it. */
export const isShortened = (name: string): boolean => Object.hasOwn(names, name)
/** Whether it is what the build makes of one. */
export const isShortName = (name: string): boolean => short.has(name)

/** The names in a value and in all that it holds; texts are read as JSON where they are some. */
export const namesIn = (value: unknown, found = new Set<string>()): Set<string> => {
  if (typeof value === 'string' && /^[[{]/.test(value))
    try {
      return namesIn(JSON.parse(value), found)
    } catch {
      return found
    }
  if (Array.isArray(value)) for (const each of value) namesIn(each, found)
  else if (value && typeof value === 'object')
    for (const [name, each] of Object.entries(value)) namesIn(each, found.add(name))
  return found
}

/** Every text and value that this browser keeps for the page's site. */
export const readStored = (page: Page): Promise<unknown[]> =>
  page.evaluate(async () => {
    const stored: unknown[] = [Object.values(localStorage), Object.values(sessionStorage)]
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const open = indexedDB.open(name ?? '')
        open.onsuccess = () => resolve(open.result)
      })
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store).getAll()
        await new Promise((resolve) => (all.onsuccess = resolve))
        stored.push(all.result)
      }
      database.close()
    }
    return stored
  })
