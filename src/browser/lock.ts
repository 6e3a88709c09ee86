import { plain } from './plain'
import type { Lock, Page } from './ports'

/** A lock for sites on plain http, where browsers offer none; rejects where it cannot be had. An aborted `signal` gives up waiting. */
export type FallbackLock = (name: string, signal: AbortSignal, run: () => Promise<unknown>) => Promise<unknown>

/**
 * Held only while there is something to do. A page that leaves or freezes lets go at once: a sleeping holder would stop every other tab,
 * and a waiting request costs the page its place in the back/forward cache.
 */
export const createLocks =
  (page: Pick<Page, 'observe'>, fallback: FallbackLock): ((name: string) => Lock) =>
  (name) => ({
    async hold(run) {
      const abort = new AbortController()
      const { signal } = abort
      const undo = page.observe((event) => event === 'leave' && abort.abort())
      let hasBegun = false
      const begin = () => {
        hasBegun = true
        // Once the lock is granted, the browser no longer heeds the signal: a page that leaves must let go by itself.
        return Promise.race([run(), new Promise((resolve) => signal.addEventListener('abort', resolve))])
      }
      try {
        await (navigator.locks
          ? navigator.locks.request(name, plain({ signal }), begin)
          : fallback(name, signal, begin))
      } catch {
        // Refused in an opaque origin, where no other tab shares anything with this page.
      }
      // Where there is no lock at all, two tabs may deliver at once, which is better than none.
      if (!hasBegun && !signal.aborted) await begin()
      undo()
    },
  })
