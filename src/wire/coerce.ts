/** For decoders: nobody vouches for what a server sends, and a value of the wrong type becomes the empty value of the right one. */
import { isObject, type Json } from './json'

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
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

/** Epoch milliseconds of a date as REST writes it (ISO) or as the websocket does (`{"$date": …}`); undefined for everything else. */
export const epochMs = (value: unknown): number | undefined => {
  const date = isObject(value) ? value.$date : value
  const ms = typeof date === 'string' ? Date.parse(date) : date
  return typeof ms === 'number' && Number.isFinite(ms) ? ms : undefined
}
