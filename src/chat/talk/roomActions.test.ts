import { expect, test } from 'playwright/test'
import { begin, talk } from '../../../e2e/fakes/chatting'
import { createBrowser, limited, refused, settled, silent } from '../../../e2e/fakes/core'
import { serve, visitorBody } from '../../../e2e/fakes/livechat'
import { FakeSocket } from '../../../e2e/fakes/sockets'

test.beforeEach(() => FakeSocket.install())

test('a change of department tries the new route, then the old one, and remembers which works', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await talk(browser)
  browser.reply('POST livechat/visitor/department.transfer', { kind: 'odd', status: 200 })
  browser.reply('POST livechat/room.transfer', { room: {} })
  await chat.switchDepartment('d2')
  await chat.switchDepartment('d3')
  expect(browser.calls.map(({ verb }) => verb).filter((verb) => verb.includes('transfer'))).toEqual([
    'POST livechat/visitor/department.transfer',
    'POST livechat/room.transfer',
    'POST livechat/room.transfer',
  ])
  expect(browser.bodies('room.transfer')[0]).toMatchObject({ rid: 'room1', department: 'd2' })
})

test('a refused change of department rejects, and tries no other route', async () => {
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
  expect(browser.bodies('room.survey')[0]).toMatchObject({
    rid: 'room1',
    data: [
      { name: 'satisfaction', value: '5' },
      { name: 'additionalFeedback', value: 'good' },
    ],
  })
  expect(browser.bodies('transcript')[0]).toMatchObject({ rid: 'room1', email: 'mia@example.com' })
  browser.reply('POST livechat/transcript', {
    kind: 'refused',
    status: 400,
    code: 'No mail',
    says: 'No mail',
    body: {},
  })
  await expect(chat.transcript('mia@example.com')).rejects.toMatchObject({ says: 'No mail' })
})

test('where the server clears ended chats, the next chat is another visitor’s', async () => {
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

test('a message left while nobody is online is checked and sent, and its author remembered', async () => {
  const browser = createBrowser()
  serve(browser, { online: false })
  const { chat } = await begin(browser)
  expect(await chat.leaveMessage({ name: '', email: 'x', message: '' })).toEqual({
    name: 'required',
    email: 'email',
    message: 'required',
  })
  browser.reply('POST livechat/offline.message', { message: 'sent' })
  expect(await chat.leaveMessage({ name: 'Mia', email: 'mia@example.com', message: 'Hi' })).toEqual({})
  const host = 'https://shop.example'
  expect(browser.bodies('offline.message')).toEqual([{ name: 'Mia', email: 'mia@example.com', message: 'Hi', host }])
  expect(await chat.remembered()).toEqual({ name: 'Mia', email: 'mia@example.com' })
  browser.reply('POST livechat/offline.message', limited(5))
  await expect(chat.leaveMessage({ name: 'Mia', email: 'mia@example.com', message: 'Hi' })).rejects.toMatchObject({
    code: 'limited',
    retryAfterMs: 5000,
  })
})

test('a click in a block reaches its app as the protocol says', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat, core } = await talk(browser)
  browser.reply('POST /api/apps/ui.interaction/app 1', { kind: 'odd', status: 200 })
  browser.reply('POST /api/apps/ui.interaction/app%201', { kind: 'odd', status: 200 })
  await chat.act('m1', { appId: 'app 1', actionId: 'yes', blockId: 'b1', value: '1' })
  const { options } = browser.calls.at(-1)!
  expect(options.headers).toMatchObject({ 'x-visitor-token': core.visitor.current()!.token })
  expect(options.body).toMatchObject({
    type: 'blockAction',
    actionId: 'yes',
    rid: 'room1',
    mid: 'm1',
    container: { type: 'message', id: 'm1' },
    payload: { blockId: 'b1', value: '1' },
  })
  await chat.act('m1', { appId: 'app 1', actionId: 'days', blockId: 'b1', value: ['mon', 'fri'] })
  expect(browser.calls.at(-1)!.options.body).toMatchObject({ payload: { blockId: 'b1', value: ['mon', 'fri'] } })
  browser.reply('POST /api/apps/ui.interaction/app%201', silent)
  await expect(chat.act('m1', { appId: 'app 1', actionId: 'yes', blockId: 'b1', value: '1' })).rejects.toMatchObject({
    code: 'unreachable',
  })
})

test('a draft survives the page, until its message is sent', async () => {
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

test('a transcript is asked for with the token the room was made with, where that has become another', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat, core } = await talk(browser)
  const { token: roomToken } = await core.visitor.state()
  browser.reply('POST livechat/visitor', { ...visitorBody('known-by-phone') })
  await core.visitor.register({ phone: '7' })
  browser.reply('POST livechat/transcript', ({ body }) =>
    (body as { token: string }).token === roomToken ? { message: 'sent' } : refused('error-invalid-visitor'),
  )
  await chat.transcript('mia@example.com')
  expect(browser.bodies('transcript').map(({ token }) => token)).toEqual(['known-by-phone', roomToken])
})
