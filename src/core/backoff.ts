/** Exponential with half of it left to chance, so that a thousand visitors do not come back in the same second. */
export const backoffMs = (failures: number, random: () => number = Math.random, firstMs = 1000, longestMs = 60_000): number => {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1))
  return whole / 2 + (random() * whole) / 2
}
