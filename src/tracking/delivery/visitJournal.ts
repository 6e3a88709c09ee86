import type { Clock, Journal, Store } from '../../browser/ports'
import type { VisitRecord } from '../contracts'
import { visitPrefix } from '../keys'
import { lookAgainMs } from './lane'

/** How long the word of one tab takes to reach the local storage of the others. */
const hearsayMs = 50

/** Written in place of a record that was given up: should the page go before the database has heard of it, the next page tells the database. */
const givenUp = false
type Note = { kind: 'none' } | { kind: 'given up' } | { kind: 'record'; record: VisitRecord }

const readNote = (journal: Journal, key: string): Note => {
  const noted = journal.read<VisitRecord | typeof givenUp>(key)
  if (noted === undefined) return { kind: 'none' }
  return noted === givenUp ? { kind: 'given up' } : { kind: 'record', record: noted }
}

/**
 * Visits wait in the journal beside the database until the database is known to have them: a page may be gone before its database has
 * opened. The one tab that delivers takes over what other pages have left there; a live page of another tab keeps its own.
 */
export const createVisitJournal = ({
  storage,
  journal,
  clock,
  documentId,
}: {
  storage: Store
  journal: Journal
  clock: Clock
  documentId: string
}) => {
  /** Records of this document that wait, and whether the journal has taken them. */
  const own = new Map<string, boolean>()
  let seenKeys: string | undefined
  /** The oldest record that only a live page of another tab has; nothing younger is sent before it. */
  let oldestElsewhere: string | undefined

  const isYoung = (record: VisitRecord) => !record.left && Math.abs(clock.now() - record.at) < lookAgainMs
  const isOwn = (key: string) => own.has(key.slice(visitPrefix.length))

  const takeOverOne = async (key: string) => {
    const note = readNote(journal, key)
    if (note.kind === 'record' && (note.record.open === documentId || isYoung(note.record))) {
      if (note.record.open !== documentId && !(oldestElsewhere && key > oldestElsewhere)) oldestElsewhere = key
      return
    }
    if (note.kind !== 'none')
      await storage.update<VisitRecord>(key, (stored) => {
        // Read again: where this transaction was interrupted and repeated, another page may have taken the note over meanwhile.
        const still = readNote(journal, key)
        if (still.kind === 'none') return stored
        if (still.kind === 'given up') return undefined
        return stored && !stored.open && still.record.open ? stored : still.record
      })
    if (!storage.volatile(key)) journal.remove(key)
  }

  return {
    isYoung,
    /** The record with this id, and every younger one, must wait for a live page of another tab. */
    mustWaitForOthers: (id: string | undefined): boolean =>
      !!oldestElsewhere && (!id || visitPrefix + id >= oldestElsewhere),

    /** Notes a record of this document, and again when it has changed. True when the journal has it. */
    note(record: VisitRecord): boolean {
      const key = visitPrefix + record.id
      const mayWrite = !own.has(record.id) || !!journal.read(key)
      const isNoted = (mayWrite && journal.write(key, record)) || !!journal.read(key)
      own.set(record.id, isNoted)
      return isNoted
    },
    has: (id: string): boolean => !!journal.read(visitPrefix + id),
    isOfThisDocument: (id: string): boolean => own.has(id),
    noteGivenUp: (id: string) => journal.write(visitPrefix + id, givenUp),
    removeNote: (id: string) => journal.remove(visitPrefix + id),
    remove(id: string) {
      own.delete(id)
      journal.remove(visitPrefix + id)
    },
    /** Only the journal kept it, since the database refuses, and now it is gone from there: another tab has taken it. */
    isTakenElsewhere: (id: string): boolean => own.get(id) !== false && !journal.read(visitPrefix + id),

    /** Gives the database what only the journal has; true when there may be something new. */
    async takeOver(isNewRun: boolean): Promise<boolean> {
      let keys = journal.keys(visitPrefix)
      if (!isNewRun && `${keys}` === seenKeys) return false
      seenKeys = `${keys}`
      oldestElsewhere = undefined
      // Word of what another tab has just delivered may still be on its way to this tab's local storage.
      if (!keys.every(isOwn)) {
        await new Promise<void>((resolve) => clock.after(hearsayMs, resolve))
        keys = journal.keys(visitPrefix)
      }
      for (const key of keys) await takeOverOne(key)
      return true
    },
  }
}
