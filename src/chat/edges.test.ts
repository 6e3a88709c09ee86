import { expect, test } from 'playwright/test'
import { createBrowser, createManualClock, limited, refused, settled, silent, type Browser } from '../../e2e/fakes/core'
import { message, serve, streamed } from '../../e2e/fakes/livechat'
import { FakeRequest } from '../../e2e/fakes/requests'
import { FakeSocket } from '../../e2e/fakes/sockets'
import type { Options } from '../options'
import { createChat } from './index'

const startMs = 1_700_000_000_000
const sounds: string[] = []

const begin = async (browser: Browser, options?: Options) => {
  const tab = browser.tab(options)
  const chat = createChat(tab.core)
  await settled()
  return { ...tab, chat }
}

const talk = async (browser: Browser, options?: Options) => {
  const tab = await begin(browser, options)
  tab.chat.setOpen(true)
  await tab.chat.send('first')
  await settled()
  FakeSocket.last().accept()
  FakeSocket.last().ready()
  await settled()
  return { ...tab, hear: (id: string, text = id, more: Record<string, unknown> = {}) => FakeSocket.last().changed('stream-room-messages', 'room1', streamed(message(id, startMs + 100_000 + (count += 1000), text, more))) }
}
let count = 0

test.beforeEach(() => {
  FakeSocket.install()
  FakeRequest.install()
  sounds.length = 0
  Object.assign(globalThis, {
    Audio: class {
      constructor(private readonly url: string) {}
      async play() {
        sounds.push(this.url)
      }
    },
  })
  Object.defineProperty(globalThis, 'navigator', { value: { userActivation: { hasBeenActive: true } }, configurable: true, writable: true })
})

test.describe('files', () => {
  const file = (name = 'cat.png', size = 8) => new File([new Uint8Array(size)], name, { type: 'image/png' })
  const stored = (token: string, name = 'cat.png', size = 8) =>
    message('f1', startMs + 70_000, '', { token, u: { _id: 'v1', username: 'guest-19' }, file: { _id: 'F1', name, type: 'image/png' }, files: [{ _id: 'F1', name, type: 'image/png', size }], attachments: [{ title: name, type: 'file', title_link: `/file-upload/F1/${name}`, image_url: `/file-upload/F1/${name}` }] })

  test('a file is sent in one field with the token in a header, and its progress is told', async () => {
    const browser = createBrowser()
    serve(browser)
    const { chat, core } = await talk(browser)
    chat.attach([file()])
    await settled()
    const request = FakeRequest.last()
    const token = core.visitor.current()!.token
    expect(request.method).toBe('POST')
    expect(request.url).toBe('https://chat.example.com/api/v1/livechat/upload/room1')
    expect(request.headers).toEqual({ 'x-visitor-token': token })
    expect([...request.body!.keys()]).toEqual(['file'])
    request.progress(2, 8)
    expect(chat.uploads.value).toMatchObject([{ name: 'cat.png', sizeBytes: 8, progress: 0.25, state: 'sending' }])
    request.answer(200, { ...stored(token), newRoom: false, showConnecting: false, success: true })
    await settled()
    expect(chat.uploads.value).toEqual([])
    expect(chat.messages.value.at(-1)).toMatchObject({ from: 'visitor', files: [{ kind: 'image', name: 'cat.png' }] })
  })

  test('several go one after the other, and the first makes the room', async () => {
    const browser = createBrowser()
    const { state } = serve(browser)
    const { chat } = await begin(browser)
    chat.attach([file('a.png'), file('b.png')])
    await settled()
    expect(state.rooms).toBe(1)
    expect(FakeRequest.all).toHaveLength(1)
    FakeRequest.last().answer(400, { success: false, reason: 'error-type-not-allowed' })
    await settled()
    expect(FakeRequest.all).toHaveLength(2)
    expect(chat.uploads.value.map(({ name, state }) => [name, state])).toEqual([['a.png', 'failed'], ['b.png', 'sending']])
  })

  test('a refusal is a code, read from reason first', async () => {
    const browser = createBrowser()
    serve(browser)
    const { chat } = await talk(browser)
    const cases: [number, unknown, string][] = [
      [400, { success: false, reason: 'error-file-upload-disabled' }, 'error-file-upload-disabled'],
      [400, { success: false, error: '[error-file-too-large]', errorType: 'error-file-too-large' }, 'error-file-too-large'],
      [400, { success: false, reason: 'error-size-not-allowed', sizeAllowed: '100 MB' }, 'error-size-not-allowed'],
      [403, { success: false, error: 'unauthorized' }, 'unauthorized'],
      [429, { success: false, error: 'Error, too many requests. Please slow down. You must wait 37 seconds before trying this endpoint again. [error-too-many-requests]' }, 'limited'],
    ]
    for (const [status, body, code] of cases) {
      chat.attach([file()])
      await settled()
      FakeRequest.last().answer(status, body)
      await settled()
      expect(chat.uploads.value[0]).toMatchObject({ state: 'failed', failure: { code } })
      chat.cancelUpload(chat.uploads.value[0]!.id)
    }
    expect(FakeRequest.all).toHaveLength(cases.length)
  })

  test('a failed one goes again only when asked', async () => {
    const clock = createManualClock()
    const browser = createBrowser({ clock })
    serve(browser)
    const { chat } = await talk(browser)
    chat.attach([file()])
    await settled()
    FakeRequest.last().answer(400, { success: false, reason: 'error-type-not-allowed' })
    await clock.advance(600_000)
    expect(FakeRequest.all).toHaveLength(1)
    chat.retryUpload(chat.uploads.value[0]!.id)
    await settled()
    expect(FakeRequest.all).toHaveLength(2)
    expect(chat.uploads.value).toMatchObject([{ state: 'sending', progress: 0 }])
  })

  test('one that is cancelled is stopped and gone', async () => {
    const browser = createBrowser()
    serve(browser)
    const { chat } = await talk(browser)
    chat.attach([file('a.png'), file('b.png')])
    await settled()
    chat.cancelUpload(chat.uploads.value[0]!.id)
    await settled()
    expect(FakeRequest.all[0]!.aborted).toBe(true)
    expect(chat.uploads.value.map(({ name }) => name)).toEqual(['b.png'])
    expect(FakeRequest.all).toHaveLength(2)
  })

  test('after a lost answer the history decides: it is there', async () => {
    const browser = createBrowser()
    const { stored: server } = serve(browser)
    const { chat, core } = await talk(browser)
    chat.attach([file()])
    await settled()
    server.push(stored(core.visitor.current()!.token))
    FakeRequest.last().lose()
    await settled()
    expect(chat.uploads.value).toEqual([])
    expect(chat.messages.value.filter(({ files }) => files.length)).toHaveLength(1)
    expect(FakeRequest.all).toHaveLength(1)
  })

  test('after a lost answer the history decides: it is not there, and turns up later after all', async () => {
    const clock = createManualClock()
    const browser = createBrowser({ clock })
    serve(browser)
    const { chat, core } = await talk(browser)
    browser.reply(/messages\.history/, silent)
    chat.attach([file()])
    await settled()
    FakeRequest.last().answer(502, '<html>')
    await settled()
    expect(chat.uploads.value).toMatchObject([{ state: 'unknown' }])
    browser.reply(/messages\.history/, { messages: [] })
    await clock.advance(10_000)
    expect(chat.uploads.value).toMatchObject([{ state: 'failed', failure: { code: 'lost' } }])
    FakeSocket.last().changed('stream-room-messages', 'room1', streamed(stored(core.visitor.current()!.token)))
    expect(chat.uploads.value).toEqual([])
  })

  test('a file sent before is not taken for one that was lost', async () => {
    const browser = createBrowser()
    const { stored: server } = serve(browser)
    const { chat, core } = await talk(browser)
    const earlier = stored(core.visitor.current()!.token)
    server.push(earlier)
    FakeSocket.last().changed('stream-room-messages', 'room1', streamed(earlier))
    chat.attach([file()])
    await settled()
    FakeRequest.last().lose()
    await settled()
    expect(chat.uploads.value).toMatchObject([{ state: 'failed', failure: { code: 'lost' } }])
  })

  test('an answer that never comes is lost', async () => {
    const clock = createManualClock()
    const browser = createBrowser({ clock })
    serve(browser)
    const { chat } = await talk(browser)
    chat.attach([file()])
    await settled()
    FakeRequest.last().upload.onload?.()
    await clock.advance(61_000)
    expect(FakeRequest.last().aborted).toBe(true)
    expect(chat.uploads.value).toMatchObject([{ state: 'failed', failure: { code: 'lost' } }])
  })
})

test.describe('typing', () => {
  test('the visitor types: told at most every 4.5 s, ended 5 s after the last key and on sending', async () => {
    const clock = createManualClock()
    const browser = createBrowser({ clock })
    serve(browser)
    const { chat, core } = await talk(browser)
    const token = core.visitor.current()!.token
    const current = () => FakeSocket.last().methods().filter(([event]) => event === 'room1/user-activity')
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

  test('an old server is spoken to in its own words once it has been heard', async () => {
    const browser = createBrowser()
    serve(browser)
    const { chat } = await talk(browser)
    chat.typed()
    expect(FakeSocket.last().methods().map(([event]) => event)).toEqual(['room1/user-activity', 'room1/typing'])
    FakeSocket.last().changed('stream-notify-room', 'room1/typing', 'ana', true)
    expect(chat.typing.value).toEqual(['ana'])
    await chat.send('x')
    expect(FakeSocket.last().methods().at(-1)).toMatchObject(['room1/typing', 'guest-19', false, {}])
    expect(FakeSocket.last().methods()).toHaveLength(3)
  })

  test('the agent types until they stop, say it, or have gone; the visitor is no agent', async () => {
    const clock = createManualClock()
    const browser = createBrowser({ clock })
    serve(browser, { agent: { username: 'ana', name: 'Ana' } })
    const { chat, hear } = await talk(browser)
    const types = (...args: unknown[]) => FakeSocket.last().changed('stream-notify-room', 'room1/user-activity', ...args)
    types('guest-19', ['user-typing'])
    expect(chat.typing.value).toEqual([])
    FakeSocket.last().changed('stream-livechat-room', 'room1', { type: 'agentData', data: { username: 'ana', name: 'Ana' } })
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
})

test.describe('notices', () => {
  test('what comes while nobody looks is counted, until somebody does, in every tab', async () => {
    const browser = createBrowser()
    serve(browser)
    const a = await talk(browser, { server: 'https://chat.example.com', titleBadge: true })
    const { chat, hear, details, badges } = a
    hear('m0')
    expect(chat.unread.value).toBe(0)
    chat.setOpen(false)
    hear('m1')
    hear('m2')
    hear('mine', 'x', { token: a.core.visitor.current()!.token, u: { _id: 'v1', username: 'guest-19' } })
    hear('note', 'ana', { t: 'ul' })
    expect(chat.unread.value).toBe(2)
    expect(badges.at(-1)).toBe(2)
    expect(details('unread').at(-1)).toEqual({ count: 2 })
    chat.setOpen(true)
    expect(chat.unread.value).toBe(0)
    expect(badges.at(-1)).toBe(0)
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
  })

  test('what was read stays read on the next page', async () => {
    const browser = createBrowser()
    const { stored } = serve(browser)
    const { chat, hear } = await talk(browser)
    hear('m1')
    stored.push(message('m1', chat.messages.value.at(-1)!.at, 'm1'), message('m2', chat.messages.value.at(-1)!.at + 1, 'm2'))
    await settled()
    const next = await begin(browser)
    FakeSocket.last().accept()
    FakeSocket.last().ready()
    await settled()
    expect(next.chat.messages.value).toHaveLength(3)
    expect(next.chat.unread.value).toBe(1)
  })

  test('an edit of what was read is not unread', async () => {
    const browser = createBrowser()
    serve(browser)
    const { chat, hear } = await talk(browser)
    hear('m1')
    const { at } = chat.messages.value.at(-1)!
    chat.setOpen(false)
    FakeSocket.last().changed('stream-room-messages', 'room1', streamed({ ...message('m1', at, 'changed'), editedAt: new Date(at + 500).toISOString(), _updatedAt: new Date(at + 500).toISOString() }))
    expect(chat.messages.value.at(-1)).toMatchObject({ text: 'changed', edited: true })
    expect(chat.unread.value).toBe(0)
    await settled()
    expect(sounds).toEqual([])
  })

  test('a sound comes once across tabs, when nobody looks, unless muted', async () => {
    const browser = createBrowser()
    serve(browser)
    const a = await talk(browser)
    const b = await begin(browser)
    const [first] = FakeSocket.all
    FakeSocket.last().accept()
    FakeSocket.last().ready()
    await settled()
    const both = (id: string) => {
      const one = streamed(message(id, startMs + 100_000 + (count += 1000), id))
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
    const { chat: silentChat, hear: say } = await talk(other)
    silentChat.setOpen(false)
    Object.defineProperty(globalThis, 'navigator', { value: { userActivation: { hasBeenActive: false } }, configurable: true, writable: true })
    say('m1')
    await settled()
    expect(sounds).toEqual([])
  })
})

test.describe('triggers', () => {
  const trigger = (id: string, name: string, value: string, more: Record<string, unknown> = {}, action: Record<string, unknown> = {}) => ({
    _id: id,
    runOnce: true,
    conditions: [{ name, value }],
    actions: [{ name: 'send-message', params: { sender: 'custom', name: 'Ana', msg: `Hi from ${id}` }, ...action }],
    ...more,
  })
  const said = (chat: { greetings: { value: { text: string }[] } }) => chat.greetings.value.map(({ text }) => text)

  test('time on site is counted over the pages of a visit, once for a visitor', async () => {
    const clock = createManualClock()
    const browser = createBrowser({ clock })
    serve(browser, { triggers: [trigger('t1', 'time-on-site', '10')] })
    const first = await begin(browser)
    await clock.advance(6000)
    expect(said(first.chat)).toEqual([])
    first.chat.destroy()
    const second = await begin(browser)
    await clock.advance(4500)
    expect(said(second.chat)).toEqual(['Hi from t1'])
    expect(second.chat.greetings.value[0]).toMatchObject({ author: { name: 'Ana' }, greeting: true, from: 'agent' })
    const third = await begin(browser)
    await clock.advance(60_000)
    expect(said(third.chat)).toEqual([])
    expect(FakeSocket.all).toHaveLength(0)
    expect(second.chat.unread.value).toBe(0)
  })

  test('an address is a regular expression, tried on every page the visitor goes to', async () => {
    const browser = createBrowser()
    serve(browser, { triggers: [trigger('t1', 'page-url', '/cart$', { runOnce: false }), trigger('bad', 'page-url', '(')] })
    const { chat, go } = await begin(browser)
    go('https://shop.example/')
    await settled()
    expect(said(chat)).toEqual([])
    go('https://shop.example/cart')
    await settled()
    expect(said(chat)).toEqual(['Hi from t1'])
    chat.dismissGreeting()
    expect(said(chat)).toEqual([])
    go('https://shop.example/')
    go('https://shop.example/cart')
    await settled()
    expect(said(chat)).toEqual(['Hi from t1'])
  })

  test('once means once, in however many tabs', async () => {
    const browser = createBrowser()
    serve(browser, { triggers: [trigger('t1', 'page-url', '.')] })
    const tabs = [await begin(browser), await begin(browser)]
    tabs.forEach(({ go }) => go('https://shop.example/'))
    await settled()
    expect(tabs.flatMap(({ chat }) => said(chat))).toEqual(['Hi from t1'])
  })

  test('opening the chat and registering set off their own', async () => {
    const browser = createBrowser()
    serve(browser, { triggers: [trigger('open', 'chat-opened-by-visitor', ''), trigger('registered', 'after-guest-registration', '')] })
    const { chat, core } = await begin(browser)
    chat.setOpen(true)
    await settled()
    expect(chat.messages.value.map(({ text }) => text)).toEqual(['Hi from open'])
    expect(said(chat)).toEqual([])
    await core.opened()
    await settled()
    expect(chat.messages.value.map(({ text }) => text)).toEqual(['Hi from open', 'Hi from registered'])
  })

  test('an agent of the queue speaks, and is asked for once an hour', async () => {
    const browser = createBrowser()
    serve(browser, { triggers: [trigger('t1', 'page-url', '.', { runOnce: false }, { params: { sender: 'queue', msg: 'Hello', department: 'd1' } })] })
    browser.reply('GET livechat/agent.next', { agent: { _id: 'b', username: 'ben', name: 'Ben' } })
    const { chat, go } = await begin(browser)
    go('https://shop.example/')
    await settled()
    go('https://shop.example/2')
    await settled()
    expect(chat.greetings.value.map(({ author }) => author)).toMatchObject([{ username: 'ben', name: 'Ben' }, { username: 'ben', avatarUrl: 'https://chat.example.com/avatar/ben' }])
    expect(browser.count('agent.next')).toBe(1)
  })

  test('an outside service says it, or its substitute', async () => {
    const browser = createBrowser()
    const action = { name: 'use-external-service', params: { serviceFallbackMessage: 'Anyone there?' } }
    serve(browser, { triggers: [trigger('t1', 'page-url', '/a'), trigger('t2', 'page-url', '/b', {}, action), trigger('t3', 'page-url', '/c', {}, action)] })
    browser.reply('POST livechat/triggers/t2', { response: { contents: [{ msg: 'second', order: 1 }, { msg: 'first', order: 0 }] } })
    browser.reply('POST livechat/triggers/t3', refused('error'))
    const { chat, go } = await begin(browser)
    go('https://shop.example/b')
    await settled()
    go('https://shop.example/c')
    await settled()
    expect(said(chat)).toEqual(['first', 'second', 'Anyone there?'])
  })

  test('nobody is greeted while talking, or while nobody is there to answer', async () => {
    const browser = createBrowser()
    serve(browser, { triggers: [trigger('t1', 'page-url', '.', { runOnce: false })] })
    const { chat, go } = await talk(browser)
    go('https://shop.example/')
    await settled()
    expect(chat.messages.value.some(({ greeting }) => greeting)).toBe(false)
    const away = createBrowser()
    serve(away, { online: false, triggers: [trigger('t1', 'page-url', '.', { runOnce: false })] })
    const other = await begin(away)
    other.go('https://shop.example/')
    await settled()
    expect(said(other.chat)).toEqual([])
  })
})

test.describe('presence', () => {
  const told = (browser: Browser) => browser.bodies('visitor.status').map(({ status }) => status)

  test('the agent hears when the visitor has been away for five minutes, and that they are back', async () => {
    const clock = createManualClock()
    const browser = createBrowser({ clock })
    serve(browser)
    browser.reply('POST livechat/visitor.status', {})
    const { fire } = await talk(browser)
    fire('hidden')
    await clock.advance(299_000)
    fire('visible')
    await settled()
    fire('hidden')
    await clock.advance(299_000)
    expect(told(browser)).toEqual([])
    await clock.advance(2000)
    expect(told(browser)).toEqual(['away'])
    fire('visible')
    await settled()
    expect(told(browser)).toEqual(['away', 'online'])
  })

  test('who looks at another tab is not away, and that tab alone has a socket', async () => {
    const clock = createManualClock()
    const browser = createBrowser({ clock })
    serve(browser)
    const a = await talk(browser)
    const b = await begin(browser)
    FakeSocket.last().accept()
    FakeSocket.last().ready()
    await settled()
    b.fire('hidden')
    a.fire('hidden')
    b.fire('visible')
    await settled()
    expect(FakeSocket.open()).toHaveLength(1)
    await clock.advance(25_000)
    for (let minutes = 0; minutes < 12; minutes++) {
      FakeSocket.open().forEach((socket) => socket.hear({ msg: 'ping' }))
      await clock.advance(29_000)
    }
    expect(told(browser)).toEqual([])
  })
})

test.describe('asking for more', () => {
  test('a change of department takes the new route, else the old one, and remembers', async () => {
    const browser = createBrowser()
    serve(browser)
    const { chat } = await talk(browser)
    browser.reply('POST livechat/visitor/department.transfer', { kind: 'odd', status: 200 })
    browser.reply('POST livechat/room.transfer', { room: {} })
    await chat.switchDepartment('d2')
    await chat.switchDepartment('d3')
    expect(browser.calls.map(({ verb }) => verb).filter((verb) => verb.includes('transfer'))).toEqual(['POST livechat/visitor/department.transfer', 'POST livechat/room.transfer', 'POST livechat/room.transfer'])
    expect(browser.bodies('room.transfer')[0]).toMatchObject({ rid: 'room1', department: 'd2' })
  })

  test('a refused change of department says so and tries no other route', async () => {
    const browser = createBrowser()
    serve(browser)
    const { chat } = await talk(browser)
    browser.reply('POST livechat/visitor/department.transfer', refused('error-invalid-department'))
    await expect(chat.switchDepartment('d2')).rejects.toMatchObject({ code: 'error-invalid-department' })
    expect(browser.count('room.transfer')).toBe(0)
  })

  test('survey and transcript go to the room that ended', async () => {
    const browser = createBrowser()
    const { state } = serve(browser)
    const { chat } = await talk(browser)
    browser.reply('POST livechat/room.close', () => {
      state.room = undefined
      return { rid: 'room1' }
    })
    browser.reply('POST livechat/room.survey', { rid: 'room1', data: {} })
    browser.reply('POST livechat/transcript', { message: 'sent' })
    await chat.finish()
    await chat.survey({ satisfaction: '5', agentResposiveness: '', additionalFeedback: 'good ' })
    await chat.transcript(' mia@example.com ')
    expect(browser.bodies('room.survey')[0]).toMatchObject({ rid: 'room1', data: [{ name: 'satisfaction', value: '5' }, { name: 'additionalFeedback', value: 'good' }] })
    expect(browser.bodies('transcript')[0]).toMatchObject({ rid: 'room1', email: 'mia@example.com' })
    browser.reply('POST livechat/transcript', { kind: 'refused', status: 400, code: 'No mail', says: 'No mail', body: {} })
    await expect(chat.transcript('mia@example.com')).rejects.toMatchObject({ says: 'No mail' })
  })

  test('where the server wants it so, an ended chat leaves nothing of its visitor behind', async () => {
    const browser = createBrowser()
    const { state } = serve(browser, {}, { clearLocalStorageWhenChatEnded: true })
    const { chat, core } = await talk(browser)
    browser.reply('POST livechat/room.close', () => {
      state.room = undefined
      return { rid: 'room1' }
    })
    const token = core.visitor.current()!.token
    await chat.finish()
    expect(core.visitor.current()!.token).toBe(token)
    await chat.startNew()
    await settled()
    expect(core.visitor.current()!.token).not.toBe(token)
    expect(core.visitor.current()!.visitor).toBeUndefined()
    expect(chat.messages.value).toEqual([])
    const next = core.visitor.current()!.token
    await chat.send('me')
    await settled()
    await chat.finish()
    await begin(browser)
    await settled()
    expect((await core.visitor.state()).token).not.toBe(next)
  })

  test('a message left behind is checked, sent strictly, and its author remembered', async () => {
    const browser = createBrowser()
    serve(browser, { online: false })
    const { chat } = await begin(browser)
    expect(await chat.leaveMessage({ name: '', email: 'x', message: '' })).toEqual({ name: 'required', email: 'email', message: 'required' })
    browser.reply('POST livechat/offline.message', { message: 'sent' })
    expect(await chat.leaveMessage({ name: 'Mia', email: 'mia@example.com', message: 'Hi' })).toEqual({})
    expect(browser.bodies('offline.message')).toEqual([{ name: 'Mia', email: 'mia@example.com', message: 'Hi' }])
    expect(await chat.remembered()).toEqual({ name: 'Mia', email: 'mia@example.com' })
    browser.reply('POST livechat/offline.message', limited(5))
    await expect(chat.leaveMessage({ name: 'Mia', email: 'mia@example.com', message: 'Hi' })).rejects.toMatchObject({ code: 'limited', retryAfterMs: 5000 })
  })

  test('a click in a block reaches its app as the protocol says', async () => {
    const browser = createBrowser()
    serve(browser)
    const { chat, core } = await talk(browser)
    browser.reply('POST /api/apps/ui.interaction/app 1', { kind: 'odd', status: 200 })
    browser.reply('POST /api/apps/ui.interaction/app%201', { kind: 'odd', status: 200 })
    await chat.act('m1', { appId: 'app 1', actionId: 'yes', blockId: 'b1', value: '1' })
    const { options } = browser.calls.at(-1)!
    expect(options.headers).toEqual({ 'x-visitor-token': core.visitor.current()!.token })
    expect(options.body).toMatchObject({ type: 'blockAction', actionId: 'yes', rid: 'room1', mid: 'm1', container: { type: 'message', id: 'm1' }, payload: { blockId: 'b1', value: '1' } })
    browser.reply('POST /api/apps/ui.interaction/app%201', silent)
    await expect(chat.act('m1', { appId: 'app 1', actionId: 'yes', blockId: 'b1', value: '1' })).rejects.toMatchObject({ code: 'unreachable' })
  })

  test('a draft survives the page and goes with its message', async () => {
    const browser = createBrowser()
    serve(browser)
    const { chat } = await begin(browser)
    chat.setDraft('half a sentence')
    const next = await begin(browser)
    expect(await next.chat.draft()).toBe('half a sentence')
    await next.chat.send('a sentence')
    await settled()
    expect(await (await begin(browser)).chat.draft()).toBe('')
  })
})
