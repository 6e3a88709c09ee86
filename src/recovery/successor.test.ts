import { expect, test } from 'playwright/test'
import type { VisitorState } from '../tracking/stored'
import { successorOf } from './successor'

const becoming = (token: string, became: unknown): VisitorState => ({ token, became: became as VisitorState['became'] })
/** As JSON and IndexedDB make it: a key of its own. */
const proto = (became: string) => JSON.parse(`{"__proto__":${became}}`) as unknown

test('a token is followed to the one in use', () => {
  expect(successorOf(becoming('c', { a: 'b', b: 'c' }), 'a')).toBe('c')
  expect(successorOf(becoming('c', { a: 'b' }), 'x')).toBe('x')
})

test('a circle ends at the token in use, or somewhere in it', () => {
  expect(successorOf(becoming('a', { a: 'b', b: 'a' }), 'a')).toBe('a')
  expect(successorOf(becoming('a', { a: 'b', b: 'a' }), 'b')).toBe('a')
  expect(['a', 'b']).toContain(successorOf(becoming('c', { a: 'b', b: 'a' }), 'a'))
})

test('a token that is called as something every object has is a token like any other', () => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    expect(successorOf(becoming('c', {}), name)).toBe(name)
    expect(successorOf(becoming(name, { a: name }), 'a')).toBe(name)
  }
  expect(successorOf(becoming('c', proto('"c"')), '__proto__')).toBe('c')
})

test('what is no text has become nothing', () => {
  for (const nonsense of [{}, 7, true, '', null, ['b']])
    expect(successorOf(becoming('c', { a: nonsense }), 'a')).toBe('a')
  for (const nonsense of [7, 'text', null, true]) expect(successorOf(becoming('c', nonsense), 'a')).toBe('a')
})
