import { toJson } from '../wire/json'
import type { Journal } from './ports'

/** `shelf` is asked each time: in an opaque origin its getter throws. */
export const createJournal = (
  prefix: string,
  shelf: () => globalThis.Storage,
  allowed: () => boolean = () => true,
): Journal => {
  const attempt = <T>(run: (kept: globalThis.Storage) => T): T | undefined => {
    try {
      return run(shelf())
    } catch {
      return undefined
    }
  }
  return {
    write: (key, value) =>
      allowed() &&
      attempt((kept) => {
        kept.setItem(prefix + key, toJson(value))
        return true
      }),
    read: <T>(key: string) => attempt((kept) => JSON.parse(kept.getItem(prefix + key) as string) as T) ?? undefined,
    remove: (key) => void attempt((kept) => kept.removeItem(prefix + key)),
    keys: (start) =>
      attempt((kept) =>
        Object.keys(kept).flatMap((key) => (key.startsWith(prefix + start) ? [key.slice(prefix.length)] : [])),
      ) ?? [],
  }
}
