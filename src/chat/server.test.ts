import { WebSocket } from 'ws'
import { expect, test } from '../../e2e/backend/fixture'
import type { Server } from '../../e2e/backend/fixture'
import { createBrowser } from '../../e2e/fakes/core'
import { createChat } from './chat'

Object.assign(globalThis, { WebSocket })

/** One visitor's browser, and its tabs. */
const openBrowser = (server: Server) => {
  const browser = createBrowser({ server: server.origin, live: true })
  const opened: { stop(): void }[] = []
  return {
    open() {
      const tab = browser.tab({ server: server.origin })
      const chat = createChat(tab.core)
      chat.setOpen(true)
      const stop = () => {
        chat.destroy()
        tab.stop()
      }
      opened.push({ stop })
      return {
        ...tab,
        chat,
        stop,
        texts: () =>
          chat.messages.value
            .filter(({ note, deleted }) => !note && !deleted)
            .map(({ text, state }) => (state === 'sent' ? text : `${text} (${state})`)),
      }
    },
    close: () => opened.forEach(({ stop }) => stop()),
  }
}

/** Texts of the messages the server stored, in order. */
const stored = async (server: Server): Promise<string[]> => {
  const { rooms } = (await server.ask('GET', 'rooms')) as { rooms: { _id: string }[] }
  const lists = await Promise.all(
    rooms.map(
      ({ _id }) => server.ask('GET', `messages?rid=${_id}`) as Promise<{ messages: { t?: string; msg: string }[] }>,
    ),
  )
  return lists.flatMap(({ messages }) => messages.filter(({ t }) => !t).map(({ msg }) => msg))
}

const browsers: { close(): void }[] = []
const visitor = (server: Server) => {
  const browser = openBrowser(server)
  browsers.push(browser)
  return browser
}
test.afterEach(() => browsers.splice(0).forEach((browser) => browser.close()))

test('a conversation from its first message to its end', async ({ server }) => {
  const { chat, texts, details } = visitor(server).open()
  await expect.poll(() => chat.stage.value).toBe('talk')
  await chat.send('Hello *there*')
  await expect.poll(texts).toEqual(['Hello *there*'])
  await expect.poll(() => chat.connection.value.state).toBe('live')
  await server.agent({ does: 'take' })
  await expect.poll(() => chat.agent.value?.name).toBe('Ana Prado')
  await server.agent({ does: 'type' })
  await expect.poll(() => chat.typing.value).toEqual(['Ana Prado'])
  const { message } = await server.agent({ does: 'say', text: 'How can I _help_?' })
  await expect.poll(texts).toEqual(['Hello *there*', 'How can I _help_?'])
  expect(chat.typing.value).toEqual([])
  expect(chat.messages.value.at(-1)?.body).toMatchObject([
    { kind: 'paragraph', inlines: [{ kind: 'text' }, { kind: 'italic' }, { kind: 'text', text: '?' }] },
  ])
  await server.agent({ does: 'edit', mid: message._id, text: 'Yes?' })
  await expect.poll(texts).toEqual(['Hello *there*', 'Yes?'])
  await server.agent({ does: 'delete', mid: message._id })
  await expect.poll(texts).toEqual(['Hello *there*'])
  await server.agent({ does: 'status', status: 'away' })
  await expect.poll(() => chat.agent.value?.status).toBe('away')
  await server.agent({ does: 'status', status: 'online' })
  await server.agent({ does: 'transfer', to: 'ben' })
  await expect.poll(() => chat.agent.value?.name).toBe('Ben Okoro')
  expect(chat.messages.value.some(({ note }) => note?.kind === 'transferred')).toBe(true)
  await server.agent({ does: 'close', comment: 'Bye' })
  await expect.poll(() => chat.stage.value).toBe('finished')
  await chat.survey({ satisfaction: '5' })
  await chat.transcript('mia@shop.example')
  await chat.startNew()
  expect(chat.stage.value).toBe('talk')
  expect(details('chat-end')).toHaveLength(1)
})

test('the visitor sees their place in the queue until an agent takes over', async ({ server }) => {
  await server.settings({ queueing: true })
  const { chat, details } = visitor(server).open()
  await chat.send('Anyone?')
  await expect.poll(() => chat.queue.value?.spot).toBe(1)
  await server.agent({ does: 'take' })
  await expect.poll(() => chat.agent.value?.username).toBe('ana')
  expect(chat.queue.value).toBeUndefined()
  await server.agent({ does: 'release' })
  await expect.poll(() => chat.agent.value).toBeUndefined()
  await expect
    .poll(() => details('agent'))
    .toEqual([{ name: 'Ana Prado', username: 'ana', status: 'online' }, undefined])
})

test(
  'each message arrives once though answers are lost, connections cut and calls refused',
  { tag: '@slow' },
  async ({ server }) => {
    const { chat, texts } = visitor(server).open()
    await expect.poll(() => chat.stage.value).toBe('talk')
    await server.faults([
      { match: 'POST /api/v1/livechat/message', drop: 'after', times: 1 },
      { match: 'POST /api/v1/livechat/visitor', drop: 'before', times: 1 },
    ])
    await Promise.all(['one', 'two', 'three'].map((text) => chat.send(text)))
    await expect.poll(texts, { timeout: 30_000 }).toEqual(['one', 'two', 'three'])
    await server.faults([{ match: 'POST /api/v1/livechat/message', status: 503, times: 1 }])
    await chat.send('four')
    await expect.poll(texts, { timeout: 30_000 }).toEqual(['one', 'two', 'three', 'four'])
    expect(await stored(server)).toEqual(['one', 'two', 'three', 'four'])
  },
)

test('a socket that is dropped comes back with the messages missed meanwhile', async ({ server }) => {
  const { chat, texts } = visitor(server).open()
  await chat.send('Hello')
  await expect.poll(() => chat.connection.value.state).toBe('live')
  await server.agent({ does: 'take' })
  await server.faults({ socket: 'refuse' })
  await server.faults({ socket: 'drop' })
  await expect.poll(() => chat.connection.value.state).not.toBe('live')
  await server.agent({ does: 'say', text: 'said in between' })
  await server.faults({})
  await expect.poll(texts, { timeout: 30_000 }).toEqual(['Hello', 'said in between'])
  await expect.poll(() => chat.connection.value.state, { timeout: 30_000 }).toBe('live')
  await server.agent({ does: 'say', text: 'and after' })
  await expect.poll(texts).toEqual(['Hello', 'said in between', 'and after'])
})

test('a chat that ends while the socket is away is over', async ({ server }) => {
  const { chat } = visitor(server).open()
  await chat.send('Hello')
  await expect.poll(() => chat.connection.value.state).toBe('live')
  await server.agent({ does: 'take' })
  await server.faults({ socket: 'drop' })
  await expect.poll(() => chat.connection.value.state).not.toBe('live')
  await server.agent({ does: 'close' })
  await server.faults({})
  await expect.poll(() => chat.stage.value, { timeout: 30_000 }).toBe('finished')
})

test('where sockets are refused, asking carries the chat', { tag: '@slow' }, async ({ server }) => {
  await server.faults({ socket: 'refuse' })
  const { chat, texts } = visitor(server).open()
  await chat.send('Hello')
  await expect.poll(() => chat.connection.value.state, { timeout: 30_000 }).toBe('polling')
  await server.agent({ does: 'take' })
  await server.agent({ does: 'say', text: 'by asking' })
  await expect.poll(texts, { timeout: 30_000 }).toEqual(['Hello', 'by asking'])
})

test('messages written during an outage leave in order when it is over', { tag: '@slow' }, async ({ server }) => {
  const { chat, texts } = visitor(server).open()
  await chat.send('before')
  await expect.poll(texts).toEqual(['before'])
  await server.faults({ plug: true })
  await chat.send('one')
  await chat.send('two')
  expect(texts()).toEqual(['before', 'one (sending)', 'two (sending)'])
  await server.faults({})
  await expect.poll(texts, { timeout: 40_000 }).toEqual(['before', 'one', 'two'])
  expect(await stored(server)).toEqual(['before', 'one', 'two'])
})

test('two tabs show one conversation', async ({ server }) => {
  const browser = visitor(server)
  const a = browser.open()
  const b = browser.open()
  await expect.poll(() => [a.chat.stage.value, b.chat.stage.value]).toEqual(['talk', 'talk'])
  await Promise.all([a.chat.send('from a'), b.chat.send('from b')])
  await expect.poll(() => a.texts().sort()).toEqual(['from a', 'from b'])
  await expect.poll(() => b.texts()).toEqual(a.texts())
  await server.agent({ does: 'take' })
  await server.agent({ does: 'say', text: 'to both' })
  for (const { texts } of [a, b]) await expect.poll(() => texts().at(-1)).toBe('to both')
  expect((await server.ask('GET', 'rooms')).rooms).toHaveLength(1)
  await a.chat.finish()
  await expect.poll(() => b.chat.stage.value).toBe('finished')
})

test('too many messages wait as long as the server says', { tag: '@slow' }, async ({ server }) => {
  await server.faults([{ match: 'POST /api/v1/livechat/message', limit: { calls: 2, windowMs: 4000 } }])
  const { chat, texts } = visitor(server).open()
  for (const text of ['1', '2', '3']) await chat.send(text)
  await expect.poll(() => chat.connection.value).toMatchObject({ state: 'waiting', limited: true })
  await expect.poll(texts, { timeout: 30_000 }).toEqual(['1', '2', '3'])
  expect(await stored(server)).toEqual(['1', '2', '3'])
})

test('the next page shows the conversation, and older messages page by page', async ({ server }) => {
  const browser = visitor(server)
  const first = browser.open()
  await first.chat.send('Hello')
  await expect.poll(first.texts).toEqual(['Hello'])
  await server.agent({ does: 'take' })
  await server.agent({ does: 'fill', count: 120 })
  first.stop()
  const { chat, texts } = browser.open()
  await expect.poll(() => texts().length).toBe(50)
  expect(chat.older.value).toBe('more')
  while (chat.older.value === 'more') await chat.loadOlder()
  expect(texts()).toHaveLength(121)
  expect(new Set(chat.messages.value.map(({ id }) => id)).size).toBe(chat.messages.value.length)
})

test('an old server is understood: its routes, its typing, its plain texts', async ({ server }) => {
  await server.settings({
    dialect: 'v0',
    departments: [{ _id: 'd1', name: 'Sales', showOnRegistration: true, showOnOfflineForm: true }],
  })
  const { chat, texts } = visitor(server).open()
  await chat.send('Hello')
  await expect.poll(texts).toEqual(['Hello'])
  await expect.poll(() => chat.connection.value.state).toBe('live')
  await server.agent({ does: 'take' })
  await server.agent({ does: 'type' })
  await expect.poll(() => chat.typing.value).toHaveLength(1)
  await server.agent({ does: 'say', text: 'plain *old*' })
  await expect
    .poll(() => chat.messages.value.at(-1)?.body)
    .toMatchObject([{ inlines: [{ kind: 'text' }, { kind: 'bold' }] }])
  await chat.switchDepartment(chat.config.value!.departments[0]!.id)
  const transferPaths = (await server.ledger()).map(({ path }) => path).filter((path) => path.includes('transfer'))
  expect(transferPaths).toEqual(['/api/v1/livechat/visitor/department.transfer', '/api/v1/livechat/room.transfer'])
})

test('a reply in a thread, and one that quotes, show what they reply to', async ({ server }) => {
  const { chat } = visitor(server).open()
  await chat.send('Which size?')
  await expect.poll(() => chat.connection.value.state).toBe('live')
  await server.agent({ does: 'take' })
  const mine = chat.messages.value.find(({ from }) => from === 'visitor')!
  await server.agent({ does: 'say', text: 'M', tmid: mine.id })
  await expect.poll(() => chat.messages.value.at(-1)?.quotes.map(({ text }) => text)).toEqual(['Which size?'])
  await server.agent({ does: 'say', text: 'or L', quote: mine.id })
  await expect.poll(() => chat.messages.value.at(-1)).toMatchObject({ text: 'or L', quotes: [{ text: 'Which size?' }] })
})

test('the server takes the consent, the form and the message left while nobody is online', async ({ server }) => {
  await server.settings({ registrationForm: true, forceAcceptDataProcessingConsent: true })
  const { chat } = visitor(server).open()
  await expect.poll(() => chat.stage.value).toBe('consent')
  await chat.acceptConsent()
  expect(chat.stage.value).toBe('form')
  expect(await chat.submitForm({ name: 'Mia', email: 'Mia@Shop.example' })).toEqual({})
  expect(chat.stage.value).toBe('talk')
  const { visitors } = (await server.ask('GET', 'visitors')) as { visitors: { name: string; visitorEmails: unknown }[] }
  expect(visitors).toMatchObject([{ name: 'Mia', visitorEmails: [{ address: 'mia@shop.example' }] }])
  await server.settings({ online: false })
  const other = visitor(server).open()
  await expect.poll(() => other.chat.stage.value).toBe('consent')
  await other.chat.acceptConsent()
  await expect.poll(() => other.chat.stage.value).toBe('offline')
  expect(await other.chat.leaveMessage({ name: 'Mia', email: 'mia@shop.example', message: 'Hi' })).toEqual({})
})
