import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { DownIcon } from '../icons'
import type { View } from '../view'
import { count, fill } from '../words'
import { Bubble } from './Bubble'
import { plainText } from './plainText'
import { firstUnread, rowsFrom } from './rows'

/** Rows drawn at the end of a conversation, and how many more each look upwards brings. */
const windowRows = 60
const moreRows = 40

/** The messages. It is laid out from its end, so that it opens there and stays there; only what is near is drawn. */
export const Log = ({ view }: { view: View }) => {
  const { core, chat, t, language } = view
  const box = useRef<HTMLDivElement>(null)
  const top = useRef<string | undefined>(undefined)
  const bottom = useRef<Element | null>(null)
  const last = useRef<string | undefined>(undefined)
  const atEnd = useSignal(true)
  const seen = useSignal<string | undefined>(undefined)
  const divider = useSignal<string | undefined>(undefined)
  const announced = useSignal('')
  const messages = chat.messages.value
  const unread = chat.unread.value
  const older = chat.older.value
  const shownFrom = useSignal(0)

  const found = atEnd.value ? -1 : messages.findIndex(({ id }) => id === top.current)
  const start = Math.max(0, (found < 0 ? messages.length - windowRows : found) - shownFrom.value)
  const rows = rowsFrom(messages, start)
  const lastMessage = messages.at(-1)
  const fresh = atEnd.value ? [] : messages.slice(messages.findIndex(({ id }) => id === seen.value) + 1).filter(({ from, note }) => from !== 'visitor' && !note)

  useLayoutEffect(() => {
    shownFrom.value = 0
    top.current = messages[start]?.id
  })

  useLayoutEffect(() => {
    const end = box.current!.firstElementChild!.lastElementChild
    const before = bottom.current
    const isNew = last.current !== undefined && lastMessage?.id !== last.current
    bottom.current = end
    last.current = lastMessage?.id ?? ''
    if (atEnd.value) seen.value = lastMessage?.id
    if (!isNew || !lastMessage) return
    if (lastMessage.from === 'visitor') toEnd(false)
    else {
      if (!lastMessage.note) announced.value = fill(t.says, { name: lastMessage.author.hidden ? t.somebody : lastMessage.author.name, text: plainText(lastMessage, t) })
      // Measured from the end, what is read would move by what came in beneath it.
      if (!atEnd.value && before?.isConnected && end) box.current!.scrollTop -= end.getBoundingClientRect().bottom - before.getBoundingClientRect().bottom
    }
  }, [lastMessage?.id])

  useLayoutEffect(() => {
    const since = firstUnread(messages, unread || (divider.value === undefined ? view.unread : 0))
    if (since) divider.value = since
  }, [unread, messages.length > 0])

  const toEnd = (smooth: boolean) => box.current?.scrollTo({ top: 0, behavior: smooth ? 'smooth' : 'instant' })

  const reveal = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current!
    const above = scrollHeight - clientHeight + scrollTop
    atEnd.value = scrollTop > -40
    if (above > 400 || atEnd.value && above > 0) return
    if (start > 0) shownFrom.value = moreRows
    else if (older === 'more') void chat.loadOlder().catch(() => {})
  }

  return (
    <div class="talk">
      <div ref={box} part="messages" class="log" role="log" aria-live="off" aria-label={t.conversation} tabIndex={0} onScroll={core.guard(reveal)}>
        <div class="rows">
          {start === 0 && older === 'loading' && <p class="note">{t.loading}</p>}
          {rows.map(({ message, day, first, last: end }) => (
            <Bubble
              key={message.id}
              view={view}
              message={message}
              day={day}
              first={first}
              last={end}
              unread={message.id === divider.value}
            />
          ))}
        </div>
      </div>
      {!atEnd.value && (
        <button type="button" class="latest" onClick={() => toEnd(true)}>
          {fresh.length ? count(language, t.newMessages, fresh.length) : t.latest}
          <DownIcon />
        </button>
      )}
      <div class="hidden" role="status">
        {announced.value}
      </div>
    </div>
  )
}
