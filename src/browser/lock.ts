import type { Lock, Page } from './ports'

/** A lock for pages whose browser offers none, on plain-http sites; rejects where it cannot be had. `signal` takes the question back. */
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
      let begun = false
      const begin = () => {
        begun = true
        // Once granted, the signal no longer releases: a page that leaves must let go by itself.
        return Promise.race([run(), new Promise((resolve) => signal.addEventListener('abort', resolve))])
      }
      try {
        await (navigator.locks ? navigator.locks.request(name, { signal }, begin) : fallback(name, signal, begin))
      } catch {
        // Refused in an opaque origin, where no other tab shares anything with this page.
      }
      // Without any lock: rather two tabs at once than nobody.
      if (!begun && !signal.aborted) await begin()
      undo()
    },
  })
