import type { Note } from '../../chat/contracts'
import type { Strings } from '../strings/en'
import { fill } from '../view/format'

export const noticeText = (note: Note, t: Strings): string => {
  switch (note.kind) {
    case 'started':
      return t.noteStarted
    case 'closed':
      return note.comment ? `${t.noteClosed} · ${note.comment}` : t.noteClosed
    case 'joined':
      return fill(t.noteJoined, { name: note.name || t.somebody })
    case 'left':
      return fill(t.noteLeft, { name: note.name || t.somebody })
    case 'transferred':
      return note.to ? fill(t.noteTransferredTo, { name: note.to }) : t.noteTransferred
    case 'call':
      return t.noteCall
    case 'hold':
      return note.comment || t.noteHold
    case 'resumed':
      return note.comment || t.noteResumed
  }
}
