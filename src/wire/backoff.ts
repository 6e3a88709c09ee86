/**
 * How long to wait after so many failures in a row: doubled each time, and half of it random, so that a thousand visitors do not come back
 * in the same second. In whole milliseconds: a fraction that is added to the time and subtracted again may come out longer than it was.
 */
export const backoffMs = (
  failures: number,
  random: () => number = Math.random,
  firstMs = 1000,
  longestMs = 60_000,
): number => {
  const longestWaitMs = Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1))
  return Math.round(longestWaitMs / 2 + (random() * longestWaitMs) / 2)
}

/** What remains of a wait. When more remains than the wait was long, the clock has been set back, and the wait is over. */
export const remainingMs = (ms: number, waitMs: number): number => (ms > waitMs ? 0 : ms)
