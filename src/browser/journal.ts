import { toJson } from '../wire/json'
import type { Journal } from './ports'

/** Small notes in one of the two synchronous storages, which is asked for each time: in an opaque origin its getter throws. */
export const createJournal = (
  prefix: string,
  openStorage: () => globalThis.Storage,
  mayWrite: () => boolean = () => true,
): Journal => {
  const attempt = <T>(run: (storage: globalThis.Storage) => T): T | undefined => {
    try {
      return run(openStorage())
    } catch {
      return undefined
    }
  }
  return {
    write: (key, value) =>
      mayWrite() &&
      attempt((storage) => {
        storage.setItem(prefix + key, toJson(value))
        return true
      }),
    read: <T>(key: string) =>
      attempt((storage) => JSON.parse(storage.getItem(prefix + key) as string) as T) ?? undefined,
    remove: (key) => void attempt((storage) => storage.removeItem(prefix + key)),
    keys: (start) =>
      attempt((storage) =>
        Object.keys(storage).flatMap((key) => (key.startsWith(prefix + start) ? [key.slice(prefix.length)] : [])),
      ) ?? [],
  }
}
