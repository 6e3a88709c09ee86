import type { Clock, Database, MemoryOverlay, Store, Undo } from '../browser/ports'

/** Where neither the database obeys nor the overlay can be fetched, everything waits this long. */
const withoutOverlayMs = 10_000

export interface StorageParts {
  database: Database & { stop?: Undo }
  clock: Clock
  /** Fetched when the database does not do as it is told. `isHung`: it gave no answer at all. */
  overlayMemory(database: Database, isDormant: () => boolean, isHung: boolean): Promise<MemoryOverlay>
  /** Nothing may be written to the database yet: the visitor or the host has not agreed. */
  isDormant: boolean
}

export interface WakeableStore extends Store {
  /** From now on the database may be written. */
  wake(): void
  stop: Undo
}

/** Straight to the database as long as it obeys and may be used; from the first refusal on through what is laid over it in memory. */
export const createStorage = ({ database, clock, overlayMemory, isDormant }: StorageParts): WakeableStore => {
  let overlay: MemoryOverlay | undefined
  let fetching: Promise<MemoryOverlay> | undefined

  const fetchOverlay = async (isHung: boolean): Promise<MemoryOverlay> => {
    for (;;)
      try {
        return (overlay ??= await (fetching ??= overlayMemory(database, () => isDormant, isHung)))
      } catch {
        fetching = undefined
        await new Promise<void>((resolve) => clock.after(withoutOverlayMs, resolve))
      }
  }
  const attempt = async <T>(run: (database: Database) => Promise<T>): Promise<T> => {
    if (overlay || isDormant) return run(await fetchOverlay(false))
    try {
      return await run(database)
    } catch (error) {
      // A database that hangs rejects without a reason.
      return run(await fetchOverlay(error === undefined))
    }
  }
  return {
    get: <T>(key: string) => attempt((kept) => kept.get(key)) as Promise<T | undefined>,
    update: <T>(key: string, change: (old: T | undefined) => T | undefined) =>
      attempt((kept) => kept.update(key, change as (old: unknown) => unknown)) as Promise<T | undefined>,
    list: <T>(prefix: string, limit?: number) => attempt((kept) => kept.list(prefix, limit)) as Promise<T[]>,
    async clear(prefix) {
      await attempt((kept) => kept.clear(prefix))
    },
    volatile: (key) => !!overlay?.has(key),
    leave: (key) => overlay?.leave(key),
    wake: () => void (isDormant = false),
    stop: () => database.stop?.(),
  }
}
