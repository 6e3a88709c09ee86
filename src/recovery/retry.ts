import { blockedSentence } from '../diagnosis/blocked'
import type { Journal } from '../browser/ports'
import type { RecoverableLane, Tracking, Verdict } from '../tracking/contracts'
import type { LaneRecord, RetryState } from '../tracking/stored'
import { pauseKey, retryKeyOf } from '../tracking/keys'
import { backoffMs, remainingMs } from '../wire/backoff'
import type { Presence } from './probe'

/** For so long after a limit nothing is taken for arrived by its time alone: the server may have refused it. */
const limitMattersMs = 120_000
/** So many knocks, or sends, in a row that somebody seems to hear and whose answers the browser keeps from us, are a matter of CORS. */
const triesUntilBlocked = 3

export interface RetryParts extends Pick<Tracking, 'page' | 'clock' | 'storage' | 'journal' | 'guard' | 'warnOnce'> {
  probe(): Promise<Presence>
  drop(lane: RecoverableLane, record: LaneRecord, reason: 'refused', code: string, says: string): Promise<void>
}

const refusedVisitsSentence = (says: string) =>
  `The server refuses what this page reports. It said: “${says}”. Nothing is lost: each page that is loaded tries once more, until it is too old (queue.days).`

/** For pages that go: they send nothing by themselves while the lane waits. */
const notePause = (journal: Journal, { isOfVisits, retry }: RecoverableLane) => {
  if (!isOfVisits) return
  if (retry?.untilMs) journal.write(pauseKey, true)
  else journal.remove(pauseKey)
}

/** When the network is back, what is not a limit of the server need not be waited for. */
const createNetworkFollower = (
  page: RetryParts['page'],
  guard: RetryParts['guard'],
  learn: (lane: RecoverableLane, retry: RetryState) => Promise<void>,
) => {
  const known = new Set<RecoverableLane>()
  return (lane: RecoverableLane) => {
    if (known.has(lane)) return
    known.add(lane)
    page.observe(
      guard(async (event) => {
        if (event !== 'online') return
        if (lane.retry && !lane.retry.limited) await learn(lane, { ...lane.retry, spanMs: 0 })
        lane.wake()
      }),
    )
  }
}

/** When a lane tries again: what it has learnt of the server is kept in storage, for all tabs and the next page. */
export const createRetry = ({ page, clock, storage, journal, guard, warnOnce, probe, drop }: RetryParts) => {
  /** Knocks in a row to which somebody answered unreadably. */
  let unreadableKnocks = 0
  let wasLastSendSilent = false

  const warnBlocked = () => warnOnce('blocked', blockedSentence(location.origin))
  const learn = async (lane: RecoverableLane, retry: RetryState | undefined): Promise<void> => {
    lane.retry = retry
    notePause(journal, lane)
    await storage.update(retryKeyOf(lane.name), () => retry)
  }
  const waitMs = ({ retry }: RecoverableLane): number =>
    retry ? remainingMs(retry.untilMs - clock.now(), retry.spanMs) : 0
  /** `ms`: the server has named the time; without it, ever longer. */
  const backOff = (lane: RecoverableLane, ms?: number, more?: Partial<RetryState>) => {
    const failures = (lane.retry?.failures ?? 0) + (ms === undefined ? 1 : 0)
    const spanMs = ms ?? backoffMs(failures)
    const next = { failures, spanMs, untilMs: clock.now() + spanMs, limited: !!ms, refused: undefined }
    return learn(lane, { ...lane.retry, ...next, ...more })
  }
  /** All is well again; that there was a limit is remembered as long as it matters. */
  const reset = async (lane: RecoverableLane) => {
    const { limitedAtMs } = lane.retry ?? {}
    const matters = limitedAtMs && Math.abs(clock.now() - limitedAtMs) < limitMattersMs
    await learn(lane, matters ? { untilMs: 0, spanMs: 0, failures: 0, limitedAtMs } : undefined)
  }
  const followNetwork = createNetworkFollower(page, guard, learn)

  const pauseMs = async (lane: RecoverableLane): Promise<number> => {
    const { limited, silences } = lane.retry ?? {}
    const ms = waitMs(lane)
    lane.onWait?.(ms > 0 ? { untilMs: clock.now() + ms, limited: !!limited } : undefined)
    if (ms > 0 || !silences) return ms
    const presence = await probe()
    if (presence === 'api' || presence === 'busy' || (presence === 'someone' && !wasLastSendSilent)) return 0
    if (presence === 'someone' && ++unreadableKnocks === triesUntilBlocked) warnBlocked()
    lane.retry = await storage.get<RetryState>(retryKeyOf(lane.name))
    // While this tab slept or asked, another has got through.
    if (!lane.retry?.silences) return waitMs(lane)
    await backOff(lane)
    return pauseMs(lane)
  }

  return {
    pauseMs,
    followNetwork,
    waitMs,

    async recall(lane: RecoverableLane) {
      lane.retry = await storage.get<RetryState>(retryKeyOf(lane.name))
      if (lane.retry?.limitedAtMs && !lane.retry.untilMs) await reset(lane)
    },

    async allIsWell(lane: RecoverableLane) {
      lane.onWait?.(undefined)
      if (lane.retry?.untilMs) await reset(lane)
    },

    async afterFailure(lane: RecoverableLane, record: LaneRecord, verdict: Exclude<Verdict, { kind: 'done' }>) {
      followNetwork(lane)
      if (verdict.kind === 'hold') {
        lane.hold()
        const { refused } = verdict
        if (refused) warnOnce('refused', refusedVisitsSentence(refused))
        // Nothing is wrong with the server, or nothing that time mends, and yet what waits must be bounded: the next page looks.
        return backOff(lane, 0, { refused })
      }
      if (verdict.kind === 'drop') {
        await drop(lane, record, 'refused', verdict.code, verdict.says)
        return reset(lane)
      }
      const { silences = 0 } = lane.retry ?? {}
      wasLastSendSilent = !!verdict.silent
      if (!verdict.silent) unreadableKnocks = 0
      await backOff(lane, verdict.ms, {
        silences: verdict.silent ? silences + 1 : 0,
        ...(verdict.limited && { limitedAtMs: clock.now() }),
      })
      // Its settings can be read, and yet so many answers in a row could not: the browser keeps them from us.
      if (verdict.silent && silences + 1 >= triesUntilBlocked && (await probe()) === 'api') {
        lane.hold()
        warnBlocked()
      }
    },
  }
}
