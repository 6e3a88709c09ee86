import { expect, test } from 'playwright/test'
import { begin, talk } from '../../../e2e/fakes/chatting'
import { createBrowser, createManualClock, refused, settled } from '../../../e2e/fakes/core'
import { serve } from '../../../e2e/fakes/livechat'
import { FakeSocket } from '../../../e2e/fakes/sockets'

test.beforeEach(() => FakeSocket.install())

const trigger = (
  id: string,
  name: string,
  value: string,
  more: Record<string, unknown> = {},
  action: Record<string, unknown> = {},
) => ({
  _id: id,
  runOnce: true,
  conditions: [{ name, value }],
  actions: [{ name: 'send-message', params: { sender: 'custom', name: 'Ana', msg: `Hi from ${id}` }, ...action }],
  ...more,
})
const greetingTexts = (chat: { greetings: { value: { text: string }[] } }) =>
  chat.greetings.value.map(({ text }) => text)

test('time on site is counted over the pages of a visit to the site, and greets each visitor once', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser, { triggers: [trigger('t1', 'time-on-site', '10')] })
  const first = await begin(browser)
  await clock.advance(6000)
  expect(greetingTexts(first.chat)).toEqual([])
  first.chat.destroy()
  const second = await begin(browser)
  await clock.advance(4500)
  expect(greetingTexts(second.chat)).toEqual(['Hi from t1'])
  expect(second.chat.greetings.value[0]).toMatchObject({ author: { name: 'Ana' }, greeting: true, from: 'agent' })
  const third = await begin(browser)
  await clock.advance(60_000)
  expect(greetingTexts(third.chat)).toEqual([])
  expect(FakeSocket.all).toHaveLength(0)
  expect(second.chat.unread.value).toBe(0)
})

test('the address of a trigger is a regular expression, tried on every page the visitor goes to', async () => {
  const browser = createBrowser()
  serve(browser, {
    triggers: [trigger('t1', 'page-url', '/cart$', { runOnce: false }), trigger('bad', 'page-url', '(')],
  })
  const { chat, go } = await begin(browser)
  go('https://shop.example/')
  await settled()
  expect(greetingTexts(chat)).toEqual([])
  go('https://shop.example/cart')
  await settled()
  expect(greetingTexts(chat)).toEqual(['Hi from t1'])
  chat.dismissGreeting()
  expect(greetingTexts(chat)).toEqual([])
  go('https://shop.example/')
  go('https://shop.example/cart')
  await settled()
  expect(greetingTexts(chat)).toEqual(['Hi from t1'])
})

test('a trigger that runs once greets once in however many tabs', async () => {
  const browser = createBrowser()
  serve(browser, { triggers: [trigger('t1', 'page-url', '.')] })
  const tabs = [await begin(browser), await begin(browser)]
  tabs.forEach(({ go }) => go('https://shop.example/'))
  await settled()
  expect(tabs.flatMap(({ chat }) => greetingTexts(chat))).toEqual(['Hi from t1'])
})

test('opening the chat and registering fire the triggers that wait for them', async () => {
  const browser = createBrowser()
  serve(browser, {
    triggers: [trigger('open', 'chat-opened-by-visitor', ''), trigger('registered', 'after-guest-registration', '')],
  })
  const { chat, core } = await begin(browser)
  chat.setOpen(true)
  await settled()
  expect(chat.messages.value.map(({ text }) => text)).toEqual(['Hi from open'])
  expect(greetingTexts(chat)).toEqual([])
  await core.opened()
  await settled()
  expect(chat.messages.value.map(({ text }) => text)).toEqual(['Hi from open', 'Hi from registered'])
})

test('a greeting can come from the next agent of the queue, who is asked for once an hour', async () => {
  const browser = createBrowser()
  serve(browser, {
    triggers: [
      trigger(
        't1',
        'page-url',
        '.',
        { runOnce: false },
        { params: { sender: 'queue', msg: 'Hello', department: 'd1' } },
      ),
    ],
  })
  browser.reply('GET livechat/agent.next', { agent: { _id: 'b', username: 'ben', name: 'Ben' } })
  const { chat, go } = await begin(browser)
  go('https://shop.example/')
  await settled()
  go('https://shop.example/2')
  await settled()
  expect(chat.greetings.value.map(({ author }) => author)).toMatchObject([
    { username: 'ben', name: 'Ben' },
    { username: 'ben', avatarUrl: 'https://chat.example.com/avatar/ben' },
  ])
  expect(browser.count('agent.next')).toBe(1)
})

test('the agent who greets is asked for by the id of the visitor’s department, and another department has another', async () => {
  const browser = createBrowser()
  const queue = { params: { sender: 'queue', msg: 'Hello' } }
  serve(browser, { triggers: [trigger('t1', 'page-url', '.', { runOnce: false }, queue)] })
  browser.reply('GET livechat/agent.next', { agent: { _id: 'b', username: 'ben', name: 'Ben' } })
  const asked = () =>
    browser.calls.filter(({ verb }) => verb.includes('agent.next')).map(({ options }) => options.query?.department)
  const server = 'https://chat.example.com'
  for (const options of [{ server, department: 'Sales' }, { server, guest: { department: 'd1' } }, { server }]) {
    const { go, stop } = await begin(browser, options)
    go('https://shop.example/')
    await settled()
    stop()
  }
  expect(asked()).toEqual(['d1', undefined])
})

test('an outside service is told what the host has told of its guest', async () => {
  const browser = createBrowser()
  const action = { name: 'use-external-service', params: { serviceFallbackMessage: 'Anyone there?' } }
  serve(browser, { triggers: [trigger('t1', 'page-url', '.', {}, action)] })
  browser.reply('POST livechat/triggers/t1', { response: { contents: [{ msg: 'Hi', order: 0 }] } })
  const guest = { customFields: { plan: 'gold' } }
  const { go } = await begin(browser, { server: 'https://chat.example.com', guest })
  go('https://shop.example/')
  await settled()
  const [body] = browser.bodies('triggers/t1')
  expect(body).toMatchObject({ extraData: [{ key: 'plan', value: 'gold' }] })
})

test('whoever is registered is greeted by nothing that is meant for strangers', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser, {
    triggers: [
      trigger('url', 'page-url', '.', { runOnce: false }),
      trigger('time', 'time-on-site', '10', { runOnce: false }),
    ],
  })
  const { chat, core, go } = await begin(browser)
  await core.opened()
  await settled()
  go('https://shop.example/')
  await clock.advance(11_000)
  expect(greetingTexts(chat)).toEqual([])
})

test('what called a visitor to the chat goes when the conversation begins', async () => {
  const browser = createBrowser()
  serve(browser, {
    triggers: [
      trigger('called', 'page-url', '.', { runOnce: false }),
      trigger('opened', 'chat-opened-by-visitor', ''),
      trigger('registered', 'after-guest-registration', ''),
    ],
  })
  const { chat, core, go, texts } = await begin(browser)
  go('https://shop.example/')
  await settled()
  chat.setOpen(true)
  await core.opened()
  await settled()
  expect(texts()).toEqual(['Hi from called', 'Hi from opened', 'Hi from registered'])
  await chat.send('Do you ship to Norway?')
  await settled()
  expect(texts()).toEqual(['Hi from registered', 'Do you ship to Norway?'])
})

test('what greeted a visitor after registration is there after a reload, until a chat begins, and comes again after it', async () => {
  const browser = createBrowser()
  serve(browser, { triggers: [trigger('t1', 'after-guest-registration', '', { runOnce: false })] })
  const first = await begin(browser)
  await first.core.opened()
  await settled()
  expect(first.texts()).toEqual(['Hi from t1'])
  first.stop()
  const second = await begin(browser)
  expect(second.texts()).toEqual(['Hi from t1'])
  second.stop()
  const third = await talk(browser)
  const greetings = (tab: typeof first) => tab.texts().filter((text) => text === 'Hi from t1').length
  expect(greetings(third)).toBe(1)
  third.hear('end', 'Bye', { t: 'livechat-close' })
  await settled()
  expect(greetings(third)).toBe(2)
  third.stop()
  expect(greetings(await begin(browser))).toBe(1)
})

test('an external service writes the greeting, or its fallback is shown', async () => {
  const browser = createBrowser()
  const action = { name: 'use-external-service', params: { serviceFallbackMessage: 'Anyone there?' } }
  serve(browser, {
    triggers: [
      trigger('t1', 'page-url', '/a'),
      trigger('t2', 'page-url', '/b', {}, action),
      trigger('t3', 'page-url', '/c', {}, action),
    ],
  })
  browser.reply('POST livechat/triggers/t2', {
    response: {
      contents: [
        { msg: 'second', order: 1 },
        { msg: 'first', order: 0 },
      ],
    },
  })
  browser.reply('POST livechat/triggers/t3', refused('error'))
  const { chat, go } = await begin(browser)
  go('https://shop.example/b')
  await settled()
  go('https://shop.example/c')
  await settled()
  expect(greetingTexts(chat)).toEqual(['first', 'second', 'Anyone there?'])
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
  expect(greetingTexts(other.chat)).toEqual([])
})
