import type { Journey, JourneyPage } from '../../tracking/stored'

/** Whoever comes back later than this has begun another journey: what was looked at before explains nothing any more. */
const longestAwayMs = 24 * 60 * 60 * 1000

const isTextOrNone = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string'

export const isPage = (value: unknown): value is JourneyPage => {
  const { id, at, href, title, source } = Object(value) as Partial<JourneyPage>
  return [id, href, title].every((text) => typeof text === 'string') && Number.isFinite(at) && isTextOrNone(source)
}

/** What stands in the browser's storage may have been written by anybody. */
export const decodeJourney = (stored: unknown): Journey => {
  const { pages, source, toldRoomId } = Object(stored) as Partial<Journey>
  return {
    pages: Array.isArray(pages) ? pages.filter(isPage) : [],
    source: isTextOrNone(source) ? source : undefined,
    toldRoomId: isTextOrNone(toldRoomId) ? toldRoomId : undefined,
  }
}

/** The last source of these pages, and before them `before`. */
export const lastSource = (before: string | undefined, pages: JourneyPage[]): string | undefined =>
  pages.reduce((last, { source }) => source ?? last, before)

const inOrder = (one: JourneyPage, other: JourneyPage): number => (one.id < other.id ? -1 : 1)

/** The journey with one page more, and no more than `most`. Tabs may tell of their pages in another order than they were opened. */
export const withPage = (journey: Journey, page: JourneyPage, most: number): Journey => {
  if (journey.pages.some(({ id }) => id === page.id)) return journey
  const last = journey.pages.at(-1)
  const isBack = last && page.at - last.at > longestAwayMs
  const before: Journey = isBack ? { pages: [], toldRoomId: journey.toldRoomId } : journey
  // On the way back to a page the browser names again what had first led there.
  const isKnownSource = page.source === lastSource(before.source, before.pages)
  const pages = [...before.pages, isKnownSource ? { ...page, source: undefined } : page].sort(inOrder)
  return { ...before, pages: pages.slice(-most), source: lastSource(before.source, pages.slice(0, -most)) }
}
