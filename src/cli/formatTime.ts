import { twoDigits } from './formatDuration'

/** In local time, from the year down: the only order that everybody reads the same way. */
export const localTime = (ms: number): string => {
  const date = new Date(ms)
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-')
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':')}`
}
