import type { Undo } from '../../browser/ports'
import type { Core } from '../../visitor/contracts'
import { asNumber } from '../../wire/coerce'
import { siteVisitKey } from '../keys'
import type { Trigger } from './decode'

export interface TimersParts {
  core: Pick<Core, 'storage' | 'clock' | 'guard'>
  hasFired(triggerId: string): boolean
  fire(trigger: Trigger): Promise<void>
}

export interface Timers {
  /** Waits for the triggers among these that want some time on the site; those from before are waited for no longer. */
  start(triggers: Trigger[]): Promise<void>
  stop(): void
}

/** A visitor who was away for longer begins another visit to the site. */
const siteVisitEndsAfterMs = 30 * 60_000

/** Time on the site goes on from page to page: a trigger fires so long after the first page, not after this one. */
export const createTimers = ({ core: { clock, guard, storage }, hasFired, fire }: TimersParts): Timers => {
  const undos = new Map<string, Undo>()

  const stop = () => {
    undos.forEach((undo) => undo())
    undos.clear()
  }

  return {
    stop,

    async start(triggers) {
      stop()
      const timed = triggers.flatMap((trigger) =>
        trigger.conditions.filter(({ name }) => name === 'time-on-site').map(({ value }) => ({ trigger, value })),
      )
      if (!timed.length) return
      const nowMs = clock.now()
      const siteVisit = await storage.update<{ since: number; last: number }>(siteVisitKey, (old) => ({
        since: old && nowMs - old.last < siteVisitEndsAfterMs ? old.since : nowMs,
        last: nowMs,
      }))
      for (const { trigger, value } of timed) {
        if (hasFired(trigger.id)) continue
        const atMs = (siteVisit?.since ?? nowMs) + (asNumber(value) ?? 0) * 1000
        const run = guard(() => fire(trigger))
        undos.set(trigger.id, clock.after(Math.max(0, atMs - nowMs), run))
      }
    },
  }
}
