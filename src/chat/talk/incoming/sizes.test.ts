import { expect, test } from 'playwright/test'
import { begin, connect, startMs, talk } from '../../../../e2e/fakes/chatting'
import { createBrowser, createManualClock, settled } from '../../../../e2e/fakes/core'
import { message, serve, streamed } from '../../../../e2e/fakes/livechat'
import { FakeSocket } from '../../../../e2e/fakes/sockets'

test.beforeEach(() => FakeSocket.install())

const many = (count: number, more: (n: number) => Record<string, unknown> = () => ({})) =>
  Array.from({ length: count }, (_, n) => message(`x${n}`, startMs - n * 1000, `x${n}`, more(n)))

test('of fifty thousand messages in one answer the latest are taken, and the others when the visitor scrolls up', async () => {
  const browser = createBrowser()
  const { state } = serve(browser)
  state.room = 'room1'
  const stored = many(50_000)
  browser.reply(/messages\.history/, ({ query }) => ({
    messages: stored.filter(({ ts }) => !query?.end || Date.parse(ts as string) < Date.parse(String(query.end))),
  }))
  const { chat, texts } = await begin(browser)
  chat.setOpen(true)
  await settled()
  await connect()
  expect(texts()).toHaveLength(200)
  expect(texts().at(-1)).toBe('x0')
  expect(chat.older.value).toBe('more')
  await chat.loadOlder()
  expect(texts()).toHaveLength(399)
  expect(texts()[0]).toBe('x398')
})

test('of a frame with more messages than anybody writes at once the first are taken', async () => {
  const browser = createBrowser()
  serve(browser)
  const { texts } = await talk(browser)
  FakeSocket.last().changed('stream-room-messages', 'room1', ...many(50_000).map(streamed))
  expect(texts()).toHaveLength(201)
})

test('what replies answer is fetched five times a minute, and otherwise when the visitor asks for it', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  const { state } = serve(browser)
  state.room = 'room1'
  const replies = many(50, (n) => ({ tmid: `parent${n}` }))
  browser.reply(/messages\.history/, () => ({ messages: replies }))
  browser.reply(/^GET livechat\/message\//, () => ({ message: message('parent', startMs - 1e9, 'the question') }))
  const { chat } = await begin(browser)
  chat.setOpen(true)
  await settled()
  await connect()
  const asked = () => browser.count('GET livechat/message/')
  const find = (id: string) => chat.messages.value.find((one) => one.id === id)
  expect(asked()).toBe(5)
  expect(chat.messages.value.filter(({ quotes }) => quotes.length)).toHaveLength(5)
  expect(chat.messages.value.filter(({ unfetchedParentId }) => unfetchedParentId)).toHaveLength(45)
  expect(find('x49')).toMatchObject({ quotes: [], unfetchedParentId: 'parent49' })
  chat.showQuote('x49')
  await settled()
  expect(asked()).toBe(6)
  expect(find('x49')).toMatchObject({ quotes: [{ text: 'the question' }], unfetchedParentId: undefined })
  await clock.advance(61_000)
  replies.unshift(message('later', clock.now(), 'later', { tmid: 'another' }))
  FakeSocket.last().changed('stream-room-messages', 'room1', streamed(replies[0]!))
  await settled()
  expect(find('later')).toMatchObject({ quotes: [{ text: 'the question' }] })
})
