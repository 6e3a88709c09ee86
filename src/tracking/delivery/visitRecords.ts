import type { Clock, Journal, Store } from '../../browser/ports'
import type { VisitRecord } from '../stored'
import { storedPrefix, visitPrefix } from '../keys'

/** While it is so young, an open record may still be changed by its page. */
const settledByMs = 2500
/** How long the word of one tab takes to reach the local storage of the others. */
const hearsayMs = 50

/** Noted in place of a record that was given up: should its page go before the database has heard of it, the next page tells the database. */
const givenUp = false
type Note = VisitRecord | typeof givenUp | undefined

export interface VisitRecordsParts {
  storage: Store
  journal: Journal
  clock: Clock
  documentId: string
}

const keyOf = (id: string) => visitPrefix + id

/** Of a record in the database and the note of it that which is newer. */
const newerOf = (stored: VisitRecord | undefined, note: Note): VisitRecord | undefined =>
  note === undefined || (stored && !stored.open && note && note.open) ? stored : note || undefined

/** What stands under a key without having that key for its id was written by somebody else. */
const readNote = (journal: Journal, key: string): Note => {
  const note = journal.read<Exclude<Note, undefined>>(key)
  return note === givenUp || keyOf((Object(note) as VisitRecord).id) === key ? note : undefined
}

/** Records of this document that wait, by their keys, and whether the journal has taken them. */
type OwnRecords = Map<string, { record: VisitRecord; isNoted: boolean }>

/**
 * All that can be read at once, the oldest first: what the journal has of this page, and of those before it that were left as quickly, and what of
 * this page is in the database, unless another tab has taken it from there.
 */
const recordsAtHand = (journal: Journal, own: OwnRecords): VisitRecord[] => {
  const found = new Map(
    journal.keys(visitPrefix).flatMap((key) => {
      const note = readNote(journal, key)
      return note && (note.left || own.has(key)) ? [[key, note]] : []
    }),
  )
  for (const [key, { record }] of own) if (journal.read(storedPrefix + record.id)) found.set(key, record)
  return [...found.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
}

/**
 * Where visits wait: in the database, and in the journal until the database is known to have them, since a page may be gone before its database
 * has opened. The one tab that delivers takes over what other pages have left in the journal; a live page of another tab keeps its own.
 */
export const createVisitRecords = ({ storage, journal, clock, documentId }: VisitRecordsParts) => {
  const own: OwnRecords = new Map()
  /** This document has a visit whose address and title may still change. */
  let isSettling = false
  let seenNotes: string | undefined
  /** The oldest record that only a live page of another tab has; nothing younger is sent before it. */
  let oldestElsewhere: string | undefined

  const noteOf = (key: string) => readNote(journal, key)
  const isYoung = ({ left, at }: VisitRecord) => !left && Math.abs(clock.now() - at) < settledByMs
  const removeNoteOnceStored = (key: string) => {
    if (!storage.volatile(key)) journal.remove(key)
  }

  const takeOverOne = async (key: string) => {
    const note = noteOf(key)
    if (note && (note.open === documentId || isYoung(note))) {
      // While none is known, no key is greater than undefined.
      if (note.open !== documentId && !(key > oldestElsewhere!)) oldestElsewhere = key
      return
    }
    if (note !== undefined)
      // The note is read again: where this transaction was interrupted and repeated, another page may have taken it over meanwhile.
      await storage.update<VisitRecord>(key, (stored) => newerOf(stored, noteOf(key)))
    removeNoteOnceStored(key)
  }

  return {
    isSettling: () => isSettling,

    /** `isAway`: the page goes, and no page will change the record any more. */
    async put(record: VisitRecord, isAway: boolean) {
      const { id, open } = record
      const key = keyOf(id)
      const isFirst = !own.has(key)
      isSettling = !!open
      record.left = isAway
      const isNoted = ((isFirst || !!noteOf(key)) && journal.write(key, record)) || !!noteOf(key)
      own.set(key, { record, isNoted })
      // A transaction begun now would stand in the next page's way, and cost this one its place in the back/forward cache.
      if (isAway && isNoted && !open) return
      // Gone from the database and from the journal: another tab has delivered it meanwhile.
      const mayStore = () => (isNoted ? !!noteOf(key) : isFirst)
      const stored = await storage.update<VisitRecord>(key, (old) => (old || mayStore() ? record : undefined))
      if (!stored) storage.leave(key)
      if (open) return
      if (stored) journal.write(storedPrefix + id, true)
      removeNoteOnceStored(key)
    },

    /** It turned out to be no visit. */
    async giveUp(id: string) {
      const key = keyOf(id)
      isSettling = false
      own.delete(key)
      journal.write(key, givenUp)
      await storage.clear(key)
      journal.remove(key)
    },

    atHand: () => recordsAtHand(journal, own),

    onRemove(id: string) {
      own.delete(keyOf(id))
      journal.remove(keyOf(id))
      journal.remove(storedPrefix + id)
    },

    claim({ id }: VisitRecord): boolean {
      const key = keyOf(id)
      removeNoteOnceStored(key)
      // Only the journal kept it, since the database refuses, and now it is gone from there.
      const isTaken = storage.volatile(key) && own.get(key)?.isNoted !== false && !noteOf(key)
      if (isTaken) storage.leave(key)
      return !isTaken
    },

    waitMs(oldest: VisitRecord | undefined): number {
      if (oldest?.open === documentId) return Infinity
      const isBehind = oldestElsewhere && (!oldest || keyOf(oldest.id) >= oldestElsewhere)
      if (isBehind || (oldest?.open && isYoung(oldest))) return settledByMs
      return oldest ? 0 : Infinity
    },

    async takeOver(isNewRun: boolean): Promise<boolean> {
      let keys = journal.keys(visitPrefix)
      if (!isNewRun && `${keys}` === seenNotes) return false
      seenNotes = `${keys}`
      oldestElsewhere = undefined
      // Word of what another tab has just delivered, or had on its way when it went, may still be on its way to this tab's local storage.
      if (!own.size || !keys.every((key) => own.has(key))) {
        await new Promise<void>((resolve) => clock.after(hearsayMs, resolve))
        keys = journal.keys(visitPrefix)
      }
      for (const key of keys) await takeOverOne(key)
      return true
    },
  }
}
