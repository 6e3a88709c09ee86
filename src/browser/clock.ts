import type { Clock, Undo } from './ports'
import { ofWindow } from './document'

type Timers = Record<string, (first: unknown, ms?: number) => unknown>

/** A timer longer than this would fire at once. */
const longestMs = 2 ** 31 - 1

export const createClock = (): Clock & { stop: Undo } => {
  const host = globalThis as unknown as Timers
  /** Under zone.js the page's own timers keep an Angular application from ever becoming stable; these are the ones below it. */
  const native = (name: string) => (ofWindow<Timers[string]>(`__zone_symbol__${name}`) ?? host[name])!.bind(host)
  let set = native('setTimeout')
  const clear = native('clearTimeout')
  const running = new Set<unknown>()
  return {
    now: () => Date.now(),
    after(delayMs, run) {
      const id = set(
        () => {
          running.delete(id)
          run()
        },
        Math.min(delayMs, longestMs),
      )
      running.add(id)
      return () => {
        running.delete(id)
        clear(id)
      }
    },
    stop() {
      running.forEach((id) => clear(id))
      // Whatever is still on its way then begins no timer any more.
      set = () => {}
    },
  }
}
