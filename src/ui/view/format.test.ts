import { expect, test } from 'playwright/test'
import { countOf, fill, duration } from './format'

test('places are filled, and unknown ones left', () => {
  expect(fill('{name} says: {text}', { name: 'Ana', text: '{name}' })).toBe('Ana says: {name}')
  expect(fill('{nobody}', {})).toBe('{nobody}')
})

test('a count takes the form its language has for it', () => {
  const forms = { one: '{n} nowa', few: '{n} nowe', many: '{n} nowych', other: '{n} nowej' }
  expect([1, 3, 5, 22].map((n) => countOf('pl', forms, n))).toEqual(['1 nowa', '3 nowe', '5 nowych', '22 nowe'])
  expect(countOf('ja', { other: '{n}件' }, 1)).toBe('1件')
})

test('time is said in seconds up to a minute and a half, then in minutes', () => {
  expect(duration('en', 19.2)).toBe('20 sec')
  expect(duration('en', 89.5)).toBe('90 sec')
  expect(duration('en', 180)).toBe('3 min')
})
