import { expect, test } from 'playwright/test'
import { size } from './size'

test('sizes are said in kilobytes or megabytes', () => {
  expect(size('en', 400)).toBe('1 kB')
  expect(size('en', 482_133)).toBe('483 kB')
  expect(size('en', 2_400_000)).toBe('2.4 MB')
})
