import { expect, test } from 'playwright/test'
import { connect, talk } from '../../../../e2e/fakes/chatting'
import { createBrowser, createManualClock, settled } from '../../../../e2e/fakes/core'
import { message, serve, streamed } from '../../../../e2e/fakes/livechat'
import { FakeSocket } from '../../../../e2e/fakes/sockets'

test.beforeEach(() => FakeSocket.install())

const echo = (stored: Record<string, unknown>[]) =>
  FakeSocket.last().changed('stream-room-messages', 'room1', streamed(stored.at(-1)!))

test('a message that the socket does not bring opens another socket, which fetches what was missed', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  const { stored } = serve(browser)
  const { chat, texts } = await talk(browser)
  await chat.send('two')
  await settled()
  stored.push(message('m9', clock.now(), 'not heard'))
  await clock.advance(7000)
  expect([FakeSocket.all.length, chat.connection.value.state]).toEqual([1, 'live'])
  await clock.advance(1500)
  expect(chat.connection.value.state).toBe('waiting')
  await clock.advance(5000)
  await connect()
  expect([FakeSocket.all.length, chat.connection.value.state]).toEqual([2, 'live'])
  expect(texts()).toContain('not heard')
})

test('a message that comes back keeps the socket, be it before or after the answer', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  const { stored } = serve(browser)
  const { chat } = await talk(browser)
  await chat.send('two')
  await settled()
  echo(stored)
  browser.reply('POST livechat/message', ({ body }) => {
    const { _id, msg, token } = body as Record<string, string>
    const saved = message(_id!, clock.now(), msg!, { token, u: { _id: 'v1', username: 'guest-19' } })
    stored.push(saved)
    echo(stored)
    return { message: saved }
  })
  await chat.send('three')
  await settled()
  await clock.advance(20_000)
  expect([FakeSocket.all.length, chat.connection.value.state]).toEqual([1, 'live'])
})
