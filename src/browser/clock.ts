import type { Clock, Undo } from './ports'
import { ofWindow } from './document'

type Timer = (first: unknown, delayMs?: number) => unknown

/** A timer longer than this, the largest number of 32 bits, would fire at once. */
const longestDelayMs = 2 ** 31 - 1

/**
 * A timer of the browser. Under zone.js the page's own timers keep an Angular application from ever becoming stable
 * (https://angular.dev/errors/NG0506): these are the ones that zone.js has put aside.
 */
const nativeTimer = (name: 'setTimeout' | 'clearTimeout'): Timer => {
  // The types of browsers and those of Node, with which tests run this file, disagree about timers.
  const timers = globalThis as unknown as Record<typeof name, Timer>
  return ofWindow<Timer>(`__zone_symbol__${name}`) ?? timers[name]
}

export const createClock = (): Clock & { stop: Undo } => {
  let begin = nativeTimer('setTimeout')
  const cancel = nativeTimer('clearTimeout')
  const running = new Set<unknown>()
  return {
    now: () => Date.now(),
    after(delayMs, run) {
      const id = begin(
        () => {
          running.delete(id)
          run()
        },
        Math.min(delayMs, longestDelayMs),
      )
      running.add(id)
      return () => {
        running.delete(id)
        cancel(id)
      }
    },
    stop() {
      running.forEach((id) => cancel(id))
      // What is still on its way when everything stops begins no timer any more.
      begin = () => {}
    },
  }
}
