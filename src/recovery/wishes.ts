import { TagalongError } from '../options'
import { ofDocument } from '../browser/document'
import { sortable } from '../browser/id'
import type { Tracking } from '../tracking'
import type { Journal } from '../browser/ports'
import { tabsOf } from '../browser/tabs'

export interface Place {
  href?: string
  title?: string
}

/** What the host or the visitor seldom wishes of tracking: a page by hand, to be forgotten. And what the stub has left. */
export interface Wishes {
  /** A page the host reports itself; `here` is where the visitor was when it did. */
  report(here: Required<Place>, visit?: Place): Promise<void>
  /** Pages of which the stub alone has left a note: taken out as they are read. */
  recall(left: Journal): void
  /** All that is kept here goes, in every tab; what stays is the note that there is no consent. */
  withdraw(): Promise<void>
  /** As before a first visit. */
  afresh(): Promise<void>
}

export const createWishes = (tracking: Tracking): Wishes => {
  const { doc, storage, journal, session, hint, visitor, visits, permission, emit, guard, redact, newId, begin, rest } = tracking
  const erase = async () => {
    rest()
    // Whoever is sending looks again at what there is.
    visits.wake()
    for (const shelf of [journal, session]) shelf.keys('').forEach(shelf.remove)
    hint.remove('')
    await storage.clear('')
    visitor.unlearn()
  }
  return {
    async report(here, visit = {}) {
      if (!permission.mayReport()) throw new TagalongError('no-consent', 'Call consent(true) first.')
      const href = redact(new URL(visit.href ?? here.href, ofDocument('baseURI')).href)
      await visitor.state()
      if (href) await visits.note({ ...newId(), href, title: visit.title ?? here.title })
    },
    recall(left) {
      for (const at of left.keys('').sort()) {
        const note = left.read<{ href: string; title: string }>(at)
        left.remove(at)
        const href = note && redact(note.href)
        if (href) guard(visits.note)({ id: sortable(+at) + doc, at: +at, href, title: note.title })
      }
    },
    async withdraw() {
      tabsOf(tracking).post('forget')
      await erase()
      permission.consent(false)
    },
    async afresh() {
      await erase()
      emit('identity', {})
      begin()
    },
  }
}
