import { expect, test } from 'playwright/test'
import { fileSize } from './fileSize'

test('sizes are said in kilobytes or megabytes', () => {
  expect(fileSize('en', 400)).toBe('1 kB')
  expect(fileSize('en', 482_133)).toBe('483 kB')
  expect(fileSize('en', 2_400_000)).toBe('2.4 MB')
})
