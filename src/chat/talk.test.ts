import { expect, test } from 'playwright/test'
import { createBrowser, createManualClock, limited, refused, settled, silent, type Browser } from '../../e2e/fakes/core'
import { message, serve, streamed } from '../../e2e/fakes/livechat'
import { FakeSocket } from '../../e2e/fakes/sockets'
import type { Options } from '../options'
import { createChat } from './index'

const startMs = 1_700_000_000_000

const begin = async (browser: Browser, options?: Options) => {
  const tab = browser.tab(options)
  const chat = createChat(tab.core)
  await settled()
  return { ...tab, chat, texts: () => chat.messages.value.filter(({ note }) => !note).map(({ text }) => text), states: () => chat.messages.value.map(({ state }) => state) }
}

const connect = async () => {
  FakeSocket.last().accept()
  FakeSocket.last().ready()
  await settled()
}

/** A conversation with a first message, and a socket. */
const talk = async (browser: Browser, options?: Options) => {
  const tab = await begin(browser, options)
  tab.chat.setOpen(true)
  await tab.chat.send('first')
  await settled()
  await connect()
  return tab
}

test.beforeEach(() => FakeSocket.install())

test('a message is shown at once, registers, makes the room, and is sent', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat, states, details } = await begin(browser)
  chat.setOpen(true)
  await settled()
  expect(browser.count('GET livechat/room')).toBe(0)
  const sent = chat.send('  Hello *you*  ')
  expect(states()).toEqual(['sending'])
  expect(chat.messages.value[0]).toMatchObject({ from: 'visitor', text: 'Hello *you*', body: [{ kind: 'paragraph' }] })
  await sent
  await settled()
  expect(states()).toEqual(['sent'])
  expect(chat.messages.value[0]!.body).toMatchObject([{ kind: 'paragraph', inlines: [{ kind: 'text' }, { kind: 'bold' }] }])
  expect(browser.calls.map(({ verb }) => verb).filter((verb) => /visitor|room|livechat\/message$/.test(verb))).toEqual(['POST livechat/visitor', 'GET livechat/room', 'POST livechat/message'])
  const body = browser.bodies('POST livechat/message')[0]!
  expect(Object.keys(body).sort()).toEqual(['_id', 'msg', 'rid', 'token'])
  expect(body._id).toMatch(/^\w{17}$/)
  expect(details('chat-start')).toEqual([{ roomId: 'room1' }])
  expect(details('message')).toMatchObject([{ from: 'visitor', text: 'Hello *you*' }])
  expect(FakeSocket.all).toHaveLength(1)
})

test('messages written in a row leave in that order, each once', async () => {
  const browser = createBrowser()
  const { stored } = serve(browser)
  const { chat, texts } = await begin(browser)
  await Promise.all(['a', 'b', 'c', 'd'].map((text) => chat.send(text)))
  await settled()
  expect(stored.map(({ msg }) => msg)).toEqual(['a', 'b', 'c', 'd'])
  expect(texts()).toEqual(['a', 'b', 'c', 'd'])
  expect(browser.count('POST livechat/message')).toBe(4)
})

test('an empty message is none', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await begin(browser)
  await chat.send('  \n ')
  await settled()
  expect(chat.messages.value).toEqual([])
})

test('what was stored although its answer was lost is found, and not sent twice', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  const { stored } = serve(browser)
  const { chat, states } = await talk(browser)
  browser.reply('POST livechat/message', ({ body }) => {
    const { _id, msg, rid, token } = body as Record<string, string>
    if (stored.some((one) => one._id === _id)) return refused('Cannot convert undefined or null to object')
    stored.push(message(_id!, startMs + 5000, msg!, { rid, token, u: { _id: 'v1', username: 'guest-19' } }))
    return silent
  })
  browser.reply(/^GET livechat\/message\//, () => ({ message: stored.at(-1) }))
  await chat.send('once')
  await settled()
  expect(states()).toEqual(['sent', 'sending'])
  await clock.advance(10_000)
  expect(states()).toEqual(['sent', 'sent'])
  expect(stored.map(({ msg }) => msg)).toEqual(['first', 'once'])
})

test('a refusal the server does not document is believed only when the message is not there', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat, states } = await talk(browser)
  browser.reply('POST livechat/message', refused('error-app-prevented-sending'))
  await chat.send('no')
  await settled()
  expect(states()).toEqual(['sent', 'failed'])
  expect(chat.messages.value.at(-1)?.failure).toEqual({ code: 'error-app-prevented-sending', says: 'error-app-prevented-sending' })
})

test('a failed message can be sent again or given up, and is still there after a reload', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await talk(browser)
  browser.reply('POST livechat/message', refused('message-length-exceeds-character-limit'))
  await chat.send('long')
  await chat.send('longer')
  await settled()
  const next = await begin(browser)
  expect(next.chat.messages.value.filter(({ state }) => state === 'failed').map(({ text }) => text)).toEqual(['long', 'longer'])
  const [long, longer] = next.chat.messages.value.filter(({ state }) => state === 'failed')
  next.chat.discard(longer!.id)
  browser.reply('POST livechat/message', ({ body }) => ({ message: message((body as { _id: string })._id, startMs + 9000, 'long', { token: 'x', u: { _id: 'v1', username: 'guest-19' } }) }))
  next.chat.retry(long!.id)
  await settled()
  expect(next.chat.messages.value.map(({ text, state }) => [text, state])).toEqual([['long', 'sent']])
  expect(browser.bodies('POST livechat/message').at(-1)!._id).toBe(long!.id)
  const last = await begin(browser)
  expect(last.chat.messages.value.filter(({ state }) => state !== 'sent')).toEqual([])
})

test('too many requests are waited out for as long as the server says, and the wait is told', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  const { stored } = serve(browser)
  const { chat, texts, details } = await talk(browser)
  let refusals = 1
  const store = ({ body }: { body?: unknown }) => {
    if (refusals-- > 0) return limited(37)
    const { _id, msg, token } = body as Record<string, string>
    const said = message(_id!, clock.now() + stored.length, msg!, { token, u: { _id: 'v1', username: 'guest-19' } })
    stored.push(said)
    return { message: said }
  }
  browser.reply('POST livechat/message', store)
  await chat.send('a')
  await chat.send('b')
  await settled()
  expect(chat.connection.value).toEqual({ state: 'waiting', limited: true, retryAtMs: clock.now() + 37_000 })
  const before = browser.count('POST livechat/message')
  await clock.advance(36_000)
  expect(browser.count('POST livechat/message')).toBe(before)
  await clock.advance(2000)
  expect(stored.map(({ msg }) => msg)).toEqual(['first', 'a', 'b'])
  expect(texts()).toEqual(['first', 'a', 'b'])
  expect(chat.connection.value.state).not.toBe('waiting')
  expect(details('connection').map(({ state }) => state)).toContain('waiting')
})

test('messages written without a network wait, survive the page, and leave in order', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  const { stored } = serve(browser)
  const off = /^(GET|POST) livechat\/(visitor|room|message|config)/
  browser.reply(off, silent)
  const first = await begin(browser)
  await first.chat.send('one')
  await first.chat.send('two')
  await settled()
  first.chat.destroy()
  first.stop()
  const next = await begin(browser)
  expect(next.chat.messages.value.map(({ text, state }) => [text, state])).toEqual([
    ['one', 'sending'],
    ['two', 'sending'],
  ])
  serve(browser)
  const { stored: there } = serve(browser)
  await clock.advance(120_000)
  expect([...stored, ...there].map(({ msg }) => msg)).toEqual(['one', 'two'])
  expect(next.texts()).toEqual(['one', 'two'])
  expect(next.states()).toEqual(['sent', 'sent'])
})

test('what one tab has said and cannot send yet is shown in the other', async () => {
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

test('two tabs that send the first message at once make one room, and show the same', async () => {
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

test('a message to a room that was closed meanwhile is not sent, and begins a new chat when asked', async () => {
  const browser = createBrowser()
  const { state } = serve(browser)
  const { chat } = await talk(browser)
  state.room = undefined
  browser.reply('POST livechat/message', refused('room-closed'))
  await chat.send('still there?')
  await settled()
  expect(chat.stage.value).toBe('finished')
  expect(chat.messages.value.at(-1)).toMatchObject({ text: 'still there?', state: 'failed', failure: { code: 'room-closed' } })
  expect(browser.count('GET livechat/room')).toBe(1)
  browser.reply('POST livechat/message', ({ body }) => {
    const { _id, msg, rid, token } = body as Record<string, string>
    return { message: message(_id!, startMs + 90_000, msg!, { rid, token, u: { _id: 'v1', username: 'guest-19' } }) }
  })
  chat.retry(chat.messages.value.at(-1)!.id)
  await settled()
  expect(chat.room.value).toEqual({ id: 'room2', open: true })
  expect(chat.messages.value.map(({ text, state }) => [text, state])).toEqual([['still there?', 'sent']])
})

test('a first message that meets a closed room begins another', async () => {
  const browser = createBrowser()
  const { state } = serve(browser)
  const { chat } = await begin(browser)
  let closed = true
  const take = ({ body }: { body?: unknown }) => {
    const { _id, msg, rid, token } = body as Record<string, string>
    if (closed) {
      closed = false
      state.room = undefined
      return refused('room-closed')
    }
    return { message: message(_id!, startMs + 90_000, msg!, { rid, token, u: { _id: 'v1', username: 'guest-19' } }) }
  }
  browser.reply('POST livechat/message', take)
  await chat.send('Hello')
  await settled()
  expect(chat.room.value).toEqual({ id: 'room2', open: true })
  expect(chat.messages.value.map(({ text, state: sent }) => [text, sent])).toEqual([['Hello', 'sent']])
})

test('a message that was stored before its room was closed is found there', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  const { state, stored } = serve(browser)
  const { chat, core } = await talk(browser)
  browser.reply('POST livechat/message', ({ body }) => {
    const { _id, msg, rid, token } = body as Record<string, string>
    stored.push(message(_id!, startMs + 5000, msg!, { rid, token, u: { _id: 'v1', username: 'guest-19' } }))
    return silent
  })
  browser.reply(/^GET livechat\/message\//, () => ({ message: stored.at(-1) }))
  await chat.send('bye')
  await settled()
  state.room = undefined
  await core.visitor.setRoom(undefined)
  await settled()
  await chat.startNew()
  expect(chat.messages.value).toMatchObject([{ text: 'bye', state: 'sending' }])
  await clock.advance(10_000)
  expect(chat.messages.value).toMatchObject([{ text: 'bye', state: 'sent' }])
  expect(browser.bodies('POST livechat/message')).toHaveLength(2)
  expect(browser.count('GET livechat/room')).toBe(1)
})

test('no agents online is a failure that can be retried, and the stage follows', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser)
  const { chat } = await begin(browser)
  await clock.advance(1000)
  browser.reply(/^GET livechat\/room$/, refused('Sorry, no online agents [no-agent-online]'))
  serveOffline(browser)
  await chat.send('anyone?')
  await settled()
  expect(chat.messages.value[0]).toMatchObject({ state: 'failed', failure: { code: 'no-agent-online' } })
  expect(chat.online.value).toBe(false)
})

const serveOffline = (browser: Browser) => browser.reply('GET livechat/config', { config: { enabled: true, online: false } })

test('live messages, their edits and their deletion arrive by the socket', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat, details } = await talk(browser)
  const socket = FakeSocket.last()
  const hello = message('m1', startMs + 60_000, 'Hello')
  socket.changed('stream-room-messages', 'room1', streamed(hello))
  expect(chat.messages.value.at(-1)).toMatchObject({ id: 'm1', from: 'agent', text: 'Hello', author: { name: 'Ana', avatarUrl: 'https://chat.example.com/avatar/ana' } })
  socket.changed('stream-room-messages', 'room1', streamed({ ...hello, msg: 'Hello!', editedAt: hello.ts, _updatedAt: new Date(startMs + 61_000).toISOString() }))
  expect(chat.messages.value.at(-1)).toMatchObject({ text: 'Hello!', edited: true })
  socket.changed('stream-room-messages', 'room1', streamed(hello))
  expect(chat.messages.value.at(-1)).toMatchObject({ text: 'Hello!' })
  socket.changed('stream-notify-room', 'room1/deleteMessage', { _id: 'm1' })
  expect(chat.messages.value.at(-1)).toMatchObject({ deleted: true, text: '' })
  expect(details('message').filter(({ from }) => from === 'agent')).toEqual([{ id: 'm1', from: 'agent', text: 'Hello', at: startMs + 60_000 }])
})

test('messages are in the order of their time, then of their id, however they arrive', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await talk(browser)
  const socket = FakeSocket.last()
  for (const [id, at] of [['c', 30_000], ['b', 20_000], ['a2', 10_000], ['a1', 10_000], ['d', 40_000]] as const) socket.changed('stream-room-messages', 'room1', streamed(message(id, startMs + 60_000 + at, id)))
  expect(chat.messages.value.map(({ id }) => id).slice(1)).toEqual(['a1', 'a2', 'b', 'c', 'd'])
})

test('the echo of an own message is the message', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat, states } = await talk(browser)
  browser.reply('POST livechat/message', ({ body }) => {
    const { _id, msg, token } = body as Record<string, string>
    FakeSocket.last().changed('stream-room-messages', 'room1', streamed(message(_id!, startMs + 70_000, msg!, { token, u: { _id: 'v1', username: 'guest-19' } })))
    return silent
  })
  await chat.send('echo')
  await settled()
  expect(states()).toEqual(['sent', 'sent'])
})

test('after a reconnect what was missed is there, and nothing twice', async () => {
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
  expect(details('message').map(({ id }) => id).slice(1)).toEqual(['m1', 'm2'])
  expect(chat.connection.value.state).toBe('live')
})

test('a whole page of strangers after a long absence leaves no hole', async () => {
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

test('older messages come by pages, and those of the same moment are not lost', async () => {
  const browser = createBrowser()
  const { stored, state } = serve(browser)
  state.room = 'room1'
  for (let n = 0; n < 120; n++) stored.push(message(`x${String(n).padStart(3, '0')}`, startMs - 1_000_000 + Math.floor((n + 1) / 2) * 1000, `x${n}`))
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

test('agent, status and queue follow the stream of the room', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat, details } = await talk(browser)
  const socket = FakeSocket.last()
  socket.changed('stream-livechat-room', 'room1', { type: 'queueData', data: { spot: 2, estimatedWaitTimeSeconds: 180 } })
  expect(chat.queue.value).toMatchObject({ spot: 2, waitSeconds: 180 })
  socket.changed('stream-livechat-room', 'room1', { type: 'agentData', data: { _id: 'a1', name: 'Ana', username: 'ana', status: 'online' } })
  expect(chat.agent.value).toMatchObject({ name: 'Ana', status: 'online' })
  expect(chat.queue.value).toBeUndefined()
  socket.changed('stream-livechat-room', 'room1', { type: 'agentStatus', status: 'away' })
  socket.changed('stream-livechat-room', 'room1', { type: 'agentData' })
  expect(chat.agent.value).toBeUndefined()
  expect(details('agent')).toEqual([{ name: 'Ana', username: 'ana', status: 'online' }, { name: 'Ana', username: 'ana', status: 'away' }, undefined])
})

test('an answer asked for before the agent came does not send the agent away', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await begin(browser)
  await chat.send('first')
  await settled()
  let answer = (_: Record<string, unknown>) => {}
  browser.reply('GET livechat/config', () => new Promise((resolve) => (answer = resolve)))
  await connect()
  FakeSocket.last().changed('stream-livechat-room', 'room1', { type: 'agentData', data: { _id: 'a1', name: 'Ana', username: 'ana', status: 'online' } })
  answer({ config: { enabled: true, online: true, room: { _id: 'room1', open: true } } })
  await settled()
  expect(chat.agent.value?.name).toBe('Ana')
})

test('a hidden agent has neither name nor face', async () => {
  const browser = createBrowser()
  serve(browser, { agent: { hiddenInfo: true } }, { agentHiddenInfo: true })
  const { chat } = await talk(browser)
  FakeSocket.last().changed('stream-room-messages', 'room1', streamed(message('m1', startMs + 60_000, 'Hello')))
  FakeSocket.last().changed('stream-notify-room', 'room1/user-activity', 'ana', ['user-typing'])
  expect(chat.messages.value.at(-1)?.author).toEqual({ username: '', name: '', hidden: true })
  expect(chat.typing.value).toEqual([])
})

test('a close by the agent ends the chat in every tab', async () => {
  const browser = createBrowser()
  const { state } = serve(browser)
  const a = await talk(browser)
  const b = await begin(browser)
  state.room = undefined
  FakeSocket.all[0]!.changed('stream-room-messages', 'room1', streamed(message('end', startMs + 60_000, 'Bye', { t: 'livechat-close' })))
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

test('a config that was asked for before does not bring back a room that has ended', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  const { state } = serve(browser)
  const { chat } = await talk(browser)
  browser.reply('POST livechat/room.close', () => {
    state.room = undefined
    return { rid: 'room1' }
  })
  const asked = clock.now()
  await clock.advance(1000)
  await chat.finish()
  await chat.startNew()
  browser.values.set('config', { at: asked, config: { enabled: true, online: true, room: { _id: 'room1', open: true } } })
  chat.setOpen(false)
  chat.setOpen(true)
  await settled()
  expect(chat.room.value).toBeUndefined()
})

test('who came while the socket was being opened is there when it stands', async () => {
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

test('the visitor ends the chat; a chat that is over already is over', async () => {
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

test('another tab that is looked at takes over the socket of a hidden one', async () => {
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

test('where websockets are blocked history is asked within the limits, while somebody looks', async () => {
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
  const from = browser.count('messages.history')
  await clock.advance(60_000)
  expect(browser.count('messages.history') - from).toBeLessThanOrEqual(10)
  expect(browser.count('messages.history') - from).toBeGreaterThan(1)
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

test('a reply in a thread is shown with what it replies to', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await talk(browser)
  const own = chat.messages.value[0]!
  const socket = FakeSocket.last()
  socket.changed('stream-room-messages', 'room1', streamed(message('m1', startMs + 60_000, 'near', { tmid: own.id })))
  await settled()
  expect(chat.messages.value.at(-1)?.quotes).toEqual([{ author: 'guest-19', text: 'first' }])
  browser.reply('GET livechat/message/far', { message: message('far', startMs - 60_000, 'long ago') })
  socket.changed('stream-room-messages', 'room1', streamed(message('m2', startMs + 61_000, 'far', { tmid: 'far' })))
  socket.changed('stream-room-messages', 'room1', streamed(message('m3', startMs + 62_000, 'far too', { tmid: 'far' })))
  await settled()
  expect(chat.messages.value.slice(-2).map(({ quotes }) => quotes[0])).toEqual([{ author: 'Ana', text: 'long ago' }, { author: 'Ana', text: 'long ago' }])
  expect(browser.count('GET livechat/message/far')).toBe(1)
})

test('what belongs to another room, or to nobody who talks, is not shown', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await talk(browser)
  const socket = FakeSocket.last()
  const before = chat.messages.value
  for (const more of [{ rid: 'elsewhere' }, { t: 'command', msg: 'connected' }, { t: 'uj' }, { t: 'au' }, { t: 'livechat_navigation_history' }, { t: 'something-new' }, { msg: '' }, { _hidden: true }])
    socket.changed('stream-room-messages', 'room1', streamed(message('m', startMs + 60_000, 'x', more)))
  for (const nonsense of [null, 'x', [], {}, { _id: 3 }]) socket.changed('stream-room-messages', 'room1', nonsense)
  expect(chat.messages.value).toBe(before)
})

test('joining, leaving, moving, holding are notes', async () => {
  const browser = createBrowser()
  serve(browser, {}, { hiddenSystemMessages: [] })
  const { chat } = await talk(browser)
  const say = (id: string, more: Record<string, unknown>) => FakeSocket.last().changed('stream-room-messages', 'room1', streamed(message(id, startMs + 60_000, '', more)))
  say('n1', { t: 'uj', msg: 'ana' })
  say('n2', { t: 'livechat_transfer_history', transferData: { transferredBy: { username: 'ana', name: 'Ana' }, transferredTo: { username: 'ben', name: 'Ben' }, scope: 'agent' } })
  say('n3', { t: 'ul', msg: 'ana' })
  say('n4', { t: 'omnichannel_placed_chat_on_hold', comment: 'a moment' })
  say('n5', { t: 'livechat-started' })
  expect(chat.messages.value.slice(1).map(({ note, from }) => [from, note])).toEqual([
    ['system', { kind: 'joined', name: 'Ana' }],
    ['system', { kind: 'transferred', to: 'Ben', from: 'Ana' }],
    ['system', { kind: 'left', name: 'Ana' }],
    ['system', { kind: 'hold', comment: 'a moment' }],
    ['system', { kind: 'started' }],
  ])
  expect(chat.unread.value).toBe(0)
})

test('files, quotes and protected addresses are shown whole', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat, core } = await talk(browser)
  const attachments = [
    { title: 'cat.png', type: 'file', description: 'a cat', title_link: '/file-upload/F1/cat.png', title_link_download: true, image_url: '/file-upload/F1/cat.png', image_type: 'image/png', image_size: 2048, image_dimensions: { width: 64, height: 48 } },
    { title: 'a.mp3', type: 'file', audio_url: '/file-upload/F2/a.mp3', audio_type: 'audio/mpeg', audio_size: 3 },
    { title: 'b.pdf', type: 'file', title_link: '/file-upload/F3/b.pdf' },
    { title: 'evil', type: 'file', title_link: 'javascript:alert(1)' },
    { message_link: 'https://chat.example.com/live/room1?msg=m0', author_name: 'guest-19', text: 'what was said', ts: '2023-03-30T16:58:11.899Z' },
  ]
  FakeSocket.last().changed('stream-room-messages', 'room1', streamed(message('m1', startMs + 60_000, '[ ](https://chat.example.com/live/room1?msg=m0) see', { attachments, files: [{ _id: 'F3', name: 'b.pdf', type: 'application/pdf', size: 99 }] })))
  const shown = chat.messages.value.at(-1)!
  const token = core.visitor.current()!.token
  const secret = `?rc_room_type=l&rc_rid=room1&rc_token=${token}`
  expect(shown.text).toBe('see')
  expect(shown.files).toEqual([
    { kind: 'image', name: 'cat.png', url: `https://chat.example.com/file-upload/F1/cat.png${secret}`, type: 'image/png', sizeBytes: 2048, width: 64, height: 48, description: 'a cat' },
    { kind: 'audio', name: 'a.mp3', url: `https://chat.example.com/file-upload/F2/a.mp3${secret}`, type: 'audio/mpeg', sizeBytes: 3, width: undefined, height: undefined, description: undefined },
    { kind: 'file', name: 'b.pdf', url: `https://chat.example.com/file-upload/F3/b.pdf${secret}`, type: 'application/pdf', sizeBytes: 99, width: undefined, height: undefined, description: undefined },
  ])
  expect(shown.quotes).toEqual([{ author: 'guest-19', text: 'what was said' }])
})

test('2,000 messages are taken in at a blow, and one more moves no other', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await talk(browser)
  const socket = FakeSocket.last()
  for (let n = 0; n < 2000; n++) socket.changed('stream-room-messages', 'room1', streamed(message(`x${n}`, startMs + 60_000 + n, 'x')))
  const before = chat.messages.value
  socket.changed('stream-room-messages', 'room1', streamed(message('last', startMs + 90_000, 'last')))
  expect(chat.messages.value).toHaveLength(2002)
  expect(chat.messages.value.slice(0, -1).every((one, index) => one === before[index])).toBe(true)
})

test('destroyed, it leaves nothing behind', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser)
  const tab = await talk(browser)
  tab.chat.typed()
  tab.chat.setDraft('x')
  tab.chat.destroy()
  tab.stop()
  await settled()
  const asked = browser.calls.length
  const sockets = FakeSocket.all.length
  for (const event of ['hidden', 'visible', 'online', 'restore'] as const) tab.fire(event)
  tab.go('https://shop.example/')
  await clock.advance(600_000)
  expect(FakeSocket.all).toHaveLength(sockets)
  expect(FakeSocket.open()).toHaveLength(0)
  expect(browser.calls).toHaveLength(asked)
  expect(clock.pending()).toEqual([])
  expect(tab.errors).toEqual([])
})
