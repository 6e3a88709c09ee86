import { sortable } from '../browser/id'
import type { Journal } from '../browser/ports'
import type { Tracking } from '../tracking/contracts'

/** Visits of which the stub alone has left a note, since their page went before the script had arrived: taken out as they are read. */
export const takeStubNotes = (
  { documentId, guard, redact, visits }: Pick<Tracking, 'documentId' | 'guard' | 'redact' | 'visits'>,
  notes: Journal,
): void => {
  for (const key of notes.keys('').sort()) {
    const note = notes.read<{ href: string; title: unknown }>(key)
    notes.remove(key)
    const href = note && redact(note.href)
    // An image named `title` is what the stub has then taken for one.
    const title = typeof note?.title === 'string' ? note.title : ''
    if (href) guard(visits.record)({ id: sortable(+key) + documentId, at: +key, href, title })
  }
}
