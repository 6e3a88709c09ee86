import { expect, test } from 'playwright/test'
import { createManualClock } from '../../../e2e/fakes/core'
import { createPatterns } from '.'
import type { Outcome } from './besidePage'

const slow = '(a+)+$'

const create = (outcome: Outcome) => {
  const asked: string[] = []
  const reports: string[] = []
  const core = {
    clock: createManualClock(),
    guard: () => () => undefined,
    report: (code: string, says: string) => void reports.push(`${code} ${says}`),
  }
  const besidePage = {
    async test(pattern: string) {
      asked.push(pattern)
      return outcome
    },
    stop: () => undefined,
  }
  return { asked, reports, patterns: createPatterns({ core, besidePage }) }
}

test('a quick expression needs no worker, and one that is none is unknown', async () => {
  const { patterns, asked, reports } = create('match')
  expect(await patterns.matches('/cart$', 'https://shop.example/cart')).toBe('yes')
  expect(await patterns.matches('/cart$', 'https://shop.example/')).toBe('no')
  expect(await patterns.matches('(', 'a')).toBe('unknown')
  expect(asked).toEqual([])
  expect(reports).toEqual([])
})

test('an expression that takes too long is tried once, and named once', async () => {
  const { patterns, asked, reports } = create('slow')
  expect([await patterns.matches(slow, 'a'), await patterns.matches(slow, 'b')]).toEqual(['unknown', 'unknown'])
  expect(asked).toEqual([slow])
  expect(reports).toEqual([`bad-pattern “${slow}” takes too long`])
})

test('where the page lets no worker be started, that is said', async () => {
  const { patterns, reports } = create('blocked')
  expect(await patterns.matches(slow, 'a')).toBe('unknown')
  expect(reports).toEqual([expect.stringContaining('worker-src blob:')])
})

test('a worker answers yes and no', async () => {
  expect(await create('match').patterns.matches(slow, 'a')).toBe('yes')
  expect(await create('no-match').patterns.matches(slow, 'b')).toBe('no')
  expect(await create('unreadable').patterns.matches(slow, 'b')).toBe('unknown')
})
