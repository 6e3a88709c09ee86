/** What a queue may hold: of the script where recovery cannot be fetched, and of recovery. */
import type { DropReason } from '../options'
import type { LaneRecord } from './stored'

const dayMs = 86_400_000

export type OutOfBounds = Exclude<DropReason, 'refused'>

export interface Bounds {
  records?: number
  days?: number
}

/** Why a record that waits is dropped: it is one of the oldest of too many, or too old. `place` is its place in the queue, of `count`. */
export const reasonToDrop = (
  { at }: LaneRecord,
  place: number,
  count: number,
  nowMs: number,
  { records = 1000, days = 7 }: Bounds = {},
): OutOfBounds | undefined => (place < count - records ? 'too-many' : nowMs - at > days * dayMs ? 'too-old' : undefined)
