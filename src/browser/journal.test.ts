import { expect, test } from 'playwright/test'
import { createSessionStorage } from '../../e2e/model/browser/storage'
import { createJournal } from './journal'

test('what is noted is read back, under keys of its own', () => {
  const shelf = createSessionStorage()
  shelf.setItem('cart', '1')
  const journal = createJournal('mine/', () => shelf)
  journal.write('visit/a', { href: '/a' })
  journal.write('visit/b', { href: '/b' })
  journal.write('last', 3)
  expect(journal.read('visit/a')).toEqual({ href: '/a' })
  expect(journal.read('last')).toBe(3)
  expect(journal.keys('visit/')).toEqual(['visit/a', 'visit/b'])
  expect(Object.keys(shelf)).toEqual(['cart', 'mine/visit/a', 'mine/visit/b', 'mine/last'])
  journal.remove('visit/a')
  expect([journal.read('visit/a'), journal.read('visit/b')]).toEqual([undefined, expect.anything()])
  expect(shelf.getItem('cart')).toBe('1')
})

test('two journals on one shelf do not see each other', () => {
  const shelf = createSessionStorage()
  createJournal('one/', () => shelf).write('key', 1)
  const two = createJournal('two/', () => shelf)
  expect([two.read('key'), two.keys('')]).toEqual([undefined, []])
})

test('a browser that refuses even to show its shelf is no error', () => {
  const journal = createJournal('mine/', () => {
    throw new Error('SecurityError')
  })
  journal.write('key', 1)
  journal.remove('key')
  expect([journal.read('key'), journal.keys('')]).toEqual([undefined, []])
})

test('a full shelf keeps what it had', () => {
  const shelf = createSessionStorage()
  const journal = createJournal('mine/', () => shelf)
  journal.write('key', 1)
  const full = createJournal('mine/', () =>
    Object.assign(Object.create(shelf) as Storage, {
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
    }),
  )
  full.write('key', 2)
  expect(full.read('key')).toBe(1)
})

test('nothing is written before it is allowed, and everything can be removed', () => {
  const shelf = createSessionStorage()
  let allowed = false
  const journal = createJournal(
    'mine/',
    () => shelf,
    () => allowed,
  )
  journal.write('key', 1)
  expect(Object.keys(shelf)).toEqual([])
  allowed = true
  journal.write('key', 1)
  allowed = false
  journal.remove('key')
  expect(Object.keys(shelf)).toEqual([])
})

test('what somebody else has written under our key is nothing', () => {
  const shelf = createSessionStorage()
  shelf.setItem('mine/key', '{broken')
  const journal = createJournal('mine/', () => shelf)
  expect(journal.read('key')).toBeUndefined()
})
