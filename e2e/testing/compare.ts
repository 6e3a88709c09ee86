import type { ExpectedVisit, Visit } from './contracts.ts'

type Wanted = string | RegExp

/** The address below its origin. */
const below = (href: string): string => href.replace(/^[a-z][\w+.-]*:\/\/[^/?#]*/i, '') || '/'

/** Whether it is this text, or what the expression looks for is in it. */
export const isText = (wanted: Wanted, text: string): boolean =>
  typeof wanted === 'string' ? wanted === text : new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, '')).test(text)

const isAddress = (wanted: Wanted, href: string): boolean =>
  isText(wanted, typeof wanted === 'string' && wanted.startsWith('/') ? below(href) : href)

const isVisit = (expected: ExpectedVisit, visit: Visit): boolean => {
  if (typeof expected === 'string' || expected instanceof RegExp) return isAddress(expected, visit.href)
  const { href, title, ...rest } = expected
  return (
    (href === undefined || isAddress(href, visit.href)) &&
    (title === undefined || isText(title, visit.title)) &&
    Object.entries(rest).every(([name, value]) => value === undefined || visit[name as keyof Visit] === value)
  )
}

export const areVisits = (expected: ExpectedVisit[], visits: Visit[]): boolean =>
  expected.length === visits.length && visits.every((visit, place) => isVisit(expected[place] as ExpectedVisit, visit))

const asLine = (value: unknown): string =>
  typeof value === 'string' || value instanceof RegExp
    ? String(value)
    : Object.entries(value as object)
        .map(([name, part]) => `${name} ${part instanceof RegExp ? part : JSON.stringify(part)}`)
        .join(', ')

const arrived = ({ href, title }: Visit): string => (title ? `${href} "${title}"` : href)

/** The two lists in one, a line for each visit: what has arrived as expected, `-` what has not arrived, `+` what was not expected. */
export const differences = (expected: ExpectedVisit[], visits: Visit[]): string => {
  const lines: string[] = []
  let rest = visits
  const take = (count: number, mark: string) => {
    lines.push(...rest.slice(0, count).map((visit) => `  ${mark} ${arrived(visit)}`))
    rest = rest.slice(count)
  }
  for (const wanted of expected) {
    const place = rest.findIndex((visit) => isVisit(wanted, visit))
    if (place < 0) lines.push(`  - ${asLine(wanted)}`)
    else {
      take(place, '+')
      take(1, ' ')
    }
  }
  take(rest.length, '+')
  return lines.join('\n') || '    (none)'
}
