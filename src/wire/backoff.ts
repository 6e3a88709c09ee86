/**
 * Exponential with half of it left to chance, so that a thousand visitors do not come back in the same second. In whole milliseconds:
 * added to the time and taken from it again, a fraction may come back longer than it was.
 */
export const backoffMs = (
  failures: number,
  random: () => number = Math.random,
  firstMs = 1000,
  longestMs = 60_000,
): number => {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1))
  return Math.round(whole / 2 + (random() * whole) / 2)
}

/** What is left of a wait. One that is longer than it was meant to be is over: the clock has been set back. */
export const leftMs = (ms: number, wholeMs: number): number => (ms > wholeMs ? 0 : ms)
