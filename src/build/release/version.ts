const parts = ['major', 'minor', 'patch'] as const
const numbersOf = (version: string): number[] => version.split('.').map(Number)

const isLater = (one: string, other: string): boolean => {
  const [these, those] = [numbersOf(one), numbersOf(other)]
  const first = these.findIndex((number, place) => number !== those[place])
  return first >= 0 && (these[first] ?? 0) > (those[first] ?? 0)
}

/** The version after `current`: `patch`, `minor`, `major`, or one that is named whole. */
export const nextVersion = (current: string, wanted: string): string => {
  const place = parts.findIndex((part) => part === wanted)
  if (place >= 0)
    return numbersOf(current)
      .map((number, at) => (at < place ? number : at === place ? number + 1 : 0))
      .join('.')
  if (!/^\d+\.\d+\.\d+$/.test(wanted))
    throw new Error(`“${wanted}” is no version: say patch, minor, major, or three numbers such as 1.2.3.`)
  if (!isLater(wanted, current))
    throw new Error(`${wanted} is not later than ${current}, which package.json has: name a later version.`)
  return wanted
}
