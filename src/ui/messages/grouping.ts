import type { Message } from '../../chat/contracts'

export interface GroupedMessage {
  message: Message
  isFirstOfDay: boolean
  /** A group is what one author says in one go. */
  isFirstOfGroup: boolean
  isLastOfGroup: boolean
}

const longestPauseInGroupMs = 5 * 60_000

/** A day has at most 25 hours, where summer time ends, and the same day of the month never comes again sooner. */
const longestDayMs = 25 * 3_600_000

const isSameDay = (one: Message, next: Message) =>
  next.at - one.at < longestDayMs && new Date(one.at).getDate() === new Date(next.at).getDate()

const isSameGroup = (one: Message | undefined, next: Message | undefined) =>
  !!one &&
  !!next &&
  !one.note &&
  !next.note &&
  one.from === next.from &&
  one.author.username === next.author.username &&
  next.at - one.at < longestPauseInGroupMs &&
  isSameDay(one, next)

/** The messages from the index `start` on, each with its place in its day and group. */
export const groupMessages = (messages: readonly Message[], start: number): GroupedMessage[] =>
  messages.slice(start).map((message, index) => {
    const previous = messages[start + index - 1]
    return {
      message,
      isFirstOfDay: !previous || !isSameDay(previous, message),
      isFirstOfGroup: !isSameGroup(previous, message),
      isLastOfGroup: !isSameGroup(message, messages[start + index + 1]),
    }
  })

/** Only these count as unread, and only these are announced. */
export const isFromOthers = ({ from, note }: Message): boolean => from !== 'visitor' && !note

/** The first of the last `unread` messages of others. */
export const firstUnread = (messages: readonly Message[], unread: number): string | undefined =>
  unread > 0 ? messages.filter(isFromOthers).at(-unread)?.id : undefined
