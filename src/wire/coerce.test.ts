import { expect, test } from 'playwright/test'
import { epochMs } from './coerce'

test('a date that no calendar of ours can show is none', () => {
  for (const value of [8.64e15, 8.64e15 + 1, 1e300, -1, -8.64e15, NaN, '+275760-09-13T00:00:00Z', 'soon', null, {}, []])
    for (const date of [value, { $date: value }]) expect(epochMs(date), JSON.stringify(date)).toBeUndefined()
  expect(epochMs('2026-01-01T00:00:00Z')).toBe(1_767_225_600_000)
  expect(epochMs({ $date: 1_767_225_600_000 })).toBe(1_767_225_600_000)
  // What history does with the time of its oldest message.
  expect(new Date(epochMs('9999-12-31T23:59:59.999Z')! + 1).toISOString()).toBe('+010000-01-01T00:00:00.000Z')
})
