import { expect, test } from 'playwright/test'
import { createManualClock } from '../../e2e/fakes/clock'
import type { VisitorState } from './contracts'
import { createMemory } from '../browser/memory'
import { createMemoryOverlay } from '../recovery/memoryOverlay'
import { createStorage } from './storage'
import { successorOf, withoutCircle } from './successor'
import { createVisitorStore } from './token'

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

test('the token in use has become no other', () => {
  expect(withoutCircle(becoming('a', { a: 'b', b: 'a' }))).toEqual({ token: 'a', became: { b: 'a' } })
  const sound = becoming('b', { a: 'b' })
  expect(withoutCircle(sound)).toBe(sound)
})

test('a circle that is already stored is opened by the first page that reads it', async () => {
  const clock = createManualClock()
  const storage = createStorage({
    database: createMemory(),
    clock,
    overlayMemory: async (...given) => createMemoryOverlay(clock, ...given),
    isDormant: false,
  })
  await storage.update('visitor', () => becoming('a', { a: 'b', b: 'a' }))
  expect(await createVisitorStore(storage).state()).toEqual({ token: 'a', became: { b: 'a' } })
  expect(await storage.get('visitor')).toEqual({ token: 'a', became: { b: 'a' } })
})
