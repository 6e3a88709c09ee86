import type { createLease } from './lease'
import type { Clock, Lock, Page, Storage, Tabs } from './contracts'

/** What the two kinds of lock have in common: ask, run when it is given, give it back; `signal` gives it up. */
export type Exclusive = (name: string, signal: AbortSignal, run: () => Promise<void>) => Promise<void>

const webLocks: Exclusive = async (name, signal, run) => {
  await navigator.locks.request(name, { signal }, async () => {
    // Once granted, the signal no longer releases: a page that leaves must let go by itself.
    await Promise.race([run(), new Promise((resolve) => signal.addEventListener('abort', resolve))])
  })
}

export interface LockParts {
  storage: Storage
  clock: Clock
  page: Page
  tabs: Tabs
  owner: string
  /** Fetched when first needed. */
  lease(): Promise<typeof createLease>
}

/**
 * Held only while there is something to do. A page that leaves or freezes lets go at once: a sleeping holder would stop every other tab,
 * and a waiting request costs the page its place in the back/forward cache.
 */
export const createLocks = ({ storage, clock, page, tabs, owner, lease }: LockParts): ((name: string) => Lock) => {
  const exclusive: Exclusive = navigator.locks ? webLocks : async (...ask) => (await lease())({ storage, clock, tabs, owner })(...ask)
  return (name) => ({
    async hold(run) {
      const abort = new AbortController()
      const undo = page.observe((event) => {
        if (event === 'leave' || event === 'freeze') abort.abort()
      })
      let begun = false
      const begin = () => {
        begun = true
        return run()
      }
      try {
        // Refused in an opaque origin, where no other tab shares anything with this page; or the lease could not be fetched.
        await exclusive(name, abort.signal, begin).catch(() => (begun || abort.signal.aborted ? undefined : begin()))
      } finally {
        undo()
      }
    },
  })
}
