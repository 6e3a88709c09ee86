import { expect, test } from 'playwright/test'
import type { Inline, Paragraphs } from '../../chat/contracts'
import { cutBody } from './cutBody'

const text = (value: string): Inline => ({ kind: 'text', text: value })
const paragraph = (value: string): Paragraphs => ({ kind: 'paragraph', inlines: [text(value)] })
const piecesIn = (value: unknown): number =>
  Array.isArray(value)
    ? value.reduce((sum: number, item) => sum + piecesIn(item), 0)
    : Object(value) === value
      ? 1 + Object.values(Object(value)).reduce((sum: number, item) => sum + piecesIn(item), 0)
      : 0

test('a message that somebody has written is shown whole', () => {
  const body = [paragraph('Hello'), paragraph('word '.repeat(1000))]
  expect(cutBody(body, 1)).toEqual({ body, isCut: false })
})

test('of anything longer the beginning is shown, and more each time it is asked for', () => {
  const bodies: Record<string, Paragraphs[]> = {
    paragraphs: Array.from({ length: 100_000 }, (_, n) => paragraph(`${n}`)),
    'one paragraph': [{ kind: 'paragraph', inlines: Array.from({ length: 100_000 }, () => text('x')) }],
    'one text': [paragraph('x'.repeat(1_000_000))],
    'a list': [{ kind: 'list', ordered: true, items: Array.from({ length: 100_000 }, () => [text('x')]) }],
    tasks: [{ kind: 'tasks', items: Array.from({ length: 100_000 }, () => ({ done: true, inlines: [text('x')] })) }],
    code: [{ kind: 'code', text: 'x\n'.repeat(500_000) }],
    nested: [{ kind: 'quote', inlines: [{ kind: 'bold', inlines: Array.from({ length: 100_000 }, () => text('x')) }] }],
  }
  for (const [what, body] of Object.entries(bodies)) {
    const first = cutBody(body, 1)
    expect(first.isCut, what).toBe(true)
    expect(piecesIn(first.body), what).toBeLessThan(2100)
    expect(JSON.stringify(first.body).length, what).toBeLessThan(120_000)
    const second = cutBody(body, 2)
    expect(JSON.stringify(second.body).length, what).toBeGreaterThan(JSON.stringify(first.body).length)
    expect(cutBody(body, 1000), what).toEqual({ body, isCut: false })
  }
})
