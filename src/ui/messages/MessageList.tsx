import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { DownIcon } from './icons'
import type { View } from '../view/view'
import { countOf, fill } from '../view/format'
import { Bubble } from './Bubble'
import { plainText } from './plainText'
import { useScroll } from './useScroll'
import { firstUnread, isFromOthers, groupMessages } from './grouping'

/** The messages; only what is near is drawn. */
export const MessageList = ({ view }: { view: View }) => {
  const { core, chat, strings, language } = view
  const box = useRef<HTMLDivElement>(null)
  const known = useRef<string | undefined>(undefined)
  const divider = useSignal<string | undefined>(undefined)
  const announced = useSignal('')
  const { start, seen, onScroll, toEnd } = useScroll(view, box)
  const messages = chat.messages.value
  const unread = chat.unread.value
  const last = messages.at(-1)
  const fresh =
    seen === undefined ? 0 : messages.slice(messages.findIndex(({ id }) => id === seen) + 1).filter(isFromOthers).length

  useLayoutEffect(() => {
    const since = firstUnread(messages, unread || (divider.value === undefined ? view.unread : 0))
    if (since) divider.value = since
  }, [unread, messages.length > 0])

  useLayoutEffect(() => {
    if (known.current && last && isFromOthers(last))
      announced.value = fill(strings.says, {
        name: last.author.hidden ? strings.somebody : last.author.name,
        text: plainText(last, strings),
      })
    known.current = last?.id
  }, [last?.id])

  return (
    <div class="conversation">
      {/* What is announced is said beneath: old messages that come in from above are no news. */}
      <div
        ref={box}
        part="messages"
        class="message-list"
        role="log"
        aria-live="off"
        aria-label={strings.conversation}
        tabIndex={0}
        onScroll={core.guard(onScroll)}
      >
        <div class="rows">
          {start === 0 && chat.older.value === 'loading' && <p class="notice">{strings.loading}</p>}
          {groupMessages(messages, start).map((row) => (
            <Bubble key={row.message.id} view={view} {...row} isFirstUnread={row.message.id === divider.value} />
          ))}
        </div>
      </div>
      {seen !== undefined && (
        <button type="button" class="latest" onClick={() => toEnd(true)}>
          {fresh ? countOf(language, strings.newMessages, fresh) : strings.latest}
          <DownIcon />
        </button>
      )}
      <div class="visually-hidden" role="status">
        {announced.value}
      </div>
    </div>
  )
}
