export const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** Short, and never more than two units: `8s`, `1m 20s`, `2h 05m`, `3d 04h`. */
export const formatDuration = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}m ${twoDigits(seconds % 60)}s`
  return minutes < 1440
    ? `${Math.floor(minutes / 60)}h ${twoDigits(minutes % 60)}m`
    : `${Math.floor(minutes / 1440)}d ${twoDigits(Math.floor((minutes % 1440) / 60))}h`
}
