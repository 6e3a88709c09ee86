import type { Options } from '../options/types'

/** Of plain data its text, so that what is written in place and says the same at every drawing is the same. */
const comparable = (value: unknown): unknown => {
  // A function written in place is another at every drawing.
  if (typeof value === 'function') return 'function'
  return typeof value === 'object' && !(value instanceof Element) ? JSON.stringify(value) : value
}

/** The options that are others now; undefined if none is. */
export const changesOf = (before: Options, after: Options): Partial<Options> | undefined => {
  // `keys` forgets the names.
  const names = Object.keys({ ...before, ...after }) as (keyof Options)[]
  const changed = names.filter((name) => comparable(before[name]) !== comparable(after[name]))
  return changed.length ? Object.fromEntries(changed.map((name) => [name, after[name]])) : undefined
}
