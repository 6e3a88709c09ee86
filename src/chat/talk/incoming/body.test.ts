import { expect, test } from 'playwright/test'
import { createAddresses } from '../../addresses'
import { bodyOf, withoutQuoteLink } from './body'

const { absolute } = createAddresses('https://chat.example.com', () => undefined)
const plain = (text: string) => bodyOf(text, undefined, absolute)
const tree = (...md: unknown[]) => bodyOf('', md, absolute)
const text = (value: string) => ({ type: 'PLAIN_TEXT', value })
const paragraph = (...value: unknown[]) => ({ type: 'PARAGRAPH', value })

test('each inline node of the tree becomes a piece of its kind', () => {
  expect(
    tree(
      paragraph(
        text('a '),
        { type: 'BOLD', value: [text('b'), { type: 'ITALIC', value: [text('c')] }] },
        { type: 'STRIKE', value: [text('d')] },
        { type: 'INLINE_CODE', value: text('<e>') },
        { type: 'EMOJI', value: text('smile'), shortCode: 'smile' },
        { type: 'EMOJI', unicode: '🦊' },
        { type: 'MENTION_USER', value: text('ana') },
        { type: 'MENTION_CHANNEL', value: text('general') },
      ),
    ),
  ).toEqual([
    {
      kind: 'paragraph',
      inlines: [
        { kind: 'text', text: 'a ' },
        {
          kind: 'bold',
          inlines: [
            { kind: 'text', text: 'b' },
            { kind: 'italic', inlines: [{ kind: 'text', text: 'c' }] },
          ],
        },
        { kind: 'strike', inlines: [{ kind: 'text', text: 'd' }] },
        { kind: 'code', text: '<e>' },
        { kind: 'emoji', text: '😄' },
        { kind: 'emoji', text: '🦊' },
        { kind: 'mention', text: '@ana' },
        { kind: 'mention', text: '#general' },
      ],
    },
  ])
})

test('each block of the tree becomes a piece of its kind', () => {
  const item = (value: string, number?: number) => ({ type: 'LIST_ITEM', value: [text(value)], number })
  expect(
    tree(
      { type: 'HEADING', level: 2, value: [text('h')] },
      { type: 'UNORDERED_LIST', value: [item('x'), item('y')] },
      { type: 'ORDERED_LIST', value: [item('x', 3)] },
      { type: 'TASKS', value: [{ type: 'TASK', status: true, value: [text('done')] }] },
      { type: 'QUOTE', value: [paragraph(text('q1')), paragraph(text('q2'))] },
      {
        type: 'CODE',
        language: 'js',
        value: [
          { type: 'CODE_LINE', value: text('let a') },
          { type: 'CODE_LINE', value: text('a = 1') },
        ],
      },
      { type: 'LINE_BREAK' },
      {
        type: 'BIG_EMOJI',
        value: [
          { type: 'EMOJI', unicode: '🎉' },
          { type: 'EMOJI', value: text('tada'), shortCode: 'tada' },
        ],
      },
      { type: 'KATEX', value: 'x^2' },
    ),
  ).toEqual([
    { kind: 'heading', level: 2, inlines: [{ kind: 'text', text: 'h' }] },
    { kind: 'list', ordered: false, items: [[{ kind: 'text', text: 'x' }], [{ kind: 'text', text: 'y' }]] },
    { kind: 'list', ordered: true, items: [[{ kind: 'text', text: 'x' }]], start: 3 },
    { kind: 'tasks', items: [{ done: true, inlines: [{ kind: 'text', text: 'done' }] }] },
    { kind: 'quote', inlines: [{ kind: 'text', text: 'q1' }, { kind: 'break' }, { kind: 'text', text: 'q2' }] },
    { kind: 'code', text: 'let a\na = 1', language: 'js' },
    { kind: 'emoji', text: '🎉🎉' },
    { kind: 'code', text: 'x^2', language: undefined },
  ])
})

test('a node of an unknown type shows its text, and nonsense shows nothing', () => {
  expect(tree({ type: 'SPOILER_BLOCK', value: [paragraph(text('secret'))] })).toEqual([
    { kind: 'paragraph', inlines: [{ kind: 'text', text: 'secret' }] },
  ])
  expect(tree(paragraph({ type: 'SPOILER', value: [text('se'), text('cret')] }))).toEqual([
    { kind: 'paragraph', inlines: [{ kind: 'text', text: 'secret' }] },
  ])
  expect(tree(null, 3, 'x', [], {}, { type: 'PARAGRAPH' }, { type: 'PARAGRAPH', value: 7 })).toEqual([])
})

test('a tree without an end is cut off', () => {
  let deep: unknown = text('bottom')
  for (let depth = 0; depth < 20_000; depth++) deep = { type: 'BOLD', value: [deep] }
  let odd: unknown = 'bottom'
  for (let depth = 0; depth < 20_000; depth++) odd = { type: 'NEW', value: [odd] }
  expect(JSON.stringify(tree(paragraph(deep), odd))).not.toContain('bottom')
})

test('only links that may be followed are links', () => {
  const link = (src: string, label: unknown = text('here')) =>
    tree(paragraph({ type: 'LINK', value: { src: text(src), label } }))[0]
  expect(link('https://example.com/a')).toEqual({
    kind: 'paragraph',
    inlines: [{ kind: 'link', href: 'https://example.com/a', inlines: [{ kind: 'text', text: 'here' }] }],
  })
  expect(link('mailto:a@b.c', [text('me')])).toMatchObject({ inlines: [{ kind: 'link', href: 'mailto:a@b.c' }] })
  expect(link('/channel/x')).toMatchObject({ inlines: [{ href: 'https://chat.example.com/channel/x' }] })
  for (const bad of [
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://a/b',
  ])
    expect(link(bad)).toEqual({ kind: 'paragraph', inlines: [{ kind: 'text', text: 'here' }] })
})

test('plain text is read the way people write, and never as HTML', () => {
  expect(plain('*bold* _it_ ~gone~ `a*b*` <b>x</b>')).toEqual([
    {
      kind: 'paragraph',
      inlines: [
        { kind: 'bold', inlines: [{ kind: 'text', text: 'bold' }] },
        { kind: 'text', text: ' ' },
        { kind: 'italic', inlines: [{ kind: 'text', text: 'it' }] },
        { kind: 'text', text: ' ' },
        { kind: 'strike', inlines: [{ kind: 'text', text: 'gone' }] },
        { kind: 'text', text: ' ' },
        { kind: 'code', text: 'a*b*' },
        { kind: 'text', text: ' <b>x</b>' },
      ],
    },
  ])
  expect(plain('one\ntwo')).toEqual([
    { kind: 'paragraph', inlines: [{ kind: 'text', text: 'one' }, { kind: 'break' }, { kind: 'text', text: 'two' }] },
  ])
})

test('marks inside words and sums are plain text', () => {
  for (const source of ['snake_case_name', '2*3*4', '* a *', 'at 10:30:45 today', ':nothing-known:'])
    expect(plain(source)).toEqual([{ kind: 'paragraph', inlines: [{ kind: 'text', text: source }] }])
})

test('addresses in plain text become links without the full stop behind them', () => {
  expect(plain('see https://example.com/a?b=1, or (http://example.org/x).')).toEqual([
    {
      kind: 'paragraph',
      inlines: [
        { kind: 'text', text: 'see ' },
        {
          kind: 'link',
          href: 'https://example.com/a?b=1',
          inlines: [{ kind: 'text', text: 'https://example.com/a?b=1' }],
        },
        { kind: 'text', text: ', or (' },
        { kind: 'link', href: 'http://example.org/x', inlines: [{ kind: 'text', text: 'http://example.org/x' }] },
        { kind: 'text', text: ').' },
      ],
    },
  ])
  expect(plain('[shop](https://shop.example/) [x](javascript:alert(1))')[0]).toMatchObject({
    inlines: [
      { kind: 'link', href: 'https://shop.example/' },
      { kind: 'text' },
      { kind: 'text', text: 'x' },
      { kind: 'text' },
    ],
  })
})

test('quotes, fences and known emoji in plain text are drawn', () => {
  expect(plain('before\n> one\n> two\nafter')).toEqual([
    { kind: 'paragraph', inlines: [{ kind: 'text', text: 'before' }] },
    { kind: 'quote', inlines: [{ kind: 'text', text: 'one' }, { kind: 'break' }, { kind: 'text', text: 'two' }] },
    { kind: 'paragraph', inlines: [{ kind: 'text', text: 'after' }] },
  ])
  expect(plain('```js\nlet *a*\n```')).toEqual([{ kind: 'code', text: 'let *a*' }])
  expect(plain(':+1: ok')).toEqual([
    {
      kind: 'paragraph',
      inlines: [
        { kind: 'emoji', text: '👍' },
        { kind: 'text', text: ' ok' },
      ],
    },
  ])
})

test('the nameless link before a quoting message is not shown', () => {
  expect(withoutQuoteLink('[ ](https://chat.example.com/live/r?msg=abc) yes')).toBe('yes')
  expect(
    tree(
      paragraph(
        { type: 'LINK', value: { src: text('https://chat.example.com/live/r?msg=abc'), label: [text(' ')] } },
        text('yes'),
      ),
    ),
  ).toEqual([{ kind: 'paragraph', inlines: [{ kind: 'text', text: 'yes' }] }])
})

test('a long text of nothing but marks is parsed in reasonable time', () => {
  for (const mark of ['*', '[', '`', '>\n', '_a', '~', '```', ':a', 'http://', '.', '*a '])
    expect(plain(mark.repeat(5000)).length).toBeGreaterThan(0)
})

test('a text longer than any message is shown whole, with its marks as they were written', () => {
  const long = `*bold*\n> ${'a'.repeat(20_000)}`
  expect(plain(long)).toEqual([{ kind: 'paragraph', inlines: [{ kind: 'text', text: long }] }])
})

test('space around a paragraph is left out, space within it is kept', () => {
  expect(plain('\n\n  two   words \t\n ')).toEqual([
    { kind: 'paragraph', inlines: [{ kind: 'text', text: '  two   words' }] },
  ])
})
