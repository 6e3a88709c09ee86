import { expect, test } from 'playwright/test'
import { begin, startMs, talk } from '../../../e2e/fakes/chatting'
import { createBrowser, createManualClock, refused, settled } from '../../../e2e/fakes/core'
import { message, serve, streamed } from '../../../e2e/fakes/livechat'
import { FakeSocket } from '../../../e2e/fakes/sockets'

test.beforeEach(() => FakeSocket.install())

test('a close by the agent ends the chat in every tab', async () => {
  const browser = createBrowser()
  const { state } = serve(browser)
  const a = await talk(browser)
  const b = await begin(browser)
  state.room = undefined
  FakeSocket.all[0]!.changed(
    'stream-room-messages',
    'room1',
    streamed(message('end', startMs + 60_000, 'Bye', { t: 'livechat-close' })),
  )
  await settled()
  for (const { chat, details } of [a, b]) {
    expect(chat.room.value).toEqual({ id: 'room1', open: false })
    expect(chat.stage.value).toBe('finished')
    expect(details('chat-end')).toEqual([{ roomId: 'room1' }])
  }
  expect(a.chat.messages.value.at(-1)?.note).toEqual({ kind: 'closed', comment: 'Bye' })
  expect(FakeSocket.open()).toHaveLength(0)
})

test('a close that was missed is noticed when the subscription is refused', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  const { state } = serve(browser)
  const { chat } = await talk(browser)
  state.room = undefined
  FakeSocket.last().drop()
  await clock.advance(5000)
  const socket = FakeSocket.last()
  socket.accept()
  socket.hear({ msg: 'nosub', id: socket.subs()[0]!.id, error: { error: 'not-allowed' } })
  await settled()
  expect(chat.room.value).toEqual({ id: 'room1', open: false })
  expect(FakeSocket.open()).toHaveLength(0)
})

test('a config from before the end does not bring back a room that has ended', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  const { state } = serve(browser)
  const { chat } = await talk(browser)
  browser.reply('POST livechat/room.close', () => {
    state.room = undefined
    return { rid: 'room1' }
  })
  const fetchedAtMs = clock.now()
  await clock.advance(1000)
  await chat.finish()
  await chat.startNew()
  browser.values.set('config', {
    at: fetchedAtMs,
    config: { enabled: true, online: true, room: { _id: 'room1', open: true } },
  })
  chat.setOpen(false)
  chat.setOpen(true)
  await settled()
  expect(chat.room.value).toBeUndefined()
})

test('the visitor can end the chat, also one that is over already', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await talk(browser)
  browser.reply('POST livechat/room.close', refused('error-not-allowed-to-close-conversation'))
  await expect(chat.finish()).rejects.toMatchObject({ code: 'error-not-allowed-to-close-conversation' })
  expect(chat.stage.value).toBe('talk')
  browser.reply('POST livechat/room.close', refused('room-closed'))
  await chat.finish()
  expect(chat.stage.value).toBe('finished')
})

test('a destroyed chat leaves no socket, timer or call behind', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser)
  const tab = await talk(browser)
  tab.chat.typed()
  tab.chat.setDraft('x')
  tab.chat.destroy()
  tab.stop()
  await settled()
  const callCount = browser.calls.length
  const socketCount = FakeSocket.all.length
  for (const event of ['hidden', 'visible', 'online', 'restore'] as const) tab.fire(event)
  tab.go('https://shop.example/')
  await clock.advance(600_000)
  expect(FakeSocket.all).toHaveLength(socketCount)
  expect(FakeSocket.open()).toHaveLength(0)
  expect(browser.calls).toHaveLength(callCount)
  expect(clock.pending()).toEqual([])
  expect(tab.errors).toEqual([])
})
