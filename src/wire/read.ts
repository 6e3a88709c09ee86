/** Reading what nobody vouches for: whatever is of the wrong kind becomes the empty value of the right one. */
import { isObject, type Json } from './errors'

export const text = (value: unknown): string => (typeof value === 'string' ? value : '')
export const flag = (value: unknown, otherwise = false): boolean => (typeof value === 'boolean' ? value : otherwise)
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export const object = (value: unknown): Json => (isObject(value) ? value : {})
export const objects = (value: unknown): Json[] => list(value).filter(isObject)
export const texts = (value: unknown): string[] =>
  list(value).filter((item): item is string => typeof item === 'string')

/** A number, or one written as text; undefined for everything that is neither. */
export const count = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() ? +value : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}
