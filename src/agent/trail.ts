import { backoffMs } from '../wire/backoff'
import type { Clock } from '../browser/ports'
import type { Visit } from './decode'
import type { List, ListOptions } from './list'
import { AgentError, type AgentErrorCode } from './refusal'

/** A limiter of ten calls a minute, with a little left for other reading. */
const intervalMs = 8000
/** Nobody looks. */
const hiddenIntervalMs = 60_000
const batch = 100
/** Entries read again each time, for those that were stored late. */
const overlap = 20

/** After these, asking again changes nothing. */
const final = new Set<AgentErrorCode>([
  'bad-call',
  'not-logged-in',
  'not-permitted',
  'not-found',
  'bad-request',
  'unknown-route',
])

/** Call it to stop. */
export interface Watch {
  (): void
  /** Resolves when it was stopped, rejects when the server refuses for good. Needs not be awaited. */
  ended: Promise<void>
}

export interface WatchOptions {
  /** Something went wrong; `retryInMs` says when it is tried again, and is absent when it is not. A listener's own error comes here, too. */
  onTrouble?(error: unknown, retryInMs?: number): void
}

interface Parts {
  load(options: ListOptions, signal: AbortSignal): Promise<List<Visit>>
  clock: Clock
  hidden(): boolean
  /** How many share the limiter's calls. */
  sharers(): number
}

const byTime = (a: Visit, b: Visit): number => a.at - b.at || (a.id < b.id ? -1 : 1)

export const watchTrail = (
  { load, clock, hidden, sharers }: Parts,
  onPage: (visit: Visit) => void,
  { onTrouble }: WatchOptions,
): Watch => {
  const seen = new Set<string>()
  const abort = new AbortController()
  let known = 0
  let failures = 0
  let lastPollAt = -Infinity
  let undoTimer = () => {}
  let resolve!: () => void
  let reject!: (error: unknown) => void
  const ended = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  ended.catch(() => {})

  const trouble = (error: unknown, retryInMs?: number): void => {
    try {
      onTrouble?.(error, retryInMs)
    } catch {
      // A listener for errors that fails has nobody left to tell.
    }
  }

  const tell = (visit: Visit): void => {
    if (abort.signal.aborted || seen.has(visit.id)) return
    seen.add(visit.id)
    try {
      onPage(visit)
    } catch (error) {
      trouble(error)
    }
  }

  /** Oldest first, from a little before where the last reading ended; a list that has shrunk below that is read from its start. */
  const read = async (): Promise<void> => {
    let offset = Math.max(0, known - overlap)
    for (let first = true; ; first = false) {
      const list = await load({ offset, count: batch, sort: { ts: 1 } }, abort.signal)
      const received = list.items.length + list.unreadable
      if (first && !received && offset) {
        offset = 0
        continue
      }
      list.items.sort(byTime).forEach(tell)
      offset += received
      known = offset
      if (!received || abort.signal.aborted || (list.total === undefined ? received < batch : offset >= list.total))
        return
    }
  }

  const waitAfter = (error: unknown): number | undefined => {
    if (!(error instanceof AgentError)) return undefined
    if (error.retryAfterMs !== undefined) return error.retryAfterMs
    return final.has(error.code) ? undefined : Math.max(intervalMs, backoffMs(failures, undefined, intervalMs))
  }

  const poll = async (): Promise<void> => {
    let retryMs: number | undefined
    if (!hidden() || clock.now() - lastPollAt >= hiddenIntervalMs) {
      lastPollAt = clock.now()
      try {
        await read()
        failures = 0
      } catch (error) {
        if (abort.signal.aborted) return
        failures++
        retryMs = waitAfter(error)
        trouble(error, retryMs)
        if (retryMs === undefined) {
          abort.abort()
          return reject(error)
        }
      }
    }
    if (!abort.signal.aborted) undoTimer = clock.after(retryMs ?? intervalMs * sharers(), () => void poll())
  }

  void poll()
  const stop = (): void => {
    abort.abort()
    undoTimer()
    resolve()
  }
  return Object.assign(stop, { ended })
}
