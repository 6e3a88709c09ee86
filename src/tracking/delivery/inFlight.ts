import type { Clock, Journal } from '../../browser/ports'
import type { FlightNote } from '../contracts'
import { inFlightPrefix, roundTripKey } from '../keys'

/**
 * The report that is on its way. A report has no id at the server: when its page goes before the answer has come, the next page can only
 * judge by evidence whether it has arrived (README, "What can be lost and what can be doubled"). This writes the evidence down.
 */
export const createInFlight = (journal: Journal, clock: Clock) => {
  let flight: { id: string; sentAtMs: number } | undefined
  /** When the last report was sent, if it has arrived as far as is known. */
  let sentAtMs: number | undefined
  /** Of the last report that was answered well, unless one was not since. */
  let roundTripMs: number | undefined
  return {
    sent(id: string) {
      sentAtMs = clock.now()
      // Begun without a network it has not arrived, whatever there is when the page goes.
      flight = navigator.onLine ? { id, sentAtMs } : undefined
    },
    /** It is known that the server has not kept it. The page may have heard that it goes, and hear this all the same. */
    notKept(id: string) {
      journal.remove(inFlightPrefix + id)
      if (flight?.id === id) flight = undefined
    },
    answered(isDone: boolean) {
      flight = undefined
      if (isDone && sentAtMs) roundTripMs = clock.now() - sentAtMs
      if (!isDone) {
        roundTripMs = undefined
        journal.remove(roundTripKey)
      }
      sentAtMs = undefined
    },
    /** The page goes. `limitedAtMs`: when the server last named a limit. */
    writeDown(limitedAtMs: number | undefined) {
      if (roundTripMs !== undefined) journal.write(roundTripKey, roundTripMs)
      if (flight)
        journal.write(inFlightPrefix + flight.id, [
          clock.now() - flight.sentAtMs,
          journal.read(roundTripKey),
          navigator.onLine,
          limitedAtMs,
        ] satisfies FlightNote)
      flight = undefined
    },
    hasEvidence: () => journal.keys(inFlightPrefix).length > 0,
  }
}
