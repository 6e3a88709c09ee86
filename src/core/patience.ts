import { backoffMs } from './backoff'
import type { Clock, Outcome, Storage } from './contracts'

/** What a lane has learnt of the server; shared by all tabs through storage. */
export interface Learnt {
  /** Not before, and how long that was meant to be: a clock that jumps back must not make it longer. */
  untilMs: number
  spanMs: number
  limitedAtMs: number
  failures: number
  /** Sends in a row that got no answer. */
  silences: number
  /** The last known answer was a good one, and how long it took. */
  good: boolean
  tripMs: number
}

const nothing: Learnt = { untilMs: 0, spanMs: 0, limitedAtMs: 0, failures: 0, silences: 0, good: false, tripMs: 0 }

/** `api`: its answers can be read; `someone`: somebody answers; `nobody`. */
export type Presence = 'api' | 'someone' | 'nobody'

/** How long a lane waits, and what it may believe. */
export const createPatience = (key: string, storage: Storage, clock: Clock, random?: () => number) => {
  let learnt = nothing
  const learn = async (change: Partial<Learnt>) => {
    const next = { ...learnt, ...change }
    const worthIt = (Object.keys(change) as (keyof Learnt)[]).some((name) => name !== 'tripMs' && learnt[name] !== next[name])
    learnt = next
    if (worthIt) await storage.set(key, learnt)
  }
  return {
    learn,
    get: () => learnt,
    async recall() {
      learnt = { ...nothing, ...(await storage.get<Learnt>(key)) }
    },
    waitMs: () => Math.min(learnt.untilMs - clock.now(), learnt.spanMs),
    limited: () => learnt.limitedAtMs > 0 && learnt.limitedAtMs + learnt.spanMs >= learnt.untilMs && learnt.untilMs > clock.now(),
    good: (tripMs: number) => learn({ failures: 0, silences: 0, good: true, tripMs }),
    retreat(outcome: Extract<Outcome, { kind: 'later' }>, silences = learnt.silences) {
      const failures = outcome.ms === undefined ? learnt.failures + 1 : learnt.failures
      const spanMs = outcome.ms ?? backoffMs(failures, random)
      const now = clock.now()
      return learn({ failures, silences, spanMs, untilMs: now + spanMs, good: false, limitedAtMs: outcome.limited ? now : learnt.limitedAtMs })
    },
    /** Whether what was sent at `atMs` and not yet answered may be taken for delivered when the page goes. */
    believes(atMs: number, seen: { good: boolean; tripMs: number } | undefined): boolean {
      const now = clock.now()
      const { good, tripMs } = seen ?? learnt
      return good && now - atMs <= Math.max(300, 3 * tripMs) && now - learnt.limitedAtMs > 120_000
    },
  }
}
