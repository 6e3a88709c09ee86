import type { Clock, Journal, Store } from '../../browser/ports'
import type { DropReason, Options } from '../../options'
import type { VisitRecord } from '../stored'
import { pauseKey, visitPrefix } from '../keys'

const dayMs = 86_400_000

export interface TrimParts {
  /** As the host gave them: texts where they were attributes of the tag. */
  options: Options & { queueRecords?: string; queueDays?: string }
  storage: Store
  journal: Journal
  clock: Clock
}

/** Drops what recovery would drop, where recovery cannot be fetched: the oldest of too many, and what is too old. */
export const trim = async (
  { options, storage, journal, clock }: TrimParts,
  drop: (record: VisitRecord, reason: Exclude<DropReason, 'refused'>) => Promise<void>,
): Promise<void> => {
  // All is well, as far as anybody knows: what waits leaves.
  if (!journal.read(pauseKey)) return
  const { queue, queueRecords = queue?.records ?? 1000, queueDays = queue?.days ?? 7 } = options
  const waiting = await storage.list<VisitRecord>(visitPrefix)
  for (const [place, record] of waiting.entries()) {
    const isSurplus = place < waiting.length - +queueRecords
    const isTooOld = clock.now() - record.at > +queueDays * dayMs
    if (isSurplus || isTooOld) await drop(record, isSurplus ? 'too-many' : 'too-old')
  }
}
