import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { View } from '../view/view'

/** Rows drawn at the end of a conversation, and how many more each look upwards brings. */
const windowRows = 40
const moreRows = 40
const nearPx = 400
const endPx = 40

export interface Scroll {
  /** Rows are drawn from this message on. */
  start: number
  /** Set while the visitor reads further up: the last message they had seen. */
  seen?: string
  onScroll(): void
  toEnd(smooth: boolean): void
}

/** Where the visitor reads. The log is laid out from its end: it opens there, stays there, and what is added above moves nothing. */
export const useScroll = ({ chat }: View, box: RefObject<HTMLElement | null>): Scroll => {
  const messages = chat.messages.value
  const away = useSignal<{ top?: string; seen?: string } | undefined>(undefined)
  const bottom = useRef<{ row?: Element | null; height: number }>({ height: 0 })
  const lastId = messages.at(-1)?.id
  const top = away.value?.top
  const found = top === undefined ? -1 : messages.findIndex(({ id }) => id === top)
  const start = found < 0 ? Math.max(0, messages.length - windowRows) : found

  const lastRow = () => box.current!.firstElementChild!.lastElementChild
  /** Done only for who reads further up: asking for a size makes the browser lay everything out at once. */
  const measure = () => {
    const row = lastRow()
    bottom.current = { row, height: row?.getBoundingClientRect().height ?? 0 }
  }
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current!
    const above = scrollHeight - clientHeight + scrollTop
    const atEnd = scrollTop > -endPx
    if (atEnd) away.value = undefined
    else if (!away.value) {
      measure()
      away.value = { top: messages[start]?.id, seen: lastId }
    }
    if (above > nearPx || (atEnd && above > 0)) return
    if (start === 0) {
      if (chat.older.peek() === 'more') void chat.loadOlder().catch(() => {})
    } else if (away.value) away.value = { ...away.value, top: messages[Math.max(0, start - moreRows)]?.id }
  }
  const toEnd = (smooth: boolean) =>
    box.current!.scrollTo({
      top: 0,
      behavior: smooth && !matchMedia('(prefers-reduced-motion: reduce)').matches ? 'smooth' : 'instant',
    })

  useLayoutEffect(onScroll, [messages[0]?.id])
  useLayoutEffect(() => {
    if (messages.at(-1)?.from === 'visitor') return toEnd(false)
    if (!away.value) return
    const row = lastRow()
    const before = bottom.current
    // Measured from the end, what is read would move by what came in beneath it.
    if (row && before.row?.isConnected)
      box.current!.scrollTop -=
        row.getBoundingClientRect().bottom - before.row.getBoundingClientRect().top - before.height
    measure()
  }, [lastId])

  return { start, seen: away.value && (away.value.seen ?? ''), onScroll, toEnd }
}
