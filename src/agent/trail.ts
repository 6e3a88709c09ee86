import type { Clock } from '../browser/ports'
import { backoffMs } from '../wire/backoff'
import type { List, ListOptions, Visit, Watch, WatchOptions } from './contracts'
import { AgentError, type AgentErrorCode } from './error'

/** The server's limiter takes ten calls a minute: this leaves a few of them for other reading. */
const intervalMs = 8000
/** While the page is hidden, nobody looks. */
const hiddenIntervalMs = 60_000
const pagesPerCall = 100
/** Pages that are read again each time, for those that the server stored late. */
const pagesReadAgain = 20

/** After these, asking again changes nothing. */
const finalCodes = new Set<AgentErrorCode>([
  'bad-call',
  'not-logged-in',
  'not-permitted',
  'not-found',
  'bad-request',
  'unknown-route',
])

export interface TrailParts {
  load(options: ListOptions, signal: AbortSignal): Promise<List<Visit>>
  clock: Clock
  isHidden(): boolean
  /** How many watches share the limiter's calls. */
  countWatches(): number
}

const byTime = (a: Visit, b: Visit): number => a.at - b.at || (a.id < b.id ? -1 : 1)

/** The promise of `Watch`, and what settles it. Nobody needs to await it, so a rejection never becomes the host's unhandled one. */
const createEnding = () => {
  let resolve: () => void = () => {}
  let reject: (error: unknown) => void = () => {}
  const ended = new Promise<void>((onStopped, onRefused) => {
    resolve = onStopped
    reject = onRefused
  })
  ended.catch(() => {})
  return { ended, resolve, reject }
}

/** How long to wait after an error; undefined when asking again changes nothing. */
const retryDelayMs = (error: unknown, failures: number): number | undefined => {
  if (!(error instanceof AgentError)) return undefined
  if (error.retryAfterMs !== undefined) return error.retryAfterMs
  return finalCodes.has(error.code) ? undefined : Math.max(intervalMs, backoffMs(failures, undefined, intervalMs))
}

export const watchTrail = (
  { load, clock, isHidden, countWatches }: TrailParts,
  onPage: (visit: Visit) => void,
  { onTrouble }: WatchOptions,
): Watch => {
  const reported = new Set<string>()
  const abort = new AbortController()
  const { signal } = abort
  const { ended, resolve, reject } = createEnding()
  /** How many pages the room had when it was last read. */
  let readCount = 0
  let failures = 0
  let lastPollMs = -Infinity
  let cancelTimer = () => {}

  const reportTrouble = (error: unknown, retryInMs?: number): void => {
    try {
      onTrouble?.(error, retryInMs)
    } catch {
      // Where the listener for errors fails, there is nobody left to tell.
    }
  }
  const report = (visit: Visit): void => {
    if (signal.aborted || reported.has(visit.id)) return
    reported.add(visit.id)
    try {
      onPage(visit)
    } catch (error) {
      reportTrouble(error)
    }
  }
  /** Oldest first, from a little before where the last reading ended. A list that has become shorter than that is read from its start. */
  const readNew = async (): Promise<void> => {
    let offset = Math.max(0, readCount - pagesReadAgain)
    for (let isFirstCall = true; ; isFirstCall = false) {
      const list = await load({ offset, count: pagesPerCall, sort: { ts: 1 } }, signal)
      const received = list.items.length + list.unreadable
      if (isFirstCall && !received && offset) {
        offset = 0
        continue
      }
      list.items.sort(byTime).forEach(report)
      offset += received
      readCount = offset
      const isEnd = list.total === undefined ? received < pagesPerCall : offset >= list.total
      if (!received || signal.aborted || isEnd) return
    }
  }
  const pollAfter = (delayMs: number) => (cancelTimer = clock.after(delayMs, () => void poll()))
  const poll = async (): Promise<void> => {
    let retryMs: number | undefined
    if (!isHidden() || clock.now() - lastPollMs >= hiddenIntervalMs) {
      lastPollMs = clock.now()
      try {
        await readNew()
        failures = 0
      } catch (error) {
        if (signal.aborted) return
        failures++
        retryMs = retryDelayMs(error, failures)
        reportTrouble(error, retryMs)
        if (retryMs === undefined) {
          abort.abort()
          return reject(error)
        }
      }
    }
    if (!signal.aborted) pollAfter(retryMs ?? intervalMs * countWatches())
  }

  void poll()
  const stop = (): void => {
    abort.abort()
    cancelTimer()
    resolve()
  }
  return Object.assign(stop, { ended })
}
