import { asObject, asText, epochMs } from '../../../wire/coerce'

/** What has been fetched of a room without a gap, drawn or not. */
export interface FetchedMessages {
  /** Notes what a page holds; whether any of it is new. */
  note(values: unknown[]): boolean
  /** When the oldest of it was sent. */
  oldestAtMs(): number
  forget(): void
}

export const createFetchedMessages = (): FetchedMessages => {
  const ids = new Set<string>()
  let oldestAtMs = Infinity
  return {
    note(values) {
      const sizeBefore = ids.size
      for (const value of values) {
        const { _id, ts } = asObject(value)
        ids.add(asText(_id))
        oldestAtMs = Math.min(oldestAtMs, epochMs(ts) ?? Infinity)
      }
      return ids.size > sizeBefore
    },
    oldestAtMs: () => oldestAtMs,
    forget() {
      ids.clear()
      oldestAtMs = Infinity
    },
  }
}
