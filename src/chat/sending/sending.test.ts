import { expect, test } from 'playwright/test'
import { begin, startMs, talk } from '../../../e2e/fakes/chatting'
import {
  createBrowser,
  createManualClock,
  limited,
  refused,
  settled,
  silent,
  type Browser,
} from '../../../e2e/fakes/core'
import { message, serve } from '../../../e2e/fakes/livechat'
import { FakeSocket } from '../../../e2e/fakes/sockets'

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
  expect(chat.messages.value[0]!.body).toMatchObject([
    { kind: 'paragraph', inlines: [{ kind: 'text' }, { kind: 'bold' }] },
  ])
  expect(browser.calls.map(({ verb }) => verb).filter((verb) => /visitor|room|livechat\/message$/.test(verb))).toEqual([
    'POST livechat/visitor',
    'GET livechat/room',
    'POST livechat/message',
  ])
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

test('an empty message is not sent', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await begin(browser)
  await chat.send('  \n ')
  await settled()
  expect(chat.messages.value).toEqual([])
})

test('a message whose answer was lost is looked for at the server, and not stored twice', async () => {
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

test('where the server cannot be asked for one message, its history tells whether it has it', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  const { stored } = serve(browser)
  const { chat, states } = await talk(browser)
  browser.reply('POST livechat/message', ({ body }) => {
    const { _id, msg, rid, token } = body as Record<string, string>
    if (msg === 'never') return refused('')
    if (stored.some((one) => one._id === _id)) return refused('')
    stored.push(message(_id!, startMs + 5000, msg!, { rid, token, u: { _id: 'v1', username: 'guest-19' } }))
    return silent
  })
  browser.reply(/^GET livechat\/message\//, refused('API endpoint does not exist', 405))
  await chat.send('once')
  await settled()
  await clock.advance(10_000)
  expect(states()).toEqual(['sent', 'sent'])
  await chat.send('never')
  await settled()
  expect(states()).toEqual(['sent', 'sent', 'failed'])
})

test('a refusal the server does not document is believed only when the message is not there', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat, states } = await talk(browser)
  browser.reply('POST livechat/message', refused('error-app-prevented-sending'))
  await chat.send('no')
  await settled()
  expect(states()).toEqual(['sent', 'failed'])
  expect(chat.messages.value.at(-1)?.failure).toEqual({
    code: 'error-app-prevented-sending',
    says: 'error-app-prevented-sending',
  })
})

test('a failed message is still there after a reload, and can be sent again or given up', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await talk(browser)
  browser.reply('POST livechat/message', refused('message-length-exceeds-character-limit'))
  await chat.send('long')
  await chat.send('longer')
  await settled()
  const next = await begin(browser)
  expect(next.chat.messages.value.filter(({ state }) => state === 'failed').map(({ text }) => text)).toEqual([
    'long',
    'longer',
  ])
  const [long, longer] = next.chat.messages.value.filter(({ state }) => state === 'failed')
  next.chat.discard(longer!.id)
  browser.reply('POST livechat/message', ({ body }) => ({
    message: message((body as { _id: string })._id, startMs + 9000, 'long', {
      token: 'x',
      u: { _id: 'v1', username: 'guest-19' },
    }),
  }))
  next.chat.retry(long!.id)
  await settled()
  expect(next.chat.messages.value.map(({ text, state }) => [text, state])).toEqual([['long', 'sent']])
  expect(browser.bodies('POST livechat/message').at(-1)!._id).toBe(long!.id)
  const last = await begin(browser)
  expect(last.chat.messages.value.filter(({ state }) => state !== 'sent')).toEqual([])
})

test('after too many requests messages wait for as long as the server says, and the panel shows that they do', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  const { stored } = serve(browser)
  const { chat, texts, details } = await talk(browser)
  let refusals = 1
  const answer = ({ body }: { body?: unknown }) => {
    if (refusals-- > 0) return limited(37)
    const { _id, msg, token } = body as Record<string, string>
    const saved = message(_id!, clock.now() + stored.length, msg!, { token, u: { _id: 'v1', username: 'guest-19' } })
    stored.push(saved)
    return { message: saved }
  }
  browser.reply('POST livechat/message', answer)
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
  const sendingCalls = /^(GET|POST) livechat\/(visitor|room|message|config)/
  browser.reply(sendingCalls, silent)
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
  const { stored: storedLater } = serve(browser)
  await clock.advance(120_000)
  expect([...stored, ...storedLater].map(({ msg }) => msg)).toEqual(['one', 'two'])
  expect(next.texts()).toEqual(['one', 'two'])
  expect(next.states()).toEqual(['sent', 'sent'])
})

test('a message to a room that was closed meanwhile fails, and begins a new chat when the visitor sends it again', async () => {
  const browser = createBrowser()
  const { state } = serve(browser)
  const { chat } = await talk(browser)
  state.room = undefined
  browser.reply('POST livechat/message', refused('room-closed'))
  await chat.send('still there?')
  await settled()
  expect(chat.stage.value).toBe('finished')
  expect(chat.messages.value.at(-1)).toMatchObject({
    text: 'still there?',
    state: 'failed',
    failure: { code: 'room-closed' },
  })
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

test('a first message whose room is closed at once begins another room', async () => {
  const browser = createBrowser()
  const { state } = serve(browser)
  const { chat } = await begin(browser)
  let closed = true
  const answer = ({ body }: { body?: unknown }) => {
    const { _id, msg, rid, token } = body as Record<string, string>
    if (closed) {
      closed = false
      state.room = undefined
      return refused('room-closed')
    }
    return { message: message(_id!, startMs + 90_000, msg!, { rid, token, u: { _id: 'v1', username: 'guest-19' } }) }
  }
  browser.reply('POST livechat/message', answer)
  await chat.send('Hello')
  await settled()
  expect(chat.room.value).toEqual({ id: 'room2', open: true })
  expect(chat.messages.value.map(({ text, state: sent }) => [text, sent])).toEqual([['Hello', 'sent']])
})

test('a message that was stored before its room was closed is found in that room, and not sent again', async () => {
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

test('a message fails when no agent is online, and the panel learns that nobody is', async () => {
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

const serveOffline = (browser: Browser) =>
  browser.reply('GET livechat/config', { config: { enabled: true, online: false } })
