import { expect, test } from 'playwright/test'
import { isEmail } from './email'

test('an address has a name, a place and a domain', () => {
  for (const good of ['a@b.co', 'first.last+tag@sub.example.museum', 'ü@müller.de'])
    expect(isEmail(good), good).toBe(true)
  for (const bad of ['', 'a', 'a@b', 'a@b.', '@b.co', 'a b@c.de', 'a@b@c.de', 'a@.co '])
    expect(isEmail(bad), bad).toBe(false)
})
