import { expect, test } from 'playwright/test'
import { pathSegment } from './paths'

test('an id is one segment of a path, whatever a server has made of it', () => {
  const hostile = [
    '.',
    '..',
    '%2e%2e',
    'a/b',
    '../../logout',
    'a?b=c',
    'a#b',
    'a\\b',
    ' ',
    '\ud800',
    '\n',
    'é',
    '%',
    '',
  ]
  for (const id of hostile) {
    const { pathname, search, hash } = new URL(`https://chat.example.com/folder/room/${pathSegment(id)}/end`)
    expect(pathname.split('/').slice(0, 3), id).toEqual(['', 'folder', 'room'])
    expect(pathname.split('/'), id).toHaveLength(5)
    expect(search + hash, id).toBe('')
  }
  expect(pathSegment('aB3-_x')).toBe('aB3-_x')
})
