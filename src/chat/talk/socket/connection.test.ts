import { expect, test } from 'playwright/test'
import { begin, connect, startMs, talk } from '../../../../e2e/fakes/chatting'
import { createBrowser, createManualClock, limited, settled } from '../../../../e2e/fakes/core'
import { message, serve, streamed } from '../../../../e2e/fakes/livechat'
import { FakeSocket } from '../../../../e2e/fakes/sockets'

test.beforeEach(() => FakeSocket.install())

test('after a reconnect the messages that were missed are there, and none twice', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  const { stored } = serve(browser)
  const { chat, texts, details } = await talk(browser)
  FakeSocket.last().changed('stream-room-messages', 'room1', streamed(message('m1', startMs + 60_000, 'seen')))
  stored.push(message('m1', startMs + 60_000, 'seen'), message('m2', startMs + 61_000, 'missed'))
  FakeSocket.last().drop()
  await clock.advance(5000)
  await connect()
  expect(texts()).toEqual(['first', 'seen', 'missed'])
  expect(
    details('message')
      .map(({ id }) => id)
      .slice(1),
  ).toEqual(['m1', 'm2'])
  expect(chat.connection.value.state).toBe('live')
})

test('after so long an absence that more than a page was missed, no message is missing', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  const { stored } = serve(browser)
  const { chat, texts } = await talk(browser)
  for (let n = 0; n < 60; n++) stored.push(message(`x${n}`, startMs + 100_000 + n * 1000, `x${n}`))
  FakeSocket.last().drop()
  await clock.advance(5000)
  await connect()
  expect(texts()).toHaveLength(50)
  expect(chat.older.value).toBe('more')
  await chat.loadOlder()
  expect(texts()).toEqual(['first', ...Array.from({ length: 60 }, (_, n) => `x${n}`)])
  expect(chat.older.value).toBe('none')
})

test('older messages come page by page, and none of the same millisecond is lost', async () => {
  const browser = createBrowser()
  const { stored, state } = serve(browser)
  state.room = 'room1'
  for (let n = 0; n < 120; n++)
    stored.push(
      message(`x${String(n).padStart(3, '0')}`, startMs - 1_000_000 + Math.floor((n + 1) / 2) * 1000, `x${n}`),
    )
  const { chat, texts } = await begin(browser)
  chat.setOpen(true)
  await settled()
  await connect()
  expect(texts()).toHaveLength(50)
  expect(chat.older.value).toBe('more')
  await chat.loadOlder()
  await chat.loadOlder()
  expect(texts()).toEqual(Array.from({ length: 120 }, (_, n) => `x${n}`))
  expect(chat.older.value).toBe('none')
})

test('a server that gives the same page again and again is asked for no third one', async () => {
  const browser = createBrowser()
  const { state } = serve(browser)
  state.room = 'room1'
  const page = Array.from({ length: 50 }, (_, n) => message(`x${n}`, startMs + n, `x${n}`)).reverse()
  browser.reply(/^GET livechat\/messages\.history/, { messages: page })
  const { chat } = await begin(browser)
  chat.setOpen(true)
  await settled()
  await connect()
  expect(chat.older.value).toBe('more')
  await chat.loadOlder()
  expect(chat.older.value).toBe('none')
  const pages = browser.count('messages.history')
  await chat.loadOlder()
  expect(browser.count('messages.history')).toBe(pages)
})

test('agent, status and queue follow the stream of the room', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat, details } = await talk(browser)
  const socket = FakeSocket.last()
  socket.changed('stream-livechat-room', 'room1', {
    type: 'queueData',
    data: { spot: 2, estimatedWaitTimeSeconds: 180 },
  })
  expect(chat.queue.value).toMatchObject({ spot: 2, waitSeconds: 180 })
  socket.changed('stream-livechat-room', 'room1', {
    type: 'agentData',
    data: { _id: 'a1', name: 'Ana', username: 'ana', status: 'online' },
  })
  expect(chat.agent.value).toMatchObject({ name: 'Ana', status: 'online' })
  expect(chat.queue.value).toBeUndefined()
  socket.changed('stream-livechat-room', 'room1', { type: 'agentStatus', status: 'away' })
  socket.changed('stream-livechat-room', 'room1', { type: 'agentData' })
  expect(chat.agent.value).toBeUndefined()
  expect(details('agent')).toEqual([
    { name: 'Ana', username: 'ana', status: 'online' },
    { name: 'Ana', username: 'ana', status: 'away' },
    undefined,
  ])
})

test('an answer from before the agent came does not take the agent away', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await begin(browser)
  await chat.send('first')
  await settled()
  let answer = (_: Record<string, unknown>) => {}
  browser.reply('GET livechat/config', () => new Promise((resolve) => (answer = resolve)))
  await connect()
  FakeSocket.last().changed('stream-livechat-room', 'room1', {
    type: 'agentData',
    data: { _id: 'a1', name: 'Ana', username: 'ana', status: 'online' },
  })
  answer({ config: { enabled: true, online: true, room: { _id: 'room1', open: true } } })
  await settled()
  expect(chat.agent.value?.name).toBe('Ana')
})

test('a refused subscription of a room that is open is tried again', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser)
  const { chat } = await talk(browser)
  FakeSocket.last().drop()
  await clock.advance(5000)
  const socket = FakeSocket.last()
  socket.accept()
  socket.hear({ msg: 'nosub', id: socket.subs()[0]!.id, error: { error: 'not-allowed' } })
  await settled()
  expect(chat.room.value).toEqual({ id: 'room1', open: true })
  expect(socket.readyState).toBe(3)
  await clock.advance(5000)
  await connect()
  expect(chat.connection.value.state).toBe('live')
})

test('an agent who came while the socket was being opened is shown once it is live', async () => {
  const browser = createBrowser()
  const { state } = serve(browser)
  const { chat } = await begin(browser)
  await chat.send('first')
  await settled()
  expect(chat.agent.value).toBeUndefined()
  state.agent = { _id: 'a1', name: 'Ana', username: 'ana', status: 'online' }
  await connect()
  expect(chat.agent.value?.name).toBe('Ana')
})

test('in the back/forward cache there is no socket, and afterwards there is one again', async () => {
  const browser = createBrowser()
  const { stored } = serve(browser)
  const { fire, texts } = await talk(browser)
  fire('leave')
  expect(FakeSocket.open()).toHaveLength(0)
  stored.push(message('m1', startMs + 60_000, 'meanwhile'))
  fire('restore')
  await connect()
  expect(texts()).toEqual(['first', 'meanwhile'])
})

test('where websockets are blocked the history is polled within the limits, while somebody looks', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  const { stored } = serve(browser)
  FakeSocket.refuse = true
  const { chat, texts, fire } = await begin(browser)
  chat.setOpen(true)
  await chat.send('first')
  await clock.advance(15_000)
  expect(chat.connection.value.state).toBe('polling')
  stored.push(message('m1', startMs + 60_000, 'by asking'))
  await clock.advance(20_000)
  expect(texts()).toEqual(['first', 'by asking'])
  const askedBefore = browser.count('messages.history')
  await clock.advance(60_000)
  expect(browser.count('messages.history') - askedBefore).toBeLessThanOrEqual(10)
  expect(browser.count('messages.history') - askedBefore).toBeGreaterThan(1)
  browser.reply(/messages\.history/, limited(50))
  const busy = browser.count('messages.history')
  await clock.advance(60_000)
  expect(browser.count('messages.history') - busy).toBeLessThanOrEqual(2)
  fire('hidden')
  const hidden = browser.count('messages.history')
  await clock.advance(300_000)
  expect(browser.count('messages.history')).toBe(hidden)
  FakeSocket.refuse = false
  browser.reply(/messages\.history/, () => ({ messages: stored }))
  fire('visible')
  await connect()
  expect(chat.connection.value.state).toBe('live')
  const live = browser.count('messages.history')
  await clock.advance(60_000)
  expect(browser.count('messages.history')).toBe(live)
})
