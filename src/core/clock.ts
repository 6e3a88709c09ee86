import type { Clock, Undo } from './contracts'

type Timers = { setTimeout(run: () => void, ms: number): unknown; clearTimeout(id: unknown): void }

/** Under zone.js the page's own timers keep an Angular application from ever becoming stable; these are the ones below it. */
const natives = (): Timers => {
  const host = globalThis as unknown as Record<string, unknown> & Timers
  const set = host.__zone_symbol__setTimeout as Timers['setTimeout'] | undefined
  const clear = host.__zone_symbol__clearTimeout as Timers['clearTimeout'] | undefined
  return {
    setTimeout: (set ?? host.setTimeout).bind(globalThis),
    clearTimeout: (clear ?? host.clearTimeout).bind(globalThis),
  }
}

/** A timer longer than this would fire at once. */
const longestMs = 2 ** 31 - 1

export const createClock = (): Clock & { stop: Undo } => {
  const timers = natives()
  const running = new Set<unknown>()
  return {
    now: () => Date.now(),
    after(delayMs, run) {
      const id = timers.setTimeout(() => {
        running.delete(id)
        run()
      }, Math.min(delayMs, longestMs))
      running.add(id)
      return () => {
        running.delete(id)
        timers.clearTimeout(id)
      }
    },
    stop() {
      running.forEach((id) => timers.clearTimeout(id))
      running.clear()
    },
  }
}
