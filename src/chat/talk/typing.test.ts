import { expect, test } from 'playwright/test'
import { talk } from '../../../e2e/fakes/chatting'
import { createBrowser, createManualClock } from '../../../e2e/fakes/core'
import { serve } from '../../../e2e/fakes/livechat'
import { FakeSocket } from '../../../e2e/fakes/sockets'

test.beforeEach(() => FakeSocket.install())

test('the visitor’s typing is reported at most every 4.5 s, and ends 5 s after the last key or with the message', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser)
  const { chat, core } = await talk(browser)
  const token = core.visitor.current()!.token
  const current = () =>
    FakeSocket.last()
      .methods()
      .filter(([event]) => event === 'room1/user-activity')
  const start = ['room1/user-activity', 'guest-19', ['user-typing'], { token }]
  const stop = ['room1/user-activity', 'guest-19', [], { token }]
  for (let key = 0; key < 5; key++) {
    chat.typed()
    await clock.advance(1000)
  }
  expect(current()).toEqual([start])
  chat.typed()
  expect(current()).toEqual([start, start])
  await clock.advance(5000)
  expect(current()).toEqual([start, start, stop])
  await clock.advance(20_000)
  expect(current()).toHaveLength(3)
  chat.typed()
  await chat.send('x')
  expect(current().slice(3)).toEqual([start, stop])
})

test('both dialects of typing are used until the agent has typed, then only the server’s own', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await talk(browser)
  chat.typed()
  expect(
    FakeSocket.last()
      .methods()
      .map(([event]) => event),
  ).toEqual(['room1/user-activity', 'room1/typing'])
  FakeSocket.last().changed('stream-notify-room', 'room1/typing', 'ana', true)
  expect(chat.typing.value).toEqual(['ana'])
  await chat.send('x')
  expect(FakeSocket.last().methods().at(-1)).toMatchObject(['room1/typing', 'guest-19', false, {}])
  expect(FakeSocket.last().methods()).toHaveLength(3)
})

test('the agent is shown as typing until they stop, send the message or have gone; the visitor is not', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser, { agent: { username: 'ana', name: 'Ana' } })
  const { chat, hear } = await talk(browser)
  const types = (...args: unknown[]) => FakeSocket.last().changed('stream-notify-room', 'room1/user-activity', ...args)
  types('guest-19', ['user-typing'])
  expect(chat.typing.value).toEqual([])
  FakeSocket.last().changed('stream-livechat-room', 'room1', {
    type: 'agentData',
    data: { username: 'ana', name: 'Ana' },
  })
  types('ana', ['user-typing'])
  expect(chat.typing.value).toEqual(['Ana'])
  types('ana', [])
  expect(chat.typing.value).toEqual([])
  types('ana', ['user-typing'])
  hear('m1')
  expect(chat.typing.value).toEqual([])
  types('ana', ['user-typing'])
  await clock.advance(20_000)
  expect(chat.typing.value).toEqual([])
})
