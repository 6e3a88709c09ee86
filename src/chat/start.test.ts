import { expect, test } from 'playwright/test'
import { begin } from '../../e2e/fakes/chatting'
import { createChat } from './chat'
import { createBrowser, createManualClock, refused, settled, silent } from '../../e2e/fakes/core'
import { config, message, serve, visitorBody } from '../../e2e/fakes/livechat'
import { FakeSocket } from '../../e2e/fakes/sockets'

test.beforeEach(() => FakeSocket.install())

test('with the panel closed the config is asked for once, and there is neither socket nor timer', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser)
  const { chat } = await begin(browser)
  await clock.advance(3_600_000)
  expect(browser.calls.map(({ verb }) => verb)).toEqual(['GET livechat/config'])
  expect(FakeSocket.all).toHaveLength(0)
  expect(clock.pending()).toEqual([])
  chat.destroy()
})

test('an open panel asks for a config that is older than half a minute, and for no younger one', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser)
  const { chat } = await begin(browser)
  await clock.advance(20_000)
  chat.setOpen(true)
  await settled()
  expect(chat.stage.value).toBe('talk')
  expect(browser.count('livechat/config')).toBe(1)
  chat.setOpen(false)
  await clock.advance(20_000)
  chat.setOpen(true)
  expect(chat.stage.value).toBe('loading')
  await settled()
  expect(chat.stage.value).toBe('talk')
  expect(browser.count('livechat/config')).toBe(2)
})

test('the server’s settings decide which screen is shown', async () => {
  const stage = async (more: Record<string, unknown>, settings: Record<string, unknown> = {}) => {
    const browser = createBrowser()
    serve(browser, more, settings)
    const { chat } = await begin(browser)
    chat.setOpen(true)
    await settled()
    return chat.stage.value
  }
  expect(await stage({})).toBe('talk')
  expect(await stage({ enabled: false })).toBe('disabled')
  expect(await stage({ online: false })).toBe('offline')
  expect(await stage({ online: false }, { displayOfflineForm: false })).toBe('unavailable')
  expect(await stage({}, { registrationForm: true })).toBe('form')
  const asksNothing = { registrationForm: true, nameFieldRegistrationForm: false, emailFieldRegistrationForm: false }
  expect(await stage({ departments: [] }, asksNothing)).toBe('talk')
  // One department is no choice, and what is left would be an empty form.
  expect(await stage({}, asksNothing)).toBe('talk')
  expect(await stage({ customFields: [{ _id: 'order', required: true }] }, asksNothing)).toBe('form')
  expect(await stage({ customFields: [{ _id: 'order', required: false }] }, asksNothing)).toBe('talk')
  expect(await stage({}, { registrationForm: true, forceAcceptDataProcessingConsent: true })).toBe('consent')
})

test('consent is asked for once', async () => {
  const browser = createBrowser()
  serve(browser, {}, { forceAcceptDataProcessingConsent: true })
  const { chat, core } = await begin(browser)
  chat.setOpen(true)
  await expect(core.opened()).rejects.toMatchObject({ code: 'no-consent' })
  await settled()
  expect(chat.stage.value).toBe('consent')
  expect(browser.count('POST livechat/visitor')).toBe(0)
  await chat.acceptConsent()
  expect(chat.stage.value).toBe('talk')
  expect(browser.count('POST livechat/visitor')).toBe(1)
  const later = await begin(browser)
  later.chat.setOpen(true)
  await settled()
  expect(later.chat.stage.value).toBe('talk')
})

test('the form is checked, registers the visitor, and is not asked again on the next page', async () => {
  const browser = createBrowser()
  serve(
    browser,
    {
      customFields: [
        { _id: 'plan', label: 'Plan', required: true, type: 'select', defaultValue: '', options: ['a', 'b'] },
        { _id: 'zip', label: 'Zip', required: false, type: 'input', regexp: '^\\d{5}$', defaultValue: '', options: [] },
      ],
    },
    { registrationForm: true },
  )
  const { chat } = await begin(browser)
  chat.setOpen(true)
  await settled()
  expect(await chat.submitForm({ name: ' ', email: 'nobody', 'custom/zip': 'x' })).toEqual({
    name: 'required',
    email: 'email',
    'custom/plan': 'required',
    'custom/zip': 'invalid',
  })
  expect(await chat.submitForm({ name: 'Mia', email: 'mia@example.com', 'custom/plan': 'c' })).toEqual({
    'custom/plan': 'invalid',
  })
  expect(browser.count('POST livechat/visitor')).toBe(0)
  expect(
    await chat.submitForm({
      name: 'Mia',
      email: 'mia@example.com',
      department: 'd1',
      'custom/plan': 'a',
      'custom/zip': '12345',
    }),
  ).toEqual({})
  expect(browser.bodies('POST livechat/visitor')[0]).toMatchObject({
    visitor: { name: 'Mia', email: 'mia@example.com', department: 'd1' },
  })
  expect(chat.stage.value).toBe('talk')
  expect(chat.registration.value).toEqual({ kind: 'done' })
  const later = await begin(browser)
  later.chat.setOpen(true)
  await settled()
  expect(later.chat.stage.value).toBe('talk')
  expect(await later.chat.remembered()).toMatchObject({ name: 'Mia', email: 'mia@example.com', 'custom/zip': '12345' })
})

test('a form that asks for no more than a department is not asked again either', async () => {
  const browser = createBrowser()
  const departments = ['d1', 'd2'].map((_id) => ({ _id, name: _id, showOnRegistration: true }))
  const asksNothing = { registrationForm: true, nameFieldRegistrationForm: false, emailFieldRegistrationForm: false }
  serve(browser, { departments }, asksNothing)
  const { chat } = await begin(browser)
  chat.setOpen(true)
  await settled()
  expect(chat.stage.value).toBe('form')
  expect(await chat.submitForm({ department: 'd1' })).toEqual({})
  const later = await begin(browser)
  later.chat.setOpen(true)
  await settled()
  expect(later.chat.stage.value).toBe('talk')
})

test('a refusal of the server is shown at its field, and the answers are remembered', async () => {
  const browser = createBrowser()
  serve(browser, {}, { registrationForm: true })
  browser.reply('POST livechat/visitor', refused('Invalid email x@y.z [error-invalid-email]'))
  const { chat } = await begin(browser)
  expect(await chat.submitForm({ name: 'Mia', email: 'x@y.z' })).toEqual({ email: 'email' })
  expect(chat.stage.value).toBe('form')
  expect(chat.registration.value).toMatchObject({ kind: 'refused', code: 'error-invalid-email' })
  expect(await chat.remembered()).toMatchObject({ name: 'Mia', email: 'x@y.z' })
  browser.reply('POST livechat/visitor', refused('error-invalid-department'))
  expect(await chat.submitForm({ name: 'Mia', email: 'x@y.zz', department: 'gone' })).toEqual({ department: 'invalid' })
  browser.reply('POST livechat/visitor', refused('Missing required custom fields: company_email, vat'))
  expect(await chat.submitForm({ name: 'Mia', email: 'x@y.zz' })).toEqual({
    company_email: 'required',
    vat: 'required',
  })
})

test('a visitor whom the host has introduced sees no form', async () => {
  const browser = createBrowser()
  serve(browser, {}, { registrationForm: true })
  const { chat } = await begin(browser, {
    server: 'https://chat.example.com',
    guest: { name: 'Mia', email: 'mia@example.com' },
  })
  chat.setOpen(true)
  await settled()
  expect(chat.stage.value).toBe('talk')
})

test('a custom field that the server demands is asked for, unless the host has given it', async () => {
  const guest = { name: 'Mia', email: 'mia@example.com' }
  const stageFor = async (customFields?: Record<string, string>) => {
    const browser = createBrowser()
    serve(browser, { customFields: [{ _id: 'order', required: true }] }, { registrationForm: true })
    const { chat } = await begin(browser, {
      server: 'https://chat.example.com',
      guest: { ...guest, ...(customFields && { customFields }) },
    })
    chat.setOpen(true)
    await settled()
    return chat.stage.value
  }
  expect([await stageFor(), await stageFor({ order: '77' })]).toEqual(['form', 'talk'])
})

test('a form filled in without a network is accepted, and the registration follows', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser, {}, { registrationForm: true })
  const { chat } = await begin(browser)
  browser.reply('POST livechat/visitor', silent)
  expect(await chat.submitForm({ name: 'Mia', email: 'mia@example.com' })).toEqual({})
  expect(chat.stage.value).toBe('talk')
  browser.reply('POST livechat/visitor', ({ body }) =>
    visitorBody((body as { visitor: { token: string } }).visitor.token),
  )
  await clock.advance(10_000)
  expect(chat.registration.value).toEqual({ kind: 'done' })
})

test('a conversation found on the server is shown, with its agent, its queue and its history', async () => {
  const browser = createBrowser()
  const { stored, state } = serve(browser, {
    queueInfo: { spot: 2, message: { text: 'You are 2nd' }, estimatedWaitTimeSeconds: 180 },
  })
  state.room = 'room1'
  state.agent = { _id: 'a1', name: 'Ana', username: 'ana', status: 'online' }
  stored.push(message('m1', 1_600_000_000_000, 'Hello'))
  const { chat, details } = await begin(browser)
  chat.setOpen(true)
  await settled()
  expect(chat.room.value).toEqual({ id: 'room1', open: true })
  FakeSocket.last().accept()
  FakeSocket.last().ready()
  await settled()
  expect(chat.agent.value).toMatchObject({ name: 'Ana', avatarUrl: 'https://chat.example.com/avatar/ana' })
  expect(chat.queue.value).toEqual({ spot: 2, waitSeconds: 180, text: 'You are 2nd' })
  expect(chat.messages.value.map(({ text, from }) => [from, text])).toEqual([['agent', 'Hello']])
  expect(details('agent').at(-1)).toEqual({ name: 'Ana', username: 'ana', status: 'online' })
  expect(details('queue')).toEqual([{ spot: 2, waitSeconds: 180, text: 'You are 2nd' }])
  expect(details('message')).toEqual([])
})

test('without an answer the panel asks again for as long as somebody looks at it', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  browser.reply('GET livechat/config', silent)
  const { chat } = await begin(browser)
  chat.setOpen(true)
  await settled()
  expect(chat.stage.value).toBe('loading')
  expect(chat.connection.value.state).toBe('waiting')
  browser.reply('GET livechat/config', config())
  await clock.advance(60_000)
  expect(chat.stage.value).toBe('talk')
  expect(chat.connection.value.state).toBe('idle')
  browser.reply('GET livechat/config', silent)
  await clock.advance(60_000)
  chat.setOpen(false)
  chat.setOpen(true)
  await settled()
  chat.setOpen(false)
  const asked = browser.count('livechat/config')
  await clock.advance(600_000)
  expect(browser.count('livechat/config')).toBe(asked)
})

test('after a reset the next visitor finds nothing of the last one', async () => {
  const browser = createBrowser()
  serve(browser, {}, { registrationForm: true })
  const tab = await begin(browser)
  const { chat } = tab
  await chat.submitForm({ name: 'Mia', email: 'mia@example.com' })
  await chat.send('secret')
  chat.setDraft('more')
  await settled()
  expect(chat.messages.value.some(({ text }) => text === 'secret')).toBe(true)
  await tab.reset()
  await settled()
  expect(chat.messages.value).toEqual([])
  expect(chat.room.value).toBeUndefined()
  expect(await chat.draft()).toBe('')
  expect(await chat.remembered()).toEqual({})
  chat.setOpen(true)
  await settled()
  expect(chat.stage.value).toBe('form')
})

/** A visitor in a conversation, whose page has gone: a real server tells nobody else of their room. `answer`: when it does. */
const leaveConversation = async (answer = async () => {}) => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser)
  const { chat, core, stop } = await begin(browser)
  await chat.send('secret')
  await settled()
  const { token } = await core.visitor.state()
  browser.reply('GET livechat/config', async ({ query }) => {
    if (query?.token !== token) return config()
    await answer()
    return config({ guest: { token }, room: { _id: 'room1', open: true } })
  })
  stop()
  await clock.advance(60_000)
  return browser
}

test('nor where the reset comes before the conversation is taken up again, with a copy of what the server said', async () => {
  const browser = await leaveConversation()
  const tab = browser.tab()
  await tab.core.visitor.state()
  await tab.core.settings.fresh(0)
  await tab.reset()
  const chat = createChat(tab.core)
  await settled()
  expect(chat.room.value).toBeUndefined()
  expect(chat.messages.value).toEqual([])
  expect((await tab.core.visitor.state()).roomId).toBeUndefined()
})

test('nor where the server’s answer about the last one is still on its way', async () => {
  let answer = () => {}
  const browser = await leaveConversation(() => new Promise((resolve) => (answer = resolve)))
  const tab = browser.tab()
  await tab.core.visitor.state()
  const asked = tab.core.settings.fresh(0)
  await settled()
  await tab.reset()
  const chat = createChat(tab.core)
  answer()
  await asked
  await settled()
  expect(chat.room.value).toBeUndefined()
  expect((await tab.core.visitor.state()).roomId).toBeUndefined()
})

test('a finished conversation is still shown on the next page, until a new one is begun', async () => {
  const browser = createBrowser()
  const { state } = serve(browser)
  browser.reply('POST livechat/room.close', () => {
    state.room = undefined
    return { rid: 'room1', comment: 'Closed by visitor' }
  })
  const { chat } = await begin(browser)
  await chat.send('hi')
  await settled()
  await chat.finish()
  expect(chat.stage.value).toBe('finished')
  const later = await begin(browser)
  later.chat.setOpen(true)
  await settled()
  expect(later.chat.stage.value).toBe('finished')
  expect(later.chat.messages.value.map(({ text }) => text)).toContain('hi')
  await later.chat.startNew()
  expect(later.chat.stage.value).toBe('talk')
  expect(later.chat.messages.value).toEqual([])
  expect((await begin(browser)).chat.room.value).toBeUndefined()
})
