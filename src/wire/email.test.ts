import { expect, test } from 'playwright/test'
import { isEmail } from './email'

test('an address has a name, and a domain of two or more labels', () => {
  for (const good of ['a@b.co', 'first.last+tag@sub.example.museum', 'ü@müller.de'])
    expect(isEmail(good), good).toBe(true)
  for (const bad of ['', 'a', 'a@b', 'a@b.', '@b.co', 'a b@c.de', 'a@b@c.de', 'a@.co ', 'a@.co', 'a@b..co'])
    expect(isEmail(bad), bad).toBe(false)
})
