import { expect, test } from 'playwright/test'
import type { Journey, JourneyPage } from '../../tracking/stored'
import { decodeJourney, withPage } from './journey'

const hourMs = 3_600_000
const page = (id: string, more: Partial<JourneyPage> = {}): JourneyPage => ({
  id,
  at: 0,
  href: `/${id}`,
  title: '',
  ...more,
})
const journeyOf = (pages: JourneyPage[], most = 10): Journey =>
  pages.reduce<Journey>((journey, one) => withPage(journey, one, most), { pages: [] })
const idsOf = ({ pages }: Journey) => pages.map(({ id }) => id)

test('pages stand in the order in which they were opened, whichever tab tells first, and none twice', () => {
  expect(idsOf(journeyOf([page('a'), page('c'), page('b'), page('c')]))).toEqual(['a', 'b', 'c'])
})

test('only the last pages are kept, and how the visitor came to those before', () => {
  const found = page('a', { source: 'from google.com' })
  const journey = journeyOf([found, page('b'), page('c'), page('d')], 2)
  expect(idsOf(journey)).toEqual(['c', 'd'])
  expect(journey.source).toBe('from google.com')
})

test('a source that the browser names again on the way back is named once', () => {
  const source = 'from google.com'
  const { pages } = journeyOf([
    page('a', { source }),
    page('b'),
    page('c', { source }),
    page('d', { source: 'campaign x' }),
  ])
  expect(pages.map((one) => one.source)).toEqual([source, undefined, undefined, 'campaign x'])
})

test('who comes back after a day begins another journey, and who comes back sooner goes on', () => {
  const before = page('a', { source: 'from google.com' })
  expect(idsOf(journeyOf([before, page('b', { at: 23 * hourMs })]))).toEqual(['a', 'b'])
  const later = journeyOf([before, page('b', { at: 25 * hourMs, source: 'from google.com' })])
  expect(later).toMatchObject({ pages: [{ id: 'b', source: 'from google.com' }], source: undefined })
})

test('what somebody else has written in its place is no journey, and pages of it that are none are left out', () => {
  for (const nonsense of [undefined, null, 7, 'x', [], { pages: 'x' }, { pages: {}, source: 3, toldRoomId: [] }])
    expect(decodeJourney(nonsense)).toEqual({ pages: [], source: undefined, toldRoomId: undefined })
  const stored = {
    pages: [null, 'x', { ...page('a'), href: 3 }, { ...page('b'), at: '1' }, page('c')],
    toldRoomId: 'r',
  }
  expect(decodeJourney(stored)).toEqual({ pages: [page('c')], source: undefined, toldRoomId: 'r' })
})
