import { expect, test } from 'playwright/test'
import { count, fill, span } from './words'

test('places are filled, and unknown ones left', () => {
  expect(fill('{name} says: {text}', { name: 'Ana', text: '{name}' })).toBe('Ana says: {name}')
  expect(fill('{nobody}', {})).toBe('{nobody}')
})

test('a count takes the form its language has for it', () => {
  const forms = { one: '{n} nowa', few: '{n} nowe', many: '{n} nowych', other: '{n} nowej' }
  expect([1, 3, 5, 22].map((n) => count('pl', forms, n))).toEqual(['1 nowa', '3 nowe', '5 nowych', '22 nowe'])
  expect(count('ja', { other: '{n}件' }, 1)).toBe('1件')
})

test('time is said in seconds up to a minute and a half, then in minutes', () => {
  expect(span('en', 19.2)).toBe('20 sec')
  expect(span('en', 89.5)).toBe('90 sec')
  expect(span('en', 180)).toBe('3 min')
})
