import { expect, test } from 'playwright/test'
import { begin, startMs, talk } from '../../../../e2e/fakes/chatting'
import { createBrowser, createManualClock, refused, settled, silent } from '../../../../e2e/fakes/core'
import { message, serve, streamed } from '../../../../e2e/fakes/livechat'
import { FakeRequest } from '../../../../e2e/fakes/requests'
import { FakeSocket } from '../../../../e2e/fakes/sockets'

test.beforeEach(() => {
  FakeSocket.install()
  FakeRequest.install()
})

const file = (name = 'cat.png', size = 8) => new File([new Uint8Array(size)], name, { type: 'image/png' })
const stored = (token: string, name = 'cat.png', size = 8) =>
  message('f1', startMs + 70_000, '', {
    token,
    u: { _id: 'v1', username: 'guest-19' },
    file: { _id: 'F1', name, type: 'image/png' },
    files: [{ _id: 'F1', name, type: 'image/png', size }],
    attachments: [
      { title: name, type: 'file', title_link: `/file-upload/F1/${name}`, image_url: `/file-upload/F1/${name}` },
    ],
  })

test('a file is sent in one field with the token in a header, and its progress is shown', async () => {
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

test('several files are sent one after the other, and the first makes the room', async () => {
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
  expect(chat.uploads.value.map(({ name, state }) => [name, state])).toEqual([
    ['a.png', 'failed'],
    ['b.png', 'sending'],
  ])
})

test('the code of a refusal is read from reason first', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await talk(browser)
  const cases: [number, unknown, string][] = [
    [400, { success: false, reason: 'error-file-upload-disabled' }, 'error-file-upload-disabled'],
    [
      400,
      { success: false, error: '[error-file-too-large]', errorType: 'error-file-too-large' },
      'error-file-too-large',
    ],
    [400, { success: false, reason: 'error-size-not-allowed', sizeAllowed: '100 MB' }, 'error-size-not-allowed'],
    [403, { success: false, error: 'unauthorized' }, 'unauthorized'],
    [
      429,
      {
        success: false,
        error:
          'Error, too many requests. Please slow down. You must wait 37 seconds before trying this endpoint again. [error-too-many-requests]',
      },
      'limited',
    ],
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

test('a failed upload is sent again only when the visitor asks', async () => {
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

test('a cancelled upload is stopped and taken off the list', async () => {
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

test('after a lost answer the history decides: a file that is there has arrived', async () => {
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

test('after a lost answer the history decides: a file that is missing has failed, until it comes after all', async () => {
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

test('an upload without an answer within a minute is lost', async () => {
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

test('a file whose visitor the server has lost is sent again once, by the visitor registered anew and to a new room', async () => {
  const browser = createBrowser()
  const { state } = serve(browser)
  const { chat } = await talk(browser)
  browser.reply('GET livechat/messages.history/room1', refused('invalid-token'))
  chat.attach([file()])
  await settled()
  state.room = undefined
  FakeRequest.last().answer(403, { success: false, error: 'unauthorized' })
  await settled()
  expect(browser.count('POST livechat/visitor')).toBe(2)
  expect(FakeRequest.all).toHaveLength(2)
  FakeRequest.last().answer(403, { success: false, error: 'forbidden' })
  await settled()
  expect(chat.uploads.value).toMatchObject([{ state: 'failed', failure: { code: 'forbidden' } }])
  expect(FakeRequest.all).toHaveLength(2)
})

test('a refusal by a server that knows the room is final', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await talk(browser)
  chat.attach([file()])
  await settled()
  FakeRequest.last().answer(403, { success: false, error: 'unauthorized' })
  await settled()
  expect(chat.uploads.value).toMatchObject([{ state: 'failed', failure: { code: 'unauthorized' } }])
  expect(FakeRequest.all).toHaveLength(1)
})
