import { createContext, Script } from 'node:vm'
import { expect, test } from 'playwright/test'
import { createChance } from '../../../e2e/model/chance'
import { isQuick } from './isQuick'

test('what administrators mostly write is tried on the spot', () => {
  for (const pattern of [
    '/cart$',
    '^https?://shop\\.example/.*',
    'https://shop.example/(cart|checkout|basket)',
    '^\\d{5}$',
    '^[A-Z][a-z]+$',
    '(?:pricing|plans)/?$',
    'product[/?#]',
    '(',
    '',
  ])
    expect(isQuick(pattern, 'https://shop.example/cart'), pattern).toBe(true)
})

test('what may take long is not', () => {
  for (const pattern of [
    '(.*)*(.*)*(.*)*shop$',
    '^(a+)+$',
    '^(a|a)*$',
    '^(?:a|aa)+$',
    'a*a*a*b',
    '(a)\\1*',
    '(?<x>a)\\k<x>',
    '(?=a+)a+',
    'a?a?a?a?a?a',
    '(a|a)(a|a)(a|a)(a|a)(a|a)',
    'a{1,500}{2}',
    '[a](b*)*',
    '\\',
    'x'.repeat(1001),
  ])
    expect(isQuick(pattern, 'a'), pattern).toBe(false)
  expect(isQuick('a', 'a'.repeat(2001))).toBe(false)
})

const context = createContext({ pattern: '', text: '' }) as { pattern: string; text: string }
const script = new Script(
  'try { new RegExp(pattern).test(text) } catch (error) { if (error.name !== "SyntaxError") throw error }',
)
/** What is called quick takes a tenth of this on a slow machine. */
const longestMs = 2000

test('of ten thousand expressions made by chance, none that is called quick takes long', () => {
  const pieces = [
    'a',
    'a',
    'b',
    '.',
    '[ab]',
    '[^b]',
    '\\w',
    '(',
    '(?:',
    ')',
    '|',
    '*',
    '+',
    '?',
    '*?',
    '{2,}',
    '{0,9}',
    '^',
    '$',
    '\\1',
    '\\b',
    ']',
  ]
  let quick = 0
  for (let seed = 0; seed < 10_000; seed++) {
    const chance = createChance(seed)
    const pattern = Array.from({ length: 2 + chance.below(14) }, () => chance.pick(pieces)).join('')
    for (const text of ['a'.repeat(2000), `${'ab'.repeat(999)}!`]) {
      if (!isQuick(pattern, text)) continue
      quick++
      Object.assign(context, { pattern, text })
      expect(() => script.runInContext(context, { timeout: longestMs }), `seed ${seed}: ${pattern}`).not.toThrow()
    }
  }
  expect(quick).toBeGreaterThan(1000)
})
