import type { Clock, Lock, Page, Store, Undo } from '../../browser/ports'
import type { Delivery, LaneOptions, RecoverableLane, Recovery, Verdict } from '../contracts'
import type { LaneRecord, RetryState } from '../stored'
import { retryKeyOf } from '../keys'

/** So many records are read at once; once something is put or removed, the database is asked again. */
const batchSize = 20
/** After an error of the storage, and where recovery could not be fetched. */
const afterErrorMs = 10_000
/**
 * Firefox (seen in 153) gives up a module that is on its way as soon as a navigation begins, tens of milliseconds before `pagehide`. Only a page
 * that is still there after so long knows that recovery cannot be fetched: one that goes leaves the evidence to the next.
 */
const stayMs = 1000

export interface LaneParts {
  storage: Store
  clock: Clock
  page: Pick<Page, 'observe'>
  /** Held by the one tab that delivers. */
  lock: Lock
  /** What is done when not all is well, fetched then. Rejects where it cannot be fetched: the lane tries again later. */
  needRecovery(): Promise<Recovery>
}

/** What a lane of a special kind does besides. Only the tab that holds the lock calls these, but for `onLeave` and `isSettling`. */
export interface LaneHooks<R extends LaneRecord> {
  /** Nothing is sent in a page's first moments. */
  quietMs: number
  /** Takes over what was noted outside of the database; true when the database may have something new. */
  takeOver(isNewRun: boolean): Promise<boolean>
  /** Whether there is something that only recovery can settle before anything is sent. */
  hasEvidence(): boolean
  /** How long the oldest record, if there is one, must still wait for its page; `Infinity`: whoever it waits for wakes the lane. */
  waitMs(oldest: R | undefined): number
  /** Called just before the record is delivered. False: another tab has delivered it. */
  claim(record: R): boolean
  /** The delivery has ended, well or not, on a page that goes on. */
  onAnswer(isDone: boolean): void
  /** A record was deleted, from the database at last. */
  onRemove(id: string): void
  onLeave(retry: RetryState | undefined): void
  /** Bounds what waits where recovery, which does it otherwise, cannot be fetched. */
  trim(): Promise<void>
  /** True while the page's own record may still change: what waits is sent with it, when it wakes the lane. */
  isSettling(): boolean
}

/** One try of this tab to deliver what waits. It ends as soon as the lane has another run, or none. */
interface Run {
  /** Something was put or removed: what was read is out of date. */
  isStale: boolean
}

type LanePhase =
  /** The page is too young, or nobody has started the lane. */
  | 'quiet'
  /** Nothing is to be sent before somebody wakes the lane. */
  | 'idle'
  /** This tab waits for its turn. */
  | 'queued'
  /** This tab delivers. */
  | 'draining'
  /** Until a limit, a retry or another page's time is over. */
  | 'waiting'
  /** Not before something else has happened, or the page is left and comes back, whoever looks meanwhile. */
  | 'held'
  /** The page is gone, frozen or in the back/forward cache: a lock granted to it would stop every other tab. */
  | 'away'

export interface StartableDelivery extends Delivery {
  start(): void
  /** The page is gone, frozen or in the back/forward cache. */
  isAway(): boolean
}

/** One queue: stored before it is sent, sent in the order of ids by one tab at a time, deleted by id after a final answer. */
// oxlint-disable-next-line max-lines-per-function -- the phase and every way to change it stand in one closure, so that nobody else can enter one
export const createLane = <R extends LaneRecord>(
  parts: LaneParts,
  options: LaneOptions<R>,
  hooks?: LaneHooks<R>,
): StartableDelivery => {
  const { storage, clock, page, lock } = parts
  const { name } = options
  const prefix = `${name}/`
  let phase: LanePhase = 'quiet'
  /** While this tab is queued or draining. */
  let currentRun: Run | undefined
  let cancelWait: Undo = () => {}
  /** Fetched once not all was well. */
  let recovery: Recovery | undefined
  /** The deletion of what was delivered last; the next record is sent meanwhile. */
  let deleting: Promise<unknown> | undefined
  /** The last that was deleted. */
  let removedId: string | undefined

  /** The one place where the phase changes. */
  const enter = (next: LanePhase, run?: Run) => {
    cancelWait()
    phase = next
    currentRun = run
  }
  const isCurrent = (run: Run) => run === currentRun
  const waitFor = (ms: number) => {
    enter('waiting')
    cancelWait = clock.after(ms, begin)
  }

  // Recovery hands back only records that this lane has handed out.
  const recoverable = {
    ...options,
    retry: undefined,
    isOfVisits: !!hooks,
    isHeld: () => phase === 'held',
    hold: () => phase !== 'away' && enter('held'),
    wake,
    remove,
  } as RecoverableLane

  function remove(id: string): Promise<unknown> {
    hooks?.onRemove(id)
    removedId = id
    return storage.clear(prefix + id)
  }

  /** True when the record was delivered and this page goes on. */
  const deliver = async (record: R, run: Run): Promise<boolean> => {
    if (hooks && !hooks.claim(record)) return false
    const verdict: Verdict = await options.deliver(record, () => isCurrent(run))
    const isDone = verdict.kind === 'done'
    if (isDone) {
      deleting = remove(record.id)
      options.onDelivered?.(record)
    } else {
      // A browser refuses what is in flight as the document goes, at times before `pagehide`: only the next task shows that the page lives.
      await new Promise<void>((resolve) => clock.after(0, resolve))
    }
    if (!isCurrent(run)) return false
    hooks?.onAnswer(isDone)
    if (isDone) await recovery?.allIsWell(recoverable)
    else {
      recovery ??= await parts.needRecovery()
      await recovery.afterFailure(recoverable, record, verdict)
    }
    return isDone
  }

  const drain = async (run: Run): Promise<void> => {
    let batch: R[] = []
    for (let isFirst = true; isCurrent(run); isFirst = false) {
      // A page that is about to go may note something older than what waits: this is asked before every record.
      if (await hooks?.takeOver(isFirst)) run.isStale = true
      if (hooks?.hasEvidence() || (isFirst && (recovery || (await storage.get(retryKeyOf(name)))))) {
        try {
          recovery ??= await parts.needRecovery()
        } catch {
          // Where it cannot be fetched, records leave all the same.
          await new Promise<void>((resolve) => clock.after(stayMs, resolve))
        }
        await recovery?.beforeDraining(recoverable)
        run.isStale = true
      }
      if (isFirst && !recovery) await hooks?.trim()
      if (run.isStale || !batch[0]) {
        run.isStale = false
        await deleting
        batch = await storage.list<R>(prefix, batchSize)
      }
      if (!isCurrent(run)) return
      const [oldest] = batch
      // No record of ours: it has no id, or lies under another than its own.
      if (batch.length && oldest?.id === removedId) {
        recovery ??= await parts.needRecovery()
        await recovery.sweep(recoverable, removedId)
        run.isStale = true
        continue
      }
      const forPageMs = hooks?.waitMs(oldest) ?? (oldest ? 0 : Infinity)
      const waitMs = forPageMs || ((await recovery?.pauseMs(recoverable)) ?? 0)
      if (!isCurrent(run)) return
      if (!oldest || waitMs > 0) {
        if (run.isStale) continue
        return waitMs < Infinity ? waitFor(waitMs) : undefined
      }
      batch = (await deliver(oldest, run)) ? batch.slice(1) : []
    }
  }

  function begin(): void {
    const run: Run = { isStale: false }
    enter('queued', run)
    const turn = async () => {
      if (!isCurrent(run)) return
      enter('draining', run)
      await drain(run).catch(() => isCurrent(run) && waitFor(afterErrorMs))
      if (!isCurrent(run)) return
      enter('idle')
      if (run.isStale) begin()
    }
    void lock.hold(turn)
  }

  /** There may be something to send. */
  function check(): void {
    if (currentRun) currentRun.isStale = true
    else if (phase === 'idle' || phase === 'waiting') begin()
  }

  function wake(): void {
    if (phase === 'held') enter('idle')
    check()
  }

  const comeToLife = () => {
    if (phase === 'quiet' || phase === 'away') enter('idle')
    if (!hooks?.isSettling()) check()
  }

  return {
    wake,
    check,
    isAway: () => phase === 'away',
    async remove(id) {
      await remove(id)
      check()
    },
    start() {
      page.observe((event) => {
        if (event === 'leave') {
          enter('away')
          hooks?.onLeave(recoverable.retry)
        } else if (event === 'restore' || event === 'visible' || (event === 'hidden' && phase === 'quiet')) comeToLife()
      })
      if (hooks) clock.after(hooks.quietMs, () => phase === 'quiet' && comeToLife())
      else comeToLife()
    },
  }
}
