/**
 * Numbers from 0 up to 1, the same for the same seed.
 * The generator is mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 */
export const createGenerator = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export interface Chance {
  /** From 0 up to 1. */
  next(): number
  /** A whole number from 0 up to `count`. */
  below(count: number): number
  between(from: number, to: number): number
  odds(share: number): boolean
  pick<T>(list: readonly T[]): T
  /** Each name as often as its weight says. */
  weighted<K extends string>(weights: Partial<Record<K, number>>): K
}

/** Whatever is left to chance in one run comes from its seed, so that a number is enough to see it again. */
export const createChance = (seed: number): Chance => {
  // Seeds that follow each other are spread over all states, or the first numbers of their runs would be alike.
  const next = createGenerator(Math.imul(seed + 1, 0x9e3779b1))
  const below = (count: number): number => Math.floor(next() * count)
  return {
    next,
    below,
    between: (from: number, to: number): number => from + next() * (to - from),
    odds: (share: number): boolean => next() < share,
    pick: <T>(list: readonly T[]): T => list[below(list.length)] as T,
    weighted<K extends string>(weights: Partial<Record<K, number>>): K {
      const names = Object.keys(weights) as K[]
      let rest = next() * names.reduce((sum, name) => sum + (weights[name] ?? 0), 0)
      return names.find((name) => (rest -= weights[name] ?? 0) < 0) ?? (names[0] as K)
    },
  }
}
