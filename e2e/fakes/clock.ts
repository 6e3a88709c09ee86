/** Time moved by hand, and the real one. */
import type { Clock, Undo } from '../../src/browser/ports'

/** Everything already promised has happened, and what was being fetched is there. */
export const settled = async () => {
  for (let round = 0; round < 3; round++) {
    for (let turn = 0; turn < 10; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
    await Promise.all([
      import('../../src/chat/talk'),
      import('../../src/chat/triggers'),
      import('../../src/chat/patterns'),
    ])
  }
  await new Promise<void>((resolve) => setImmediate(resolve))
}

export interface ManualClock extends Clock {
  /** How long each timer still has to wait. */
  pending(): number[]
  /** Time passes, timer by timer, and all that follows from each happens. */
  advance(ms: number): Promise<void>
}

export const createManualClock = (startMs = 1_700_000_000_000): ManualClock => {
  let now = startMs
  let count = 0
  const timers = new Map<number, { atMs: number; run: () => void }>()
  const clock: Clock = {
    now: () => now,
    after(delayMs, run) {
      const id = ++count
      timers.set(id, { atMs: now + delayMs, run })
      return () => timers.delete(id)
    },
  }
  return {
    ...clock,
    pending: () => [...timers.values()].map(({ atMs }) => atMs - now).sort((a, b) => a - b),
    async advance(ms) {
      const until = now + ms
      for (;;) {
        await settled()
        const next = [...timers].sort(([, a], [, b]) => a.atMs - b.atMs)[0]
        if (!next || next[1].atMs > until) break
        timers.delete(next[0])
        now = Math.max(now, next[1].atMs)
        next[1].run()
      }
      now = until
      await settled()
    },
  }
}

export const createRealClock = (): Clock & { stop: Undo } => {
  const running = new Set<NodeJS.Timeout>()
  return {
    now: () => Date.now(),
    after(delayMs, run) {
      const id = setTimeout(() => {
        running.delete(id)
        run()
      }, delayMs)
      running.add(id)
      return () => {
        running.delete(id)
        clearTimeout(id)
      }
    },
    stop: () => running.forEach((id) => clearTimeout(id)),
  }
}
