/** JSON as it is read and written here. */

export type Json = Record<string, unknown>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Old versions of Prototype.js give arrays and texts, and other scripts give every object, a `toJSON` of their own, which `JSON.stringify` calls first
 * (https://ftlabs.github.io/2009/09/json2-js-vs-prototype/): what it made of our value is put back.
 */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, function (this: Record<string, unknown>, key) {
    return this[key]
  })
