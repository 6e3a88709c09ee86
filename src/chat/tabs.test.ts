import { expect, test } from 'playwright/test'
import { begin, connect, talk } from '../../e2e/fakes/chatting'
import { createBrowser, settled, silent } from '../../e2e/fakes/core'
import { serve } from '../../e2e/fakes/livechat'
import { FakeSocket } from '../../e2e/fakes/sockets'

test.beforeEach(() => FakeSocket.install())

test('a message that one tab cannot send yet is shown in the other', async () => {
  const browser = createBrowser()
  serve(browser)
  const a = await talk(browser)
  const b = await begin(browser)
  browser.reply('POST livechat/message', silent)
  await a.chat.send('waiting')
  await settled()
  expect(b.chat.messages.value.at(-1)).toMatchObject({ text: 'waiting', state: 'sending' })
  a.chat.discard(a.chat.messages.value.at(-1)!.id)
  await settled()
  expect(b.chat.messages.value.some(({ text }) => text === 'waiting')).toBe(false)
})

test('two tabs that send a first message at once make one room, and show the same messages', async () => {
  const browser = createBrowser()
  const { state } = serve(browser)
  const a = await begin(browser)
  const b = await begin(browser)
  await Promise.all([a.chat.send('from a'), b.chat.send('from b')])
  await settled()
  expect(state.rooms).toBe(1)
  expect(browser.count('GET livechat/room')).toBe(1)
  expect(a.texts().sort()).toEqual(['from a', 'from b'])
  expect(b.texts()).toEqual(a.texts())
  expect(b.states()).toEqual(['sent', 'sent'])
  expect(browser.count('POST livechat/message')).toBe(2)
})

test('a tab that is looked at takes over the websocket of a hidden one', async () => {
  const browser = createBrowser()
  serve(browser)
  const a = await talk(browser)
  a.fire('hidden')
  await settled()
  expect(FakeSocket.open()).toHaveLength(1)
  const b = await begin(browser)
  await connect()
  await settled()
  expect(FakeSocket.open()).toHaveLength(1)
  b.fire('hidden')
  a.fire('visible')
  await settled()
  await connect()
  expect(FakeSocket.open()).toHaveLength(1)
  expect(a.chat.connection.value.state).toBe('live')
})
