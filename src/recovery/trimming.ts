import { readTexts } from '../options'
import type { RecoverableLane, Tracking } from '../tracking/contracts'
import type { LaneRecord } from '../tracking/stored'

const dayMs = 86_400_000

/** Things pile up only when not all is well: then the oldest that are too many, and what is too old, are dropped. */
export const trim = async (
  { options, storage, clock }: Pick<Tracking, 'options' | 'storage' | 'clock'>,
  lane: RecoverableLane,
  drop: (lane: RecoverableLane, record: LaneRecord, reason: 'too-many' | 'too-old') => Promise<void>,
): Promise<void> => {
  const { records = 1000, days = 7 } = readTexts(options).queue ?? {}
  const waiting = await storage.list<LaneRecord>(`${lane.name}/`)
  const surplus = waiting.length - records
  for (const [place, record] of waiting.entries()) {
    if (place < surplus) await drop(lane, record, 'too-many')
    else if (clock.now() - record.at > days * dayMs) await drop(lane, record, 'too-old')
  }
}
