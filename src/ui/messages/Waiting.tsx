import { h } from 'preact'
import { useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import type { Message } from '../../chat/contracts'
import type { View } from '../view/view'

/**
 * For so long the visitor is promised that somebody will be there soon. A room that nobody may pick up, as those of contacts that are not verified,
 * looks to the visitor like any other room that waits.
 */
const patienceMs = 120_000

/** When the visitor wrote what nobody has answered yet. */
const askedAt = (messages: Message[]): number | undefined => {
  const answers = messages.map(({ from }) => from === 'agent').lastIndexOf(true)
  return messages.slice(answers + 1).find(({ from, state }) => from === 'visitor' && state === 'sent')?.at
}

/** The visitor waits for somebody: at first with a promise, where the server wants one, after a while with another way to be heard. */
export const Waiting = ({ view: { core, chat, strings, ask } }: { view: View }) => {
  const isOver = useSignal(false)
  const askedAtMs = askedAt(chat.messages.value)
  useLayoutEffect(() => {
    isOver.value = false
    if (askedAtMs === undefined) return
    // The time is the server's, whose clock may be another.
    const leftMs = Math.min(patienceMs, Math.max(0, askedAtMs + patienceMs - core.clock.now()))
    return core.clock.after(leftMs, () => (isOver.value = true))
  }, [askedAtMs])
  if (!isOver.value)
    // In an outage nobody knows whether somebody will come.
    return chat.config.value?.showsWaiting === false || chat.connection.value.state === 'waiting' ? null : (
      <p>{strings.waiting}</p>
    )
  return (
    <div class="unanswered">
      {strings.waitingLong}{' '}
      {chat.config.value?.offline.form && (
        <button type="button" onClick={() => ask('leave')}>
          {strings.leaveInstead}
        </button>
      )}
    </div>
  )
}
