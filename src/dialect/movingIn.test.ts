import { expect, test } from 'playwright/test'
import { createSessionStorage } from '../../e2e/model/browser/storage'
import { createMovingIn } from './movingIn'

const kept = {
  token: 'official',
  config: {},
  iframe: {},
  user: { _id: 'v1', username: 'guest-1', name: 'Ada', phone: [{ phoneNumber: '1' }], visitorEmails: 'none' },
  room: { _id: 'r1' },
}

const origin = 'https://shop.example'

/** In a browser whose storage holds this text. */
const firstVisitor = (text: string | undefined, server = `${origin}/chat`, proposed?: string) => {
  const localStorage = createSessionStorage()
  if (text !== undefined) localStorage.setItem('store', text)
  // Another test of this process may have made them read-only.
  for (const [name, value] of Object.entries({ localStorage, location: { origin } }))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  return createMovingIn(server).firstVisitor(proposed)
}
const somebodyNew = { token: expect.stringMatching(/^[0-9a-f]{64}$/) }

test('what the official widget has kept is read with doubt', () => {
  expect(firstVisitor(JSON.stringify(kept))).toEqual({
    token: 'official',
    roomId: 'r1',
    visitor: expect.objectContaining({
      visitorId: 'v1',
      username: 'guest-1',
      name: 'Ada',
      phone: '1',
      email: undefined,
    }),
  })
  expect(firstVisitor(JSON.stringify({ ...kept, user: null, room: 'none' }))).toEqual({ token: 'official' })
  for (const nonsense of [undefined, '', 'null', '[]', '"text"', '{', JSON.stringify({ ...kept, token: 5 })])
    expect(firstVisitor(nonsense), nonsense).toEqual(somebodyNew)
  expect(firstVisitor(JSON.stringify({ token: 'a session of the shop' }))).toEqual(somebodyNew)
})

test('the server must lie on the page’s own origin', () => {
  for (const server of ['https://chat.example.com', `${origin}.example.com`, 'nonsense'])
    expect(firstVisitor(JSON.stringify(kept), server), server).toEqual(somebodyNew)
  expect(firstVisitor(JSON.stringify(kept), origin)).toMatchObject({ token: 'official' })
})

test('a page that has reported under a token stays with it', () => {
  expect(firstVisitor(JSON.stringify(kept), undefined, 'official')).toMatchObject({ token: 'official', roomId: 'r1' })
  expect(firstVisitor(JSON.stringify(kept), undefined, 'another')).toEqual({ token: 'another' })
  expect(firstVisitor(undefined, undefined, 'another')).toEqual({ token: 'another' })
})
