import type { Clock, Journal } from '../../browser/ports'
import type { FlightNote, RetryState } from '../contracts'
import { inFlightPrefix, roundTripKey } from '../keys'

/**
 * The report that is on its way. A report has no id at the server: when its page goes before the answer has come, the next page can only
 * judge by evidence whether it has arrived (README, "What can be lost and what can be doubled"). This writes the evidence down.
 */
export const createInFlight = ({ journal, clock }: { journal: Journal; clock: Clock }) => {
  let flight: { id: string; sentAtMs: number; isOnline: boolean; isTrial: boolean } | undefined
  /** Of the last report that was answered well, unless one was not since. */
  let roundTripMs: number | undefined
  return {
    hasEvidence: () => journal.keys(inFlightPrefix).length > 0,
    onSend(id: string, isTrial: boolean) {
      flight = { id, sentAtMs: clock.now(), isOnline: navigator.onLine, isTrial }
    },
    /** It was delivered, or dropped: nothing is left to be judged. */
    forget: (id: string) => journal.remove(inFlightPrefix + id),
    /** It is known that the server has not kept it. The page may have heard that it goes, and hear this all the same. */
    onNotKept(id: string) {
      journal.remove(inFlightPrefix + id)
      if (flight?.id === id) flight = undefined
    },
    onAnswer(isDone: boolean) {
      roundTripMs = isDone && flight ? clock.now() - flight.sentAtMs : undefined
      if (!isDone) journal.remove(roundTripKey)
      flight = undefined
    },
    onLeave(retry: RetryState | undefined) {
      if (roundTripMs !== undefined) journal.write(roundTripKey, roundTripMs)
      // Begun without a network it has not arrived, whatever there is when the page goes.
      if (flight?.isOnline) {
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
    },
  }
}
