import { h } from 'preact'
import type { View } from '../view/view'
import { OfflineScreen } from './OfflineScreen'

export interface LeaveMessageProps {
  view: View
  onDone(): void
}

/** The form for a message by e-mail, over a conversation that nobody answers. The conversation stays open. */
export const LeaveMessage = ({ view, onDone }: LeaveMessageProps) => (
  <div
    class="question"
    role="dialog"
    aria-label={view.strings.leaveInstead}
    onKeyDown={(event) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      onDone()
    }}
  >
    <div class="question-form">
      <OfflineScreen view={view} />
      <button type="button" class="secondary" onClick={onDone}>
        {view.strings.close}
      </button>
    </div>
  </div>
)
