import type { Lock, Page } from './ports'
import type { Recovery } from '../recovery'

/** What the two kinds of lock have in common: ask, run when it is given, give it back; `signal` takes the question back. */
export type Exclusive = (name: string, signal: AbortSignal, run: () => Promise<unknown>) => Promise<unknown>

/**
 * Held only while there is something to do. A page that leaves or freezes lets go at once: a sleeping holder would stop every other tab,
 * and a waiting request costs the page its place in the back/forward cache.
 */
export const createLocks = (page: Page, trouble: () => Promise<Pick<Recovery, 'lease'> | undefined>): ((name: string) => Lock) =>
  (name) => ({
    async hold(run) {
      const abort = new AbortController()
      const { signal } = abort
      const undo = page.observe((event) => event === 'leave' && abort.abort())
      let begun = false
      const begin = () => {
        begun = true
        // Once granted, the signal no longer releases: a page that leaves must let go by itself.
        return Promise.race([run(), new Promise((resolve) => signal.addEventListener('abort', resolve))])
      }
      try {
        await (navigator.locks ? navigator.locks.request(name, { signal }, begin) : (await trouble())!.lease(name, signal, begin))
      } catch {
        // Refused in an opaque origin, where no other tab shares anything with this page; or the lease could not be fetched.
        if (!begun && !signal.aborted) await begin()
      }
      undo()
    },
  })
