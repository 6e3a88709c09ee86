/** For decoders: nobody vouches for what a server sends, and a value of the wrong type becomes the empty value of the right one. */
import { isObject, type Json } from './json'

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
/** No name that is shown is longer. */
const longestName = 200
/** They turn the direction of whatever follows them, outside of the name as well. */
const turningMarks = /[\u202a-\u202e\u2066-\u2069]/g
/** What somebody or something is called, to be shown among words of ours. */
export const asName = (value: unknown): string =>
  asText(value).slice(0, longestName).replace(turningMarks, '').toWellFormed()
export const asFlag = (value: unknown, otherwise = false): boolean => (typeof value === 'boolean' ? value : otherwise)
export const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export const asObject = (value: unknown): Json => (isObject(value) ? value : {})
export const asObjects = (value: unknown): Json[] => asList(value).filter(isObject)
export const asTexts = (value: unknown): string[] =>
  asList(value).filter((item): item is string => typeof item === 'string')

/** A number, or one written as text; undefined for everything that is neither. */
export const asNumber = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() ? +value : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** The end of the year 9999. Dates end at 8.64e15 ms, and most of what is done with a later one throws; before 1970 there were no messages. */
const lastMs = 253_402_300_799_999

/** Epoch milliseconds of a date as REST writes it (ISO) or as the websocket does (`{"$date": …}`); undefined for everything else. */
export const epochMs = (value: unknown): number | undefined => {
  const date = isObject(value) ? value.$date : value
  const ms = typeof date === 'string' ? Date.parse(date) : date
  return typeof ms === 'number' && ms >= 0 && ms <= lastMs ? ms : undefined
}
