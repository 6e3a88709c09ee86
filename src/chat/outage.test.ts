import { expect, test } from 'playwright/test'
import { begin } from '../../e2e/fakes/chatting'
import { createBrowser, createManualClock, refused, settled, silent } from '../../e2e/fakes/core'
import { serve } from '../../e2e/fakes/livechat'
import { FakeSocket } from '../../e2e/fakes/sockets'

test.beforeEach(() => FakeSocket.install())

const everyCall = /^(GET|POST) livechat\//

test('while the server does not answer, each call that registers is refused, and all that they said is told later', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser)
  browser.reply(everyCall, silent)
  const { visitor } = browser.tab().core
  const codeOf = (promise: Promise<unknown>) => promise.then(Object, ({ code }: { code: string }) => code)
  expect(await codeOf(visitor.register({ name: 'Ada' }))).toBe('unreachable')
  // The lane waits by now, and its next question is no registration.
  expect(await codeOf(visitor.register({ email: 'ada@example.com' }))).toBe('unreachable')
  await clock.advance(5000)
  const third = codeOf(visitor.register({ phone: '7' }))
  // It may have come while the server is asked whether it is there.
  await clock.advance(30_000)
  expect(await third).toBe('unreachable')
  serve(browser)
  await clock.advance(120_000)
  expect(browser.bodies('POST livechat/visitor').at(-1)).toMatchObject({
    visitor: { name: 'Ada', email: 'ada@example.com', phone: '7' },
  })
})

test('a message that nobody answers shows that the server is gone, though its settings have only just come', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser)
  const { chat, states } = await begin(browser)
  chat.setOpen(true)
  await settled()
  expect(chat.connection.value.state).toBe('idle')
  // Settings of this very millisecond would be new enough for any question.
  await clock.advance(1000)
  browser.reply(everyCall, silent)
  await chat.send('Hello')
  await settled()
  expect(chat.connection.value).toMatchObject({ state: 'waiting', retryAtMs: expect.any(Number) })
  await clock.advance(20_000)
  expect([chat.connection.value.state, states()]).toEqual(['waiting', ['sending']])
  serve(browser)
  await clock.advance(120_000)
  expect(states()).toEqual(['sent'])
  expect(chat.connection.value.state).not.toBe('waiting')
})

test('an outage that was noticed before the panel opened is shown when it opens, though the settings are new', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser)
  const { chat } = await begin(browser)
  await clock.advance(1000)
  browser.reply(everyCall, silent)
  // Nobody looks yet: the server is asked, and is not asked again.
  chat.checkServer()
  await settled()
  expect(chat.connection.value.state).toBe('idle')
  chat.setOpen(true)
  await settled()
  expect(chat.connection.value).toMatchObject({ state: 'waiting', retryAtMs: expect.any(Number) })
})

test('a first message waits while the server fails to register the visitor, and is sent when it can', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser)
  browser.reply('POST livechat/visitor', { ...refused('error-internal', 500) })
  const { chat, states } = await begin(browser)
  chat.setOpen(true)
  await chat.send('Hello')
  await clock.advance(5000)
  expect(states()).toEqual(['sending'])
  serve(browser)
  await clock.advance(120_000)
  expect(states()).toEqual(['sent'])
})
