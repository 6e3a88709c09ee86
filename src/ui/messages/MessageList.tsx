import { h } from 'preact'
import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { DownIcon } from './icons'
import type { View } from '../view/view'
import { countOf, fill } from '../view/format'
import { Bubble } from './Bubble'
import { plainText } from './plainText'
import { useScroll } from './useScroll'
import { useServerBackground } from './useServerBackground'
import { firstUnread, isFromOthers, groupMessages } from './grouping'

/** The messages. Only those near to where the visitor reads are drawn. */
export const MessageList = ({ view }: { view: View }) => {
  const { core, chat, strings, language } = view
  const box = useRef<HTMLDivElement>(null)
  const announcedId = useRef<string | undefined>(undefined)
  const firstUnreadId = useSignal<string | undefined>(undefined)
  const announced = useSignal('')
  const { start, isScrolledUp, seenId, onScroll, toEnd } = useScroll(view, box)
  const background = useServerBackground(view)
  const messages = chat.messages.value
  const unread = chat.unread.value
  const last = messages.at(-1)
  const newBelow = isScrolledUp
    ? messages.slice(messages.findIndex(({ id }) => id === seenId) + 1).filter(isFromOthers).length
    : 0

  useLayoutEffect(() => {
    const id = firstUnread(messages, unread || (firstUnreadId.value === undefined ? view.unread : 0))
    if (id) firstUnreadId.value = id
  }, [unread, messages.length > 0])

  useLayoutEffect(() => {
    if (announcedId.current && last && isFromOthers(last))
      announced.value = fill(strings.says, {
        name: last.author.hidden ? strings.somebody : last.author.name,
        text: plainText(last, strings),
      })
    announcedId.current = last?.id
  }, [last?.id])

  return (
    <div class="conversation">
      {/* Not a live region: old messages that are added above would be read out as well. New ones are announced below. */}
      <div
        ref={box}
        part="messages"
        class={background ? 'message-list on-background' : 'message-list'}
        style={{ background }}
        role="log"
        aria-live="off"
        aria-label={strings.conversation}
        tabIndex={0}
        onScroll={core.guard(onScroll)}
      >
        <div class="rows">
          {start === 0 && chat.older.value === 'loading' && <p class="notice">{strings.loading}</p>}
          {groupMessages(messages, start).map((grouped) => (
            <Bubble
              key={grouped.message.id}
              view={view}
              {...grouped}
              isFirstUnread={grouped.message.id === firstUnreadId.value}
            />
          ))}
        </div>
      </div>
      {isScrolledUp && (
        <button type="button" class="latest" onClick={() => toEnd(true)}>
          {newBelow ? countOf(language, strings.newMessages, newBelow) : strings.latest}
          <DownIcon />
        </button>
      )}
      <div class="visually-hidden" role="status">
        {announced.value}
      </div>
    </div>
  )
}
