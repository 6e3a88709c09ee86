import { expect, test } from '../../fixture.ts'
import { begin, openWire, token } from '../../probe/socket.ts'

test('an agent quotes, answers in a thread, speaks as a bot and shows blocks', async ({ server }) => {
  const { rid } = await begin(server)
  await server.post('message', { token, rid, msg: 'How much?', _id: 'own' })
  const { message: quote } = await server.agent({ does: 'say', text: '5 €', quote: 'own' })
  expect(quote.msg).toBe(`[ ](${server.origin}/live/${rid}?msg=own) 5 €`)
  expect(quote.attachments).toEqual([
    {
      message_link: `${server.origin}/live/${rid}?msg=own`,
      author_name: 'guest-1',
      author_icon: '/avatar/guest-1',
      text: 'How much?',
      ts: expect.any(String),
      attachments: [],
    },
  ])
  const { message: reply } = await server.agent({ does: 'say', text: 'in a thread', tmid: 'own' })
  expect(reply.tmid).toBe('own')
  const parent = (await server.get(`message/own?token=${token}&rid=${rid}`)).body.message
  expect(parent).toMatchObject({ tcount: 1, replies: [quote.u._id] })
  const { message: bot } = await server.agent({
    does: 'say',
    text: 'beep',
    bot: { i: 'bot' },
    alias: 'Robo',
    emoji: ':robot:',
  })
  expect(bot).toMatchObject({ alias: 'Robo', emoji: ':robot:', bot: { i: 'bot' } })
  const blocks = [{ type: 'section', text: { type: 'plain_text', text: 'Hi' } }]
  expect((await server.agent({ does: 'say', blocks })).message.blocks).toEqual(blocks)
})

test('a message is reacted to and sent again under its id', async ({ server }) => {
  const { rid } = await begin(server)
  const wire = await openWire(server)
  wire.listen('s1', 'stream-room-messages', rid, token)
  await expect.poll(() => wire.answer('s1')).toBeDefined()
  const { message } = await server.agent({ does: 'say', text: 'one' })
  await server.agent({ does: 'react', mid: message._id, emoji: ':heart:' })
  await server.agent({ does: 'again', mid: message._id })
  await expect.poll(() => wire.heard(rid).map(([{ _id }]) => _id)).toEqual([message._id, message._id, message._id])
  expect(wire.heard(rid)[1]![0].reactions).toEqual({ ':heart:': { usernames: ['ana'] } })
})

test('a transfer to an agent writes who left, who came, and why', async ({ server }) => {
  const { rid } = await begin(server)
  await server.agent({ does: 'take' })
  await server.agent({ does: 'transfer', to: 'ben', comment: 'knows more' })
  const { messages } = await server.ask('GET', `messages?rid=${rid}`)
  expect(messages.slice(-4).map(({ t, msg, u }: any) => [t, msg, u.username])).toEqual([
    ['livechat_transfer_history', '', 'ana'],
    ['ul', 'ana', 'ana'],
    ['command', 'connected', 'ben'],
    ['uj', 'ben', 'ben'],
  ])
  expect(messages.at(-4).transferData).toMatchObject({
    transferredBy: { username: 'ana', userType: 'user' },
    transferredTo: { username: 'ben', name: 'Ben Okoro' },
    scope: 'agent',
    comment: 'knows more',
  })
  await server.agent({ does: 'transfer', to: 'queue' })
  expect((await server.ask('GET', 'rooms')).rooms[0].servedBy).toBeUndefined()
})

test('what cannot be done is refused in a sentence', async ({ server }) => {
  await expect(server.agent({ does: 'say', text: 'x' })).rejects.toThrow('there is no such room')
  await begin(server)
  await expect(server.agent({ does: 'sing' })).rejects.toThrow("not 'sing'")
  await expect(server.agent({ does: 'say', username: 'zoe' })).rejects.toThrow("there is no agent 'zoe'")
  await expect(server.agent({ does: 'transfer', to: 'Moon' })).rejects.toThrow("there is no agent or department 'Moon'")
  await expect(server.agent({ does: 'edit', mid: 'none' })).rejects.toThrow('there is no such message')
  await server.agent({ does: 'close' })
  await expect(server.agent({ does: 'take' })).rejects.toThrow('there is no such room')
})

test('a room is filled with a long history', async ({ server }) => {
  const { rid } = await begin(server)
  await server.agent({ does: 'fill', count: 2000 })
  const { messages } = (await server.get(`messages.history/${rid}?token=${token}&limit=2`)).body
  expect(messages.map(({ msg, u }: any) => [msg, u.username])).toEqual([
    ['Message 2000', 'ana'],
    ['Message 1999', 'guest-1'],
  ])
})
