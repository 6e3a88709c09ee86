import type { WireMessage } from '../../../wire/messages'

/** What has been fetched of a room without a gap, drawn or not. */
export interface FetchedMessages {
  /** Notes what was taken of a page; whether any of it is new. */
  note(messages: WireMessage[]): boolean
  /** When the oldest of it was sent. */
  oldestAtMs(): number
  forget(): void
}

export const createFetchedMessages = (): FetchedMessages => {
  const ids = new Set<string>()
  let oldestAtMs = Infinity
  return {
    note(messages) {
      const sizeBefore = ids.size
      for (const { id, at } of messages) {
        ids.add(id)
        oldestAtMs = Math.min(oldestAtMs, at)
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
