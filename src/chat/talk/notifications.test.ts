import { expect, test } from 'playwright/test'
import { begin, laterMs, startMs, talk } from '../../../e2e/fakes/chatting'
import { createBrowser, settled } from '../../../e2e/fakes/core'
import { createFakeDocument } from '../../../e2e/fakes/document'
import { message, serve, streamed } from '../../../e2e/fakes/livechat'
import { FakeSocket } from '../../../e2e/fakes/sockets'

const sounds: string[] = []

test.beforeEach(() => {
  FakeSocket.install()
  sounds.length = 0
  Object.assign(globalThis, {
    Audio: class {
      constructor(private readonly url: string) {}
      async play() {
        sounds.push(this.url)
      }
    },
  })
  Object.defineProperty(globalThis, 'navigator', {
    value: { userActivation: { hasBeenActive: true } },
    configurable: true,
    writable: true,
  })
})

test('messages that come while nobody looks are unread in every tab, until somebody looks', async () => {
  const stage = createFakeDocument({ title: 'Shoes' })
  const browser = createBrowser()
  serve(browser)
  const a = await talk(browser, { server: 'https://chat.example.com', titleBadge: true })
  const { chat, hear, details } = a
  hear('m0')
  expect(chat.unread.value).toBe(0)
  chat.setOpen(false)
  hear('m1')
  hear('m2')
  hear('mine', 'x', { token: a.core.visitor.current()!.token, u: { _id: 'v1', username: 'guest-19' } })
  hear('note', 'ana', { t: 'ul' })
  expect(chat.unread.value).toBe(2)
  expect(document.title).toBe('(2) Shoes')
  expect(details('unread').at(-1)).toEqual({ count: 2 })
  chat.setOpen(true)
  expect(chat.unread.value).toBe(0)
  expect(document.title).toBe('Shoes')
  a.fire('hidden')
  hear('m3')
  expect(chat.unread.value).toBe(1)
  await settled()
  const b = await begin(browser)
  b.chat.setOpen(true)
  FakeSocket.last().accept()
  FakeSocket.last().ready()
  await settled()
  FakeSocket.last().changed('stream-room-messages', 'room1', streamed(message('m4', startMs + 900_000, 'x')))
  await settled()
  expect(b.chat.unread.value).toBe(0)
  expect(a.chat.unread.value).toBe(0)
  stage.leave()
})

test('a message that was seen is not unread on the next page', async () => {
  const browser = createBrowser()
  const { stored } = serve(browser)
  const { chat, hear } = await talk(browser)
  hear('m1')
  stored.push(
    message('m1', chat.messages.value.at(-1)!.at, 'm1'),
    message('m2', chat.messages.value.at(-1)!.at + 1, 'm2'),
  )
  await settled()
  const next = await begin(browser)
  FakeSocket.last().accept()
  FakeSocket.last().ready()
  await settled()
  expect(next.chat.messages.value).toHaveLength(3)
  expect(next.chat.unread.value).toBe(1)
})

test('an edit of a message that was seen is not unread', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat, hear } = await talk(browser)
  hear('m1')
  const { at } = chat.messages.value.at(-1)!
  chat.setOpen(false)
  FakeSocket.last().changed(
    'stream-room-messages',
    'room1',
    streamed({
      ...message('m1', at, 'changed'),
      editedAt: new Date(at + 500).toISOString(),
      _updatedAt: new Date(at + 500).toISOString(),
    }),
  )
  expect(chat.messages.value.at(-1)).toMatchObject({ text: 'changed', edited: true })
  expect(chat.unread.value).toBe(0)
  await settled()
  expect(sounds).toEqual([])
})

test('a new message plays one sound in all tabs together, when nobody looks and the chat is not muted', async () => {
  const browser = createBrowser()
  serve(browser)
  const a = await talk(browser)
  const b = await begin(browser)
  const [first] = FakeSocket.all
  FakeSocket.last().accept()
  FakeSocket.last().ready()
  await settled()
  const both = (id: string) => {
    const one = streamed(message(id, laterMs(), id))
    FakeSocket.open().forEach((socket) => socket.changed('stream-room-messages', 'room1', one))
  }
  expect(FakeSocket.open()).toContain(first)
  expect(FakeSocket.open()).toHaveLength(2)
  a.chat.setOpen(false)
  both('m1')
  await settled()
  expect(sounds).toEqual(['https://chat.example.com/sounds/chime.mp3'])
  b.chat.setMuted(true)
  await settled()
  expect(a.chat.muted.value).toBe(true)
  both('m2')
  await settled()
  expect(sounds).toHaveLength(1)
  a.chat.setMuted(false)
  await settled()
  a.chat.setOpen(true)
  b.chat.setOpen(true)
  both('m3')
  await settled()
  expect(sounds).toHaveLength(1)
  expect((await begin(browser)).chat.muted.value).toBe(false)
})

test('before the first gesture, and where the host wants none, there is no sound', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat, hear } = await talk(browser, { server: 'https://chat.example.com', sound: false })
  chat.setOpen(false)
  hear('m1')
  await settled()
  expect(sounds).toEqual([])
  const other = createBrowser()
  serve(other)
  const { chat: silentChat, hear: hearOther } = await talk(other)
  silentChat.setOpen(false)
  Object.defineProperty(globalThis, 'navigator', {
    value: { userActivation: { hasBeenActive: false } },
    configurable: true,
    writable: true,
  })
  hearOther('m1')
  await settled()
  expect(sounds).toEqual([])
})
