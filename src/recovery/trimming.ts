import { readTexts } from '../options'
import { reasonToDrop, type OutOfBounds } from '../tracking/bounds'
import type { RecoverableLane, Tracking } from '../tracking/contracts'
import type { LaneRecord } from '../tracking/stored'

/** Things pile up only when not all is well: then the oldest that are too many, and what is too old, are dropped. */
export const trim = async (
  { options, storage, clock }: Pick<Tracking, 'options' | 'storage' | 'clock'>,
  lane: RecoverableLane,
  drop: (lane: RecoverableLane, record: LaneRecord, reason: OutOfBounds) => Promise<void>,
): Promise<void> => {
  const waiting = await storage.list<LaneRecord>(`${lane.name}/`)
  for (const [place, record] of waiting.entries()) {
    const reason = reasonToDrop(record, place, waiting.length, clock.now(), readTexts(options).queue)
    if (reason) await drop(lane, record, reason)
  }
}
