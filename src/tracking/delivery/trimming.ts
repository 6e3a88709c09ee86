import type { Clock, Journal, Store } from '../../browser/ports'
import type { Options } from '../../options'
import { reasonToDrop, type OutOfBounds } from '../bounds'
import { pauseKey, visitPrefix } from '../keys'
import type { VisitRecord } from '../stored'

export interface TrimParts {
  /** As the host gave them: texts where they were attributes of the tag. */
  options: Options & { queueRecords?: string; queueDays?: string }
  storage: Store
  journal: Journal
  clock: Clock
}

/** Drops what recovery would drop, where recovery cannot be fetched. */
export const trim = async (
  { options, storage, journal, clock }: TrimParts,
  drop: (record: VisitRecord, reason: OutOfBounds) => Promise<void>,
): Promise<void> => {
  // All is well, as far as anybody knows: what waits leaves.
  if (!journal.read(pauseKey)) return
  const { queue, queueRecords = queue?.records ?? 1000, queueDays = queue?.days ?? 7 } = options
  const bounds = { records: +queueRecords, days: +queueDays }
  const waiting = await storage.list<VisitRecord>(visitPrefix)
  for (const [place, record] of waiting.entries()) {
    const reason = reasonToDrop(record, place, waiting.length, clock.now(), bounds)
    if (reason) await drop(record, reason)
  }
}
