import type { RecoverableLane, Tracking } from '../tracking/contracts'
import type { FlightNote, VisitRecord } from '../tracking/stored'
import { inFlightPrefix, roundTripKey, visitPrefix } from '../tracking/keys'
import type { Presence } from './probe'
import { askPostWay } from './simplePost'

/** A report that was on its way for longer than this, or than three times the last known round trip, may never have arrived. */
const overdueMs = 1500
/** A harmless question that takes longer than this, or than three times the last known round trip, is no proof of anything. */
const promptMs = 500
/**
 * WebKit (seen in 2.50) refuses what is on its way, but for `keepalive` requests, as soon as a navigation begins, long before `pagehide`. A page
 * to which nobody answers may be about to go: only one that has stayed for so long has learnt anything.
 */
const stayMs = 1000

/**
 * Settles what was on its way when its page went (README, "What can be lost and what can be doubled"): it is taken for delivered when it was
 * young, the machine was online, no limit was near, and the server answers a harmless question now.
 */
export const settleByEvidence = async (
  {
    journal,
    clock,
    storage,
    page,
    posting,
    server,
    send,
    emit,
  }: Pick<Tracking, 'journal' | 'clock' | 'storage' | 'page' | 'posting' | 'server' | 'send' | 'emit'>,
  lane: RecoverableLane,
  probe: () => Promise<Presence>,
): Promise<void> => {
  const notes = journal.keys(inFlightPrefix)
  const isTrial = (note: string) => !!(journal.read<FlightNote>(note) || [])[4]
  const mayHaveArrived = (note: string) => {
    const read = journal.read<FlightNote>(note)
    // What stands in storage may be anything.
    const [onItsWayMs, roundTripMs, online, limitedAtMs] = Array.isArray(read) ? read : []
    // Whoever notes that the machine was online has noted the time first.
    return online && roundTripMs != null && onItsWayMs! < Math.max(overdueMs, 3 * roundTripMs) && !limitedAtMs
  }
  if (!notes.some(mayHaveArrived)) return notes.forEach(journal.remove)
  // Long without an answer, even if this page goes before its time is over, the report may have met the same silence.
  const patienceMs = Math.max(promptMs, 3 * (journal.read<number>(roundTripKey) ?? 0))
  const undo = clock.after(patienceMs, () => notes.forEach((note) => journal.write(note, 0)))
  let hasLeft = false
  const stopObserving = page.observe((event) => (hasLeft ||= event === 'leave'))
  const isThere = (await probe()) !== 'nobody'
  undo()
  // A simple request that a server has read as empty has not arrived, and while nobody knows how it reads, none has.
  const hasTrial = notes.some(isTrial)
  const areTrialsRead = isThere && hasTrial && (await askPostWay({ server, send, posting })) === 'simple'
  if (!isThere || (hasTrial && !areTrialsRead)) await new Promise<void>((resolve) => clock.after(stayMs, resolve))
  stopObserving()
  // The next page asks again.
  if (hasLeft) return
  for (const note of notes) {
    const record = await storage.get<VisitRecord>(visitPrefix + note.slice(inFlightPrefix.length))
    const hasArrived = isThere && mayHaveArrived(note) && (areTrialsRead || !isTrial(note))
    journal.remove(note)
    if (!record || !hasArrived) continue
    await lane.remove(record.id)
    emit('delivered', { id: record.id, href: record.href, title: record.title, evidence: true })
  }
}
