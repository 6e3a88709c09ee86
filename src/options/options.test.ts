import { expect, test } from 'playwright/test'
import { readDataset, readServer } from './index'

test('the address of a server loses what follows its folder: slashes, and the path of its own livechat page', () => {
  const base = 'https://shop.example/page'
  for (const [given, is] of [
    ['https://chat.example.com', 'https://chat.example.com'],
    ['https://chat.example.com///', 'https://chat.example.com'],
    ['https://chat.example.com/livechat', 'https://chat.example.com'],
    ['https://chat.example.com/livechat//', 'https://chat.example.com'],
    ['https://example.com/chat/', 'https://example.com/chat'],
    ['https://example.com/chat/livechat/', 'https://example.com/chat'],
    ['https://example.com/livechats/', 'https://example.com/livechats'],
    ['https://example.com/a//b/', 'https://example.com/a//b'],
    ['/chat/', 'https://shop.example/chat'],
  ])
    expect(readServer(given, base), given).toBe(is)
  for (const bad of ['', undefined, 'ftp://a.test', 'http://[']) expect(readServer(bad, base)).toBeUndefined()
})

test('a word of data-ignore is a pattern when it ends with a slash and holds what no path does', () => {
  expect(readDataset({ ignore: '/admin /cart/ /^\\/secret/ /a(b|c)/ /x?y' })).toEqual({
    ignore: ['/admin', '/cart/', /^\/secret/, /a(b|c)/, '/x?y'],
  })
  // What is no pattern stays a word: the page goes on, and `checkOptions` names it.
  expect(readDataset({ ignore: '/(/ /admin' })).toEqual({ ignore: ['/(/', '/admin'] })
})
