import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { plain } from '../../browser/plain'
import type { View } from '../view/view'

/** How many messages are drawn at the end of a conversation, and how many more whenever the visitor comes near the first of them. */
const drawnAtEnd = 40
const drawnMore = 40
/** So near to the first drawn message, more are drawn or fetched. */
const nearPx = 400
/** So near to the end, the visitor reads the latest messages. */
const nearEndPx = 40

/** The visitor has scrolled up from the end: messages are drawn from `topId` on, and `seenId` was the last one then. */
interface ScrolledUp {
  topId?: string
  seenId?: string
}

export interface Scroll {
  /** The index of the first message that is drawn. */
  start: number
  isScrolledUp: boolean
  /** The last message when the visitor scrolled up. */
  seenId?: string
  onScroll(): void
  toEnd(isSmooth: boolean): void
}

/**
 * Where in the messages the visitor reads. The list is laid out in reverse (`column-reverse`), so that it opens at its end and stays there, and
 * messages that are added above move nothing. Its `scrollTop` is 0 at the end and negative above.
 */
export const useScroll = ({ chat }: View, box: RefObject<HTMLElement | null>): Scroll => {
  const messages = chat.messages.value
  const scrolledUp = useSignal<ScrolledUp | undefined>(undefined)
  const measured = useRef<{ row?: Element | null; heightPx: number }>({ heightPx: 0 })
  const lastId = messages.at(-1)?.id
  const topId = scrolledUp.value?.topId
  const topIndex = topId === undefined ? -1 : messages.findIndex(({ id }) => id === topId)
  const start = topIndex < 0 ? Math.max(0, messages.length - drawnAtEnd) : topIndex

  const lastRow = () => box.current?.firstElementChild?.lastElementChild
  /** Only for a visitor who has scrolled up: reading a size makes the browser lay out the page at once. */
  const measureLastRow = () => {
    const row = lastRow()
    measured.current = { row, heightPx: row?.getBoundingClientRect().height ?? 0 }
  }
  const onScroll = () => {
    if (!box.current) return
    const { scrollTop, scrollHeight, clientHeight } = box.current
    const abovePx = scrollHeight - clientHeight + scrollTop
    const isAtEnd = scrollTop > -nearEndPx
    if (isAtEnd) scrolledUp.value = undefined
    else if (!scrolledUp.value) {
      measureLastRow()
      scrolledUp.value = { topId: messages[start]?.id, seenId: lastId }
    }
    if (abovePx > nearPx || (isAtEnd && abovePx > 0)) return
    if (start === 0) {
      if (chat.older.peek() === 'more') chat.loadOlder().catch(() => {})
    } else if (scrolledUp.value)
      scrolledUp.value = { ...scrolledUp.value, topId: messages[Math.max(0, start - drawnMore)]?.id }
  }
  const toEnd = (isSmooth: boolean) =>
    box.current?.scrollTo(
      plain<ScrollToOptions>({
        top: 0,
        behavior: isSmooth && !matchMedia('(prefers-reduced-motion: reduce)').matches ? 'smooth' : 'instant',
      }),
    )

  useLayoutEffect(onScroll, [messages[0]?.id])
  useLayoutEffect(() => {
    if (messages.at(-1)?.from === 'visitor') return toEnd(false)
    if (!scrolledUp.value) return
    const row = lastRow()
    const before = measured.current
    // `scrollTop` counts from the end: what the visitor reads would move by the height of what came in beneath.
    if (box.current && row && before.row?.isConnected)
      box.current.scrollTop -=
        row.getBoundingClientRect().bottom - before.row.getBoundingClientRect().top - before.heightPx
    measureLastRow()
  }, [lastId])

  return { start, isScrolledUp: !!scrolledUp.value, seenId: scrolledUp.value?.seenId, onScroll, toEnd }
}
