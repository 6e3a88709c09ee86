import type { Clock, Database, MemoryOverlay } from '../browser/ports'

/** How long a database that hangs is left alone. */
const sleepMs = 30_000

/**
 * What the database refuses is laid over it in memory, key by key; a deletion it refuses is remembered the same way. All of it is
 * written down as soon as a database that hung, or slept until somebody agreed to it, answers again: all but visits,
 * which the journal brings back, for it knows what other tabs have done with them.
 */
export const createMemoryOverlay = (
  clock: Clock,
  database: Database,
  isDormant: () => boolean,
  isHung: boolean,
): MemoryOverlay => {
  const over = new Map<string, unknown>()
  let asleep = false
  const sleep = () => {
    asleep = true
    clock.after(sleepMs, () => (asleep = false))
  }
  if (isHung) sleep()
  const attempt = async <T>(run: () => Promise<T>, otherwise: () => T | Promise<T>): Promise<T> => {
    // Twice: the first time, the browser may have closed the database behind our back.
    for (let again = true; !asleep && !isDormant(); again = false)
      try {
        return await run()
      } catch (error) {
        if (!error) sleep()
        if (!again) break
      }
    return otherwise()
  }
  const read = async (key: string): Promise<unknown> =>
    over.has(key)
      ? over.get(key)
      : attempt(
          () => database.get(key),
          () => over.get(key),
        )
  const write = (key: string, change: (old: unknown) => unknown): Promise<unknown> => {
    const changed = (old: unknown) => change(over.has(key) ? over.get(key) : old)
    return attempt(
      async () => {
        const value = await database.update(key, changed)
        over.delete(key)
        return value
      },
      async () => {
        const old = await read(key)
        const value = changed(old)
        // What was not there and is not now is no deletion: another tab may have written it to the database.
        if (over.has(key) || old !== undefined || value !== undefined) over.set(key, value)
        return value
      },
    )
  }
  return {
    get: read,
    async update(key, change) {
      const value = await write(key, change)
      if (!over.has(key))
        for (const other of over.keys())
          if (!over.get(other) || !other.startsWith('visit/')) await write(other, (kept) => kept)
      return value
    },
    async list(prefix, limit) {
      // What is deleted in memory alone must not hide what comes after it.
      const kept = await attempt(
        () => database.list(prefix, limit && limit + over.size),
        () => [],
      )
      if (!over.size) return kept
      const merged = new Map(kept.map((value) => [prefix + (value as { id: string }).id, value]))
      over.forEach((value, key) => key.startsWith(prefix) && merged.set(key, value))
      return [...merged.keys()]
        .sort()
        .map((key) => merged.get(key))
        .filter(Boolean)
        .slice(0, limit)
    },
    async clear(prefix) {
      over.forEach((_value, key) => key.startsWith(prefix) && over.delete(key))
      // Of one record its own deletion is remembered.
      await attempt(
        () => database.clear(prefix),
        () => void over.set(prefix, undefined),
      )
    },
    has: (key) => over.has(key),
    leave: (key) => void over.delete(key),
  }
}
