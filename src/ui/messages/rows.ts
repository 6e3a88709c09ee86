import type { Message } from '../../chat/contracts'

export interface Row {
  message: Message
  /** The day begins here. */
  day: boolean
  /** First and last of what one person said in one go. */
  first: boolean
  last: boolean
}

const groupMs = 5 * 60_000

/** No day is longer, and no day of the month comes again sooner. */
const longestDayMs = 25 * 3_600_000

const sameDay = (one: Message, other: Message) =>
  other.at - one.at < longestDayMs && new Date(one.at).getDate() === new Date(other.at).getDate()

const together = (one: Message | undefined, other: Message | undefined) =>
  !!one &&
  !!other &&
  !one.note &&
  !other.note &&
  one.from === other.from &&
  one.author.username === other.author.username &&
  other.at - one.at < groupMs &&
  sameDay(one, other)

/** What is shown of a conversation from `start` on. */
export const rowsFrom = (messages: readonly Message[], start: number): Row[] =>
  messages.slice(start).map((message, index) => {
    const before = messages[start + index - 1]
    return {
      message,
      day: !before || !sameDay(before, message),
      first: !together(before, message),
      last: !together(message, messages[start + index + 1]),
    }
  })

/** Said by somebody else, and worth being told of. */
export const isForeign = ({ from, note }: Message): boolean => from !== 'visitor' && !note

/** The message before which the visitor stopped reading, given how many of the others' are unread. */
export const firstUnread = (messages: readonly Message[], unread: number): string | undefined => {
  let left = unread
  for (let index = messages.length - 1; index >= 0 && left > 0; index--) {
    const message = messages[index]!
    if (isForeign(message) && --left === 0) return message.id
  }
  return undefined
}
