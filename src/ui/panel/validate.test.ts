import { expect, test } from 'playwright/test'
import { isEmail, validate } from './validate'

test('an address has a name, a place and a domain', () => {
  for (const good of ['a@b.co', 'first.last+tag@sub.example.museum', 'ü@müller.de']) expect(isEmail(good), good).toBe(true)
  for (const bad of ['', 'a', 'a@b', 'a@b.', '@b.co', 'a b@c.de', 'a@b@c.de', 'a@.co ']) expect(isEmail(bad), bad).toBe(false)
})

test('each field is judged by its own rule, and empty ones only where they must be filled', () => {
  const rules = [{ name: 'name', required: true }, { name: 'email', email: true }, { name: 'order', pattern: '^[0-9]+$' }]
  expect(validate(rules, { name: ' ', email: 'x', order: 'x' })).toEqual({ name: 'required', email: 'email', order: 'invalid' })
  expect(validate(rules, { name: 'Lee', email: '', order: '' })).toEqual({})
  expect(validate(rules, { name: 'Lee', email: 'lee@example.com', order: '42' })).toEqual({})
})

test("a pattern for another engine is the server's to judge", () => {
  expect(validate([{ name: 'order', pattern: '(?P<year>[0-9]' }], { order: 'x' })).toEqual({})
})
