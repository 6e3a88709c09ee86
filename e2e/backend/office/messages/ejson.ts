import { isRecord } from '../../http/schema.ts'

const dates = new Set(['ts', '_updatedAt', 'editedAt', 'tlm', 'lm'])

/** A stored thing as the socket says it: every date as `{ $date }`. */
export function toFrame(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toFrame)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) =>
      dates.has(key) && typeof item === 'string' ? [key, { $date: Date.parse(item) }] : [key, toFrame(item)],
    ),
  )
}
