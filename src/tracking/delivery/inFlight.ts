import type { Clock, Journal } from '../../browser/ports'
import type { FlightNote, RetryState } from '../stored'
import { inFlightPrefix, pauseKey, roundTripKey, sendsKey, storedPrefix } from '../keys'

/** What a server as installed takes of one address, in so much time. */
const limitCalls = 10
const limitMs = 60_000

export interface InFlight {
  /** Something was on its way when its page went, and nobody has judged yet whether it has arrived. */
  hasEvidence(): boolean
  /** `isTrial`: nobody knows yet whether the server reads a simple request. */
  onSend(id: string, isTrial: boolean): void
  /** It was delivered, or dropped: nothing is left to be judged. */
  forget(id: string): void
  /** It is known that the server has not kept it. The page may have heard that it goes, and hear this all the same. */
  onNotKept(id: string): void
  /** The delivery has ended on a page that goes on. */
  onAnswer(isDone: boolean): void
  onLeave(retry: RetryState | undefined): void
  isNoted(id: string): boolean
  /** It is sent as its page goes, on a machine that is online. */
  onDepart(id: string, isTrial: boolean): true
  /** How many calls the server's limit leaves, as far as this page and those before it know. */
  callsLeft(): number
}

/**
 * The report that is on its way. A report has no id at the server: when its page goes before the answer has come, the next page can only
 * judge by evidence whether it has arrived (README, "What can be lost and what can be doubled"). This writes the evidence down.
 */
export const createInFlight = ({ journal, clock }: { journal: Journal; clock: Clock }): InFlight => {
  let flight: { id: string; sentAtMs: number; mayArrive: boolean; isTrial: boolean } | undefined
  /** Of the last report that was answered well, unless one was not since. */
  let roundTripMs: number | undefined
  const sentAtMs: number[] = []
  /** Adds this page's calls to those of the pages before it; what is older than the server's limit is forgotten. */
  const writeSends = (): number[] => {
    const all = [journal.read<number[]>(sendsKey) ?? [], sentAtMs.splice(0)].flat()
    const recent = all.filter((ms) => Math.abs(clock.now() - ms) < limitMs)
    journal.write(sendsKey, recent)
    return recent
  }
  return {
    hasEvidence: () => !!journal.keys(inFlightPrefix)[0],
    onSend(id, isTrial) {
      // Not sooner: what the lane has in hand and has not sent yet leaves with its page.
      journal.remove(storedPrefix + id)
      sentAtMs.push(clock.now())
      // Begun without a network it has not arrived, whatever there is when the page goes. Firefox below 133 knows no `keepalive`, and may
      // break off what is under way as the page goes.
      flight = { id, sentAtMs: clock.now(), mayArrive: navigator.onLine && 'keepalive' in Request.prototype, isTrial }
    },
    forget: (id) => journal.remove(inFlightPrefix + id),
    onNotKept(id) {
      journal.remove(inFlightPrefix + id)
      if (flight?.id === id) flight = undefined
    },
    onAnswer(isDone) {
      roundTripMs = isDone && flight ? clock.now() - flight.sentAtMs : undefined
      if (isDone) journal.remove(pauseKey)
      else {
        journal.remove(roundTripKey)
        // Recovery, which will know for how long, may never come.
        journal.write(pauseKey, true)
      }
      flight = undefined
    },
    onLeave(retry) {
      if (roundTripMs !== undefined) journal.write(roundTripKey, roundTripMs)
      if (flight?.mayArrive) {
        const { id, sentAtMs, isTrial } = flight
        const note: FlightNote = [
          clock.now() - sentAtMs,
          journal.read(roundTripKey),
          navigator.onLine,
          retry?.limitedAtMs,
          isTrial,
        ]
        journal.write(inFlightPrefix + id, note)
      }
      flight = undefined
      writeSends()
    },
    isNoted: (id) => journal.read(inFlightPrefix + id) !== undefined,
    // Where there never was an answer, this counts as one that would have come in time: a first page that is left at once has no other.
    onDepart(id, isTrial) {
      sentAtMs.push(clock.now())
      writeSends()
      const note: FlightNote = [0, journal.read(roundTripKey) ?? 0, true, undefined, isTrial]
      journal.write(inFlightPrefix + id, note)
      return true
    },
    callsLeft: () => limitCalls - writeSends().length,
  }
}
