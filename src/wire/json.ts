/** JSON as it is read and written here. */

export type Json = Record<string, unknown>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The protocol nests no deeper: a message, its tree of marks and its blocks take some twenty levels. JSON.stringify, the database and the channel
 * between tabs go down a value by recursion, and throw where the stack ends: V8 (measured) after 3,000 to 5,000 levels.
 */
const deepestLevel = 64

/**
 * What a server has sent, made safe to hand on: texts are whole (half of a surrogate pair makes encodeURIComponent throw), and what is nested too
 * deep is left out. Changes the value in place.
 */
export const madeSafe = (value: unknown, level = 0): unknown => {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value !== 'object' || value === null) return value
  if (level === deepestLevel) return undefined
  const members = value as Record<string, unknown>
  // `__proto__` is a name like any other here: JSON.parse makes an own member of it, and so this assigns to that.
  for (const name of Object.keys(members)) members[name] = madeSafe(members[name], level + 1)
  return value
}

/** The one door for JSON of a server: the object it is, or undefined for everything else. Never throws. */
export const readJson = (text: string): Json | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? (madeSafe(value) as Json) : undefined
  } catch {
    return undefined
  }
}

/**
 * Old versions of Prototype.js give arrays and texts, and other scripts give every object, a `toJSON` of their own, which `JSON.stringify` calls first
 * (https://ftlabs.github.io/2009/09/json2-js-vs-prototype/): what it made of our value is put back.
 */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, function (this: Record<string, unknown>, key) {
    return this[key]
  })
