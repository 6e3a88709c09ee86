import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { DownIcon } from './icons'
import type { View } from '../view/view'
import { count, fill } from '../view/words'
import { Bubble } from './Bubble'
import { plainText } from './plainText'
import { usePlace } from './place'
import { firstUnread, isForeign, rowsFrom } from './rows'

/** The messages; only what is near is drawn. */
export const Log = ({ view }: { view: View }) => {
  const { core, chat, t, language } = view
  const box = useRef<HTMLDivElement>(null)
  const known = useRef<string | undefined>(undefined)
  const divider = useSignal<string | undefined>(undefined)
  const announced = useSignal('')
  const { start, seen, onScroll, toEnd } = usePlace(view, box)
  const messages = chat.messages.value
  const unread = chat.unread.value
  const last = messages.at(-1)
  const fresh =
    seen === undefined ? 0 : messages.slice(messages.findIndex(({ id }) => id === seen) + 1).filter(isForeign).length

  useLayoutEffect(() => {
    const since = firstUnread(messages, unread || (divider.value === undefined ? view.unread : 0))
    if (since) divider.value = since
  }, [unread, messages.length > 0])

  useLayoutEffect(() => {
    if (known.current && last && isForeign(last))
      announced.value = fill(t.says, {
        name: last.author.hidden ? t.somebody : last.author.name,
        text: plainText(last, t),
      })
    known.current = last?.id
  }, [last?.id])

  return (
    <div class="talk">
      {/* What is announced is said beneath: old messages that come in from above are no news. */}
      <div
        ref={box}
        part="messages"
        class="log"
        role="log"
        aria-live="off"
        aria-label={t.conversation}
        tabIndex={0}
        onScroll={core.guard(onScroll)}
      >
        <div class="rows">
          {start === 0 && chat.older.value === 'loading' && <p class="note">{t.loading}</p>}
          {rowsFrom(messages, start).map((row) => (
            <Bubble key={row.message.id} view={view} {...row} unread={row.message.id === divider.value} />
          ))}
        </div>
      </div>
      {seen !== undefined && (
        <button type="button" class="latest" onClick={() => toEnd(true)}>
          {fresh ? count(language, t.newMessages, fresh) : t.latest}
          <DownIcon />
        </button>
      )}
      <div class="unseen" role="status">
        {announced.value}
      </div>
    </div>
  )
}
