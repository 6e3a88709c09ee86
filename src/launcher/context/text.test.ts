import { expect, test } from 'playwright/test'
import type { JourneyPage } from '../../tracking/stored'
import { durationText, journeyText } from './text'

const origin = 'https://shop.example'
const secondMs = 1000
const page = (path: string, title: string, atSec: number, source?: string): JourneyPage => ({
  id: `${atSec}`.padStart(6, '0'),
  at: atSec * secondMs,
  href: `${origin}${path}`,
  title,
  source,
})
const textOf = (pages: JourneyPage[], nowSec: number, source?: string) =>
  journeyText({ pages, source }, nowSec * secondMs, origin)

test('a journey reads as a sentence: how the visitor came, where they were and for how long, and where they are', () => {
  const pages = [
    page('/shoes', 'Shoes', 0, 'from google.com, campaign spring-sale'),
    page('/cart?step=1', 'Cart', 130),
    page('/checkout', '', 170),
  ]
  expect(textOf(pages, 175)).toBe(
    'from google.com, campaign spring-sale · /shoes “Shoes” 2 min → /cart?step=1 “Cart” 40 sec → /checkout (now, 5 sec)',
  )
})

test('nothing is said without a page', () => {
  expect(textOf([], 0)).toBe('')
})

test('times are whole ones that have passed, and none is below nothing', () => {
  const said = [-5, 0, 59.9, 60, 3599, 3600, 86_399].map((sec) => durationText(sec * secondMs))
  expect(said).toEqual(['0 sec', '0 sec', '59 sec', '1 min', '59 min', '1 h', '23 h'])
})

test('an address of another origin is whole, and letters of any script are legible', () => {
  const foreign = { ...page('', 'Pay', 0), href: 'https://shop.example.pay.test/now' }
  const here = page('/gr%C3%BC%C3%9Fe/%E0', 'Grüße', 1)
  expect(textOf([foreign, page('/%E9%9D%B4', '靴', 1), here], 1)).toBe(
    'https://shop.example.pay.test/now “Pay” 1 sec → /靴 “靴” 0 sec → /gr%C3%BC%C3%9Fe/%E0 “Grüße” (now, 0 sec)',
  )
})

test('the oldest pages are left out of a long text, and how the visitor came is kept', () => {
  const pages = Array.from({ length: 50 }, (_, place) =>
    page(`/page-${place}`, `A title of this page, number ${place}`, place, place ? undefined : 'from google.com'),
  )
  const text = textOf(pages, 50)
  expect(text.length).toBeLessThanOrEqual(1000)
  expect(text.length).toBeGreaterThan(900)
  expect(text).toMatch(/^from google\.com · … → \/page-\d\d “/)
  expect(text).toMatch(/\/page-48 .* → \/page-49 .*\(now, 1 sec\)$/)
  // What was left out before is said as well.
  expect(textOf(pages.slice(49), 50, 'campaign x')).toMatch(/^campaign x · … → \/page-49 “/)
})

test('one page fits, however long all of it is, and no sign is cut in half', () => {
  const long = '👟'.repeat(5000)
  const pages = [0, 1, 2, 3].map((sec) => page(`/${long}`, long, sec, long))
  const text = textOf(pages, 4)
  expect([...text].length).toBeLessThanOrEqual(1000)
  expect(text).toMatch(/^👟+… · … → (👟+… · \/👟+… “👟+…” 1 sec → )+👟+… · \/👟+… “👟+…” \(now, 1 sec\)$/u)
  expect(text).not.toMatch(/\p{Cs}/u)
})

test('half signs, line breaks, and what turns the direction of the text around become spaces', () => {
  const text = textOf([page('/a%0Ab\u0007', 'One\n\ntwo\u2028three\u202Efour \ud83d five', 0, 'from\tthere\udc5f')], 0)
  expect(text).toBe('from there · /a b “One two three four five” (now, 0 sec)')
})
