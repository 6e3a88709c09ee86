import type { Undo } from '../../../browser/ports'
import type { Note } from '../../contracts'
import type { Conversation } from '../../conversation'

const typeOf: Partial<Record<Note['kind'], string>> = {
  started: 'livechat-started',
  closed: 'livechat-close',
  joined: 'uj',
  left: 'ul',
  transferred: 'livechat_transfer_history',
}

/** Takes notes off the screen that are hidden only now: by the host, or by the server's administrator meanwhile. */
export const followHiddenNotes = ({ facts, keepMessages }: Pick<Conversation, 'facts' | 'keepMessages'>): Undo =>
  facts.config.subscribe((config) => {
    const hidden = config?.hiddenSystemMessages ?? []
    if (hidden.length) keepMessages(({ note }) => !note || !hidden.includes(typeOf[note.kind] ?? ''))
  })
