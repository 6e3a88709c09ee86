import { toJson } from '../wire/json'

/**
 * A synchronous note beside the database: a page may be gone before the database has opened, and a renderer killed that early loses
 * what it had asked the database to keep. Everything here is small, and goes as soon as the database has it.
 */
export interface Journal {
  /** True when it is kept. */
  write(key: string, value: unknown): boolean | undefined
  read<T>(key: string): T | undefined
  remove(key: string): void
  /** Without the journal's own prefix. */
  keys(start: string): string[]
}

/** `shelf` is asked each time: in an opaque origin its getter throws. */
export const createJournal = (prefix: string, shelf: () => globalThis.Storage, allowed: () => boolean = () => true): Journal => {
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
    keys: (start) => attempt((kept) => Object.keys(kept).flatMap((key) => (key.startsWith(prefix + start) ? [key.slice(prefix.length)] : []))) ?? [],
  }
}
