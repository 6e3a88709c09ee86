/** Numbers: random ones that can be repeated, medians, and how they are printed. */
import { createGenerator } from '../model/chance.ts'

export interface Random {
  /** A whole number. */
  between(from: number, to: number): number
}

/** The same seed makes the same journey. */
export const createRandom = (seed: number): Random => {
  const next = createGenerator(seed)
  return { between: (from, to) => Math.round(from + next() * (to - from)) }
}

export const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  const [below = NaN, above = NaN] = sorted.slice(half - 1, half + 1)
  return sorted.length % 2 ? (sorted[half] ?? NaN) : (below + above) / 2
}

export const sum = (values: number[]): number => values.reduce((all, value) => all + value, 0)

/** Three digits that matter. */
export const say = (value: number, unit = ''): string => {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  const text =
    size >= 1000
      ? Math.round(value).toLocaleString('en')
      : size >= 100
        ? value.toFixed(0)
        : size >= 10
          ? value.toFixed(1)
          : value.toFixed(2)
  return `${text.replace(/\.0+$/, '')}${unit && ` ${unit}`}`
}

/** How often one goes into the other, in whichever direction is easier to read. */
export const ratio = (ours: number, theirs: number): string => {
  if (!Number.isFinite(ours / theirs) || theirs <= 0) return '–'
  if (ours <= 0) return '0'
  return ours < theirs ? `1/${say(theirs / ours)}` : `${say(ours / theirs)}×`
}
