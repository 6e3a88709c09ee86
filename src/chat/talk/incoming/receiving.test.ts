import { expect, test } from 'playwright/test'
import { startMs, talk } from '../../../../e2e/fakes/chatting'
import { createBrowser, createManualClock, settled, silent } from '../../../../e2e/fakes/core'
import { message, serve, streamed } from '../../../../e2e/fakes/livechat'
import { FakeSocket } from '../../../../e2e/fakes/sockets'

test.beforeEach(() => FakeSocket.install())

test('live messages, their edits and their deletion arrive by the socket', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat, details } = await talk(browser)
  const socket = FakeSocket.last()
  const hello = message('m1', startMs + 60_000, 'Hello')
  socket.changed('stream-room-messages', 'room1', streamed(hello))
  expect(chat.messages.value.at(-1)).toMatchObject({
    id: 'm1',
    from: 'agent',
    text: 'Hello',
    author: { name: 'Ana', avatarUrl: 'https://chat.example.com/avatar/ana' },
  })
  socket.changed(
    'stream-room-messages',
    'room1',
    streamed({ ...hello, msg: 'Hello!', editedAt: hello.ts, _updatedAt: new Date(startMs + 61_000).toISOString() }),
  )
  expect(chat.messages.value.at(-1)).toMatchObject({ text: 'Hello!', edited: true })
  socket.changed('stream-room-messages', 'room1', streamed(hello))
  expect(chat.messages.value.at(-1)).toMatchObject({ text: 'Hello!' })
  socket.changed('stream-notify-room', 'room1/deleteMessage', { _id: 'm1' })
  expect(chat.messages.value.at(-1)).toMatchObject({ deleted: true, text: '' })
  expect(details('message').filter(({ from }) => from === 'agent')).toEqual([
    { id: 'm1', from: 'agent', text: 'Hello', at: startMs + 60_000 },
  ])
})

test('messages are in the order of their time, then of their id, however they arrive', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await talk(browser)
  const socket = FakeSocket.last()
  for (const [id, at] of [
    ['c', 30_000],
    ['b', 20_000],
    ['a2', 10_000],
    ['a1', 10_000],
    ['d', 40_000],
  ] as const)
    socket.changed('stream-room-messages', 'room1', streamed(message(id, startMs + 60_000 + at, id)))
  expect(chat.messages.value.map(({ id }) => id).slice(1)).toEqual(['a1', 'a2', 'b', 'c', 'd'])
})

test('the echo of an own message counts as its answer', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat, states } = await talk(browser)
  browser.reply('POST livechat/message', ({ body }) => {
    const { _id, msg, token } = body as Record<string, string>
    FakeSocket.last().changed(
      'stream-room-messages',
      'room1',
      streamed(message(_id!, startMs + 70_000, msg!, { token, u: { _id: 'v1', username: 'guest-19' } })),
    )
    return silent
  })
  await chat.send('echo')
  await settled()
  expect(states()).toEqual(['sent', 'sent'])
})

for (const [skew, skewMs] of [
  ['an hour ahead', 3_600_000],
  ['an hour behind', -3_600_000],
] as const)
  test(`with a clock here that is ${skew}, messages of both sides are in the server’s order`, async () => {
    const browser = createBrowser({ clock: createManualClock(startMs + skewMs) })
    serve(browser)
    const { chat, texts, states } = await talk(browser)
    const [early, late] = [startMs + 60_000, startMs + 120_000]
    let store = (_atMs: number) => {}
    browser.reply('POST livechat/message', async ({ body }) => {
      const { _id, msg, token } = body as Record<string, string>
      const atMs = await new Promise<number>((resolve) => (store = resolve))
      return { message: message(_id!, atMs, msg!, { token, u: { _id: 'v1', username: 'guest-19' } }) }
    })
    const hear = (id: string, atMs: number) =>
      FakeSocket.last().changed('stream-room-messages', 'room1', streamed(message(id, atMs, id)))
    for (const [mine, storedMs, theirs, theirsMs] of [
      ['answered', early, 'the answer', early + 1],
      ['too late', late, 'a question', late - 1],
    ] as const) {
      await chat.send(mine)
      await settled()
      hear(theirs, theirsMs)
      // Not stored yet: it has no place but the last.
      expect([texts().at(-1), states().at(-1)]).toEqual([mine, 'sending'])
      store(storedMs)
      await settled()
    }
    expect(texts()).toEqual(['first', 'answered', 'the answer', 'a question', 'too late'])
    expect(states()).not.toContain('sending')
  })

test('an agent whom the server hides has neither name nor picture', async () => {
  const browser = createBrowser()
  serve(browser, { agent: { hiddenInfo: true } }, { agentHiddenInfo: true })
  const { chat } = await talk(browser)
  FakeSocket.last().changed('stream-room-messages', 'room1', streamed(message('m1', startMs + 60_000, 'Hello')))
  FakeSocket.last().changed('stream-notify-room', 'room1/user-activity', 'ana', ['user-typing'])
  expect(chat.messages.value.at(-1)?.author).toEqual({ username: '', name: '', hidden: true })
  expect(chat.typing.value).toEqual([])
})

test('a reply in a thread quotes the message it replies to', async () => {
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
  expect(chat.messages.value.slice(-2).map(({ quotes }) => quotes[0])).toEqual([
    { author: 'Ana', text: 'long ago' },
    { author: 'Ana', text: 'long ago' },
  ])
  expect(browser.count('GET livechat/message/far')).toBe(1)
})

test('messages of another room, and those that nobody has written, are not shown', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await talk(browser)
  const socket = FakeSocket.last()
  const before = chat.messages.value
  for (const more of [
    { rid: 'elsewhere' },
    { t: 'command', msg: 'connected' },
    { t: 'uj' },
    { t: 'au' },
    { t: 'livechat_navigation_history' },
    { t: 'something-new' },
    { msg: '' },
    { _hidden: true },
  ])
    socket.changed('stream-room-messages', 'room1', streamed(message('m', startMs + 60_000, 'x', more)))
  for (const nonsense of [null, 'x', [], {}, { _id: 3 }]) socket.changed('stream-room-messages', 'room1', nonsense)
  expect(chat.messages.value).toBe(before)
})

test('joining, leaving, transferring and holding are notes between messages', async () => {
  const browser = createBrowser()
  serve(browser, {}, { hiddenSystemMessages: [] })
  const { chat } = await talk(browser)
  const hearNote = (id: string, more: Record<string, unknown>) =>
    FakeSocket.last().changed('stream-room-messages', 'room1', streamed(message(id, startMs + 60_000, '', more)))
  hearNote('n1', { t: 'uj', msg: 'ana' })
  hearNote('n2', {
    t: 'livechat_transfer_history',
    transferData: {
      transferredBy: { username: 'ana', name: 'Ana' },
      transferredTo: { username: 'ben', name: 'Ben' },
      scope: 'agent',
    },
  })
  hearNote('n3', { t: 'ul', msg: 'ana' })
  hearNote('n4', { t: 'omnichannel_placed_chat_on_hold', comment: 'a moment' })
  hearNote('n5', { t: 'livechat-started' })
  expect(chat.messages.value.slice(1).map(({ note, from }) => [from, note])).toEqual([
    ['system', { kind: 'joined', name: 'Ana' }],
    ['system', { kind: 'transferred', to: 'Ben', from: 'Ana' }],
    ['system', { kind: 'left', name: 'Ana' }],
    ['system', { kind: 'hold', comment: 'a moment' }],
    ['system', { kind: 'started' }],
  ])
  expect(chat.unread.value).toBe(0)
})

test('files and quotes are shown whole, protected files at an address with the token', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat, core } = await talk(browser)
  const attachments = [
    {
      title: 'cat.png',
      type: 'file',
      description: 'a cat',
      title_link: '/file-upload/F1/cat.png',
      title_link_download: true,
      image_url: '/file-upload/F1/cat.png',
      image_type: 'image/png',
      image_size: 2048,
      image_dimensions: { width: 64, height: 48 },
    },
    { title: 'a.mp3', type: 'file', audio_url: '/file-upload/F2/a.mp3', audio_type: 'audio/mpeg', audio_size: 3 },
    { title: 'b.pdf', type: 'file', title_link: '/file-upload/F3/b.pdf' },
    { title: 'evil', type: 'file', title_link: 'javascript:alert(1)' },
    {
      message_link: 'https://chat.example.com/live/room1?msg=m0',
      author_name: 'guest-19',
      text: 'what was said',
      ts: '2023-03-30T16:58:11.899Z',
    },
  ]
  FakeSocket.last().changed(
    'stream-room-messages',
    'room1',
    streamed(
      message('m1', startMs + 60_000, '[ ](https://chat.example.com/live/room1?msg=m0) see', {
        attachments,
        files: [{ _id: 'F3', name: 'b.pdf', type: 'application/pdf', size: 99 }],
      }),
    ),
  )
  const shown = chat.messages.value.at(-1)!
  const token = core.visitor.current()!.token
  const secret = `?rc_room_type=l&rc_rid=room1&rc_token=${token}&rc_uid=visitor`
  expect(shown.text).toBe('see')
  expect(shown.files).toEqual([
    {
      kind: 'image',
      name: 'cat.png',
      url: `https://chat.example.com/file-upload/F1/cat.png${secret}`,
      type: 'image/png',
      sizeBytes: 2048,
      width: 64,
      height: 48,
      description: 'a cat',
    },
    {
      kind: 'audio',
      name: 'a.mp3',
      url: `https://chat.example.com/file-upload/F2/a.mp3${secret}`,
      type: 'audio/mpeg',
      sizeBytes: 3,
      width: undefined,
      height: undefined,
      description: undefined,
    },
    {
      kind: 'file',
      name: 'b.pdf',
      url: `https://chat.example.com/file-upload/F3/b.pdf${secret}`,
      type: 'application/pdf',
      sizeBytes: 99,
      width: undefined,
      height: undefined,
      description: undefined,
    },
  ])
  expect(shown.quotes).toEqual([{ author: 'guest-19', text: 'what was said' }])
})

test('one message more than 2,000 leaves all others as they are', async () => {
  const browser = createBrowser()
  serve(browser)
  const { chat } = await talk(browser)
  const socket = FakeSocket.last()
  for (let n = 0; n < 2000; n++)
    socket.changed('stream-room-messages', 'room1', streamed(message(`x${n}`, startMs + 60_000 + n, 'x')))
  const before = chat.messages.value
  socket.changed('stream-room-messages', 'room1', streamed(message('last', startMs + 90_000, 'last')))
  expect(chat.messages.value).toHaveLength(2002)
  expect(chat.messages.value.slice(0, -1).every((one, index) => one === before[index])).toBe(true)
})
