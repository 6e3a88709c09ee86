import { expect, test } from 'playwright/test'
import { inlinesOf } from './mrkdwn'

test('the marks of mrkdwn become nodes', () => {
  expect(inlinesOf('Which *shop* is _near_?')).toEqual([
    { kind: 'text', text: 'Which ' },
    { kind: 'bold', inlines: [{ kind: 'text', text: 'shop' }] },
    { kind: 'text', text: ' is ' },
    { kind: 'italic', inlines: [{ kind: 'text', text: 'near' }] },
    { kind: 'text', text: '?' },
  ])
  expect(inlinesOf('`a*b*` and\n~gone~')).toEqual([
    { kind: 'code', text: 'a*b*' },
    { kind: 'text', text: ' and' },
    { kind: 'break' },
    { kind: 'strike', inlines: [{ kind: 'text', text: 'gone' }] },
  ])
})

test('links are links in all three ways of writing them, and only to the web', () => {
  const link = (href: string, text?: string) => ({ kind: 'link', href, inlines: text ? [{ kind: 'text', text }] : [] })
  expect(inlinesOf('[here](https://a.test/x)')).toEqual([link('https://a.test/x', 'here')])
  expect(inlinesOf('<https://a.test/x|here>')).toEqual([link('https://a.test/x', 'here')])
  expect(inlinesOf('https://a.test/x.')).toEqual([link('https://a.test/x'), { kind: 'text', text: '.' }])
  expect(inlinesOf('[here](javascript:alert(1))')).toEqual([{ kind: 'text', text: '[here](javascript:alert(1))' }])
})

test('markup of another kind is text', () => {
  expect(inlinesOf('<b onclick="x">hi</b>')).toEqual([{ kind: 'text', text: '<b onclick="x">hi</b>' }])
})

test('a text longer than any app writes is shown whole, with its marks as they were written', () => {
  const long = `*bold* ${'a'.repeat(20_000)}`
  expect(inlinesOf(long)).toEqual([{ kind: 'text', text: long }])
})
