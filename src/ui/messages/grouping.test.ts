import { expect, test } from 'playwright/test'
import type { Message } from '../../chat/contracts'
import { firstUnread, groupMessages } from './grouping'

const noon = new Date(2026, 2, 12, 12).getTime()
const minuteMs = 60_000

const message = (id: string, from: Message['from'], atMs: number, more: Partial<Message> = {}): Message => ({
  id,
  at: noon + atMs,
  from,
  author: { username: from, name: from },
  state: 'sent',
  text: id,
  body: [],
  files: [],
  quotes: [],
  edited: false,
  deleted: false,
  ...more,
})
const shape = (messages: Message[], start = 0) =>
  groupMessages(messages, start).map(
    ({ message: { id }, isFirstOfDay, isFirstOfGroup, isLastOfGroup }) =>
      `${id}${isFirstOfDay ? ' day' : ''}${isFirstOfGroup ? ' first' : ''}${isLastOfGroup ? ' last' : ''}`,
  )

test('what one person says in one go stands together', () => {
  expect(
    shape([message('a', 'agent', 0), message('b', 'agent', minuteMs), message('c', 'visitor', 2 * minuteMs)]),
  ).toEqual(['a day first', 'b last', 'c first last'])
})

test('a pause, another person, a note or another day ends a group', () => {
  const other = { author: { username: 'ben', name: 'Ben' } }
  expect(shape([message('a', 'agent', 0), message('b', 'agent', 5 * minuteMs)])).toEqual([
    'a day first last',
    'b first last',
  ])
  expect(shape([message('a', 'agent', 0), message('b', 'agent', 1, other)])).toEqual([
    'a day first last',
    'b first last',
  ])
  expect(
    shape([message('a', 'agent', 0), message('n', 'agent', 1, { note: { kind: 'call' } }), message('b', 'agent', 2)]),
  ).toEqual(['a day first last', 'n first last', 'b first last'])
  const midnight = 12 * 60 * minuteMs
  expect(shape([message('a', 'agent', midnight - 1000), message('b', 'agent', midnight + 1000)])).toEqual([
    'a day first last',
    'b day first last',
  ])
})

test('a window knows what stands before it', () => {
  const all = [message('a', 'agent', 0), message('b', 'agent', 1), message('c', 'agent', 2)]
  expect(shape(all, 1)).toEqual(['b', 'c last'])
})

test('the first unread message is counted back over what others said', () => {
  const all = [
    message('a', 'agent', 0),
    message('b', 'visitor', 1),
    message('n', 'system', 2, { note: { kind: 'started' } }),
    message('c', 'agent', 3),
    message('d', 'visitor', 4),
  ]
  expect(firstUnread(all, 0)).toBeUndefined()
  expect(firstUnread(all, 1)).toBe('c')
  expect(firstUnread(all, 2)).toBe('a')
  expect(firstUnread(all, 3)).toBeUndefined()
})
