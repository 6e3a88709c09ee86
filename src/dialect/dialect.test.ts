import { expect, test } from 'playwright/test'
import type { Tagalong } from '../options'
import type { InitializeKeys, Say } from './contracts'
import { createMethods } from './methods'
import { serverOf } from './serverOf'

/** Methods of the official widget, and what they say to ours: options as they are, calls by name. */
const create = () => {
  const said: unknown[] = []
  const call =
    (name: string) =>
    async (...given: unknown[]) =>
      void said.push([name, ...given])
  const names = ['setCustomField', 'page', 'getVisitor', 'identify', 'reset', 'update']
  // Only what is called here stands in it.
  const api = Object.fromEntries(names.map((name) => [name, call(name)])) as unknown as Tagalong
  const say: Say = (statement) => {
    if (typeof statement === 'function') statement(api)
    else said.push(statement)
  }
  return { methods: createMethods(say), said }
}

const keys: [given: Partial<InitializeKeys>, said: unknown[]][] = [
  [{ customField: ['plan', 'gold', false] }, [['setCustomField', 'plan', 'gold', { overwrite: false }]]],
  [{ customField: { key: 'plan' } }, [['setCustomField', 'plan', '', { overwrite: true }]]],
  [
    { setCustomFields: [['plan', 'gold'], { key: 'shoe', value: '42', overwrite: false }] },
    [
      ['setCustomField', 'plan', 'gold', { overwrite: true }],
      ['setCustomField', 'shoe', '42', { overwrite: false }],
    ],
  ],
  [
    { theme: { color: '#123', position: 'left' } },
    [{ appearance: expect.objectContaining({ accent: '#123', avatars: true }), position: 'left' }],
  ],
  [{ department: 'Sales' }, [{ guest: {} }, { department: 'Sales' }]],
  [{ businessUnit: 'u1' }, [{ businessUnit: 'u1' }]],
  [{ guestToken: 't', guestName: 'Ada' }, [{ guest: { token: 't' } }, { guest: { token: 't', name: 'Ada' } }]],
  [{ guestEmail: 'ada@shop.example' }, [{ guest: { email: 'ada@shop.example' } }]],
  [
    { registerGuest: { token: 't', name: 'Ada' } },
    [
      ['getVisitor'],
      ['identify', { token: 't', name: 'Ada' }],
      ['update', { prechatForm: false, guest: { token: 't', name: 'Ada' } }],
    ],
  ],
  [{ language: 'pt-BR' }, [{ language: 'pt-BR' }]],
  [{ agent: { _id: 'a1', username: 'ana' } }, [{ agent: { id: 'a1', username: 'ana' } }]],
  [{ parentUrl: 'https://shop.example/' }, [{ triggerUrl: 'https://shop.example/' }]],
  [{ setGuestMetadata: { cart: '3' } }, [{ metadata: { cart: '3' } }]],
  [{ hiddenSystemMessages: ['uj', 'videoconf'] }, [{ hiddenNotes: ['uj'] }]],
]
for (const [given, expected] of keys)
  test(`initialize(${JSON.stringify(given)}) says the same in our own words`, async () => {
    const { methods, said } = create()
    methods.initialize(given)
    await expect.poll(() => said).toEqual(expected)
  })

test('keys that are unknown or not given are passed over', () => {
  const { methods, said } = create()
  methods.initialize({ language: undefined, nonsense: 1, constructor: 2 } as object)
  methods.initialize(undefined as unknown as object)
  expect(said).toEqual([])
})

test('a theme that is set in two calls is one theme', () => {
  const { methods, said } = create()
  methods.setTheme({ color: '#123' })
  methods.setTheme({ title: 'Ask' })
  expect(said.at(-1)).toEqual({ appearance: expect.objectContaining({ accent: '#123', title: 'Ask' }) })
})

test('a page by hand is reported for the two kinds of change that servers know', () => {
  const { methods, said } = create()
  for (const change of ['url', 'title', 'scroll']) methods.pageVisited(change)
  expect(said).toEqual([
    ['page', { change: 'url' }],
    ['page', { change: 'title' }],
  ])
})

test('the server is read from the official address, or from the one it names', () => {
  const base = 'https://shop.example/'
  expect(serverOf('https://chat.example.com/livechat', base)).toBe('https://chat.example.com/livechat')
  expect(serverOf(' /chat/livechat?mode=popout ', base)).toBe('https://shop.example/chat/livechat')
  expect(serverOf('https://files.example/livechat?serverUrl=https://chat.example.com', base)).toBe(
    'https://chat.example.com',
  )
  expect(serverOf('https://', base)).toBe('https://')
  expect(serverOf(undefined, base)).toBe('')
})
