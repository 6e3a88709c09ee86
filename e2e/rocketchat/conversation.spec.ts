/** A conversation, as the widget holds it. */
import { randomBytes } from 'node:crypto'
import { expect, test } from './test.ts'

const aText = expect.any(String)

test('a conversation is opened once, with the pages that came before it', async ({
  subject,
  agent,
  guest,
  needs,
  expects,
}) => {
  const again = await guest.get('room')
  needs('GET room while there is one', again.body.room?._id, guest.rid)
  expects('GET room: newRoom', again.body.newRoom, false)
  needs('GET room: whose it is', again.body.room, { open: true, v: { token: guest.token } })
  const { body } = await guest.get('config')
  needs('GET config with a token: room', body.config?.room, { _id: guest.rid, open: true })
  needs('GET config with a token: guest', body.config?.guest, { token: guest.token, username: guest.visitor.username })
  const href = 'https://shop.example/asked'
  await guest.post('page.visited', { pageInfo: { change: 'url', title: 'Asked', location: { href } } })
  const pages = await subject.call('GET', `livechat/visitors.pagesVisited/${guest.rid}`, { headers: agent.login })
  const found = pages.body.pages?.map((page: { navigation: { page: object } }) => page.navigation.page)
  needs('GET visitors.pagesVisited/:rid as an agent', found, [{ title: 'Asked', location: { href } }])
})

test('pages from before the conversation belong to it', async ({ subject, agent, token, needs }) => {
  const { call } = subject
  const pageInfo = { change: 'url', title: 'Before', location: { href: 'https://shop.example/before' } }
  await call('POST', 'livechat/page.visited', { body: { token, pageInfo } })
  await call('POST', 'livechat/visitor', { body: { visitor: { token } } })
  const { body } = await call('GET', `livechat/room?token=${token}`)
  const pages = await call('GET', `livechat/visitors.pagesVisited/${body.room?._id}`, { headers: agent.login })
  needs('pages from before the room', pages.body.pages?.[0]?.navigation?.page, { title: 'Before' })
})

test('a message is stored once under its own id, and comes back on the socket and in the history', async ({
  guest,
  needs,
  expects,
}) => {
  const wire = await guest.listen()
  needs('a subscription with the token', wire.answer('messages'), { msg: 'ready' })
  const _id = randomBytes(9).toString('hex').slice(1)
  const message = { _id, rid: guest.rid, msg: 'Hello', token: guest.token, u: { _id: guest.visitor._id } }
  const sent = await guest.post('message', { _id, msg: 'Hello' })
  needs('POST message', sent.body.message, { ...message, ts: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) })
  const heard = () => wire.heard(guest.rid).find(([each]) => each._id === _id)?.[0]
  await expect.poll(heard, 'The message should come back on the websocket.').toBeTruthy()
  needs('the message on the socket', heard(), { ...message, ts: { $date: expect.any(Number) } })
  const twice = await guest.post('message', { _id, msg: 'Hello' })
  expects('POST message with the same id (since 8.3)', [twice.status, twice.body.message?._id], [200, _id])
  await guest.post('message', { msg: 'And this' })
  const history = await guest.get(`messages.history/${guest.rid}`)
  const texts = history.body.messages?.flatMap(({ t, msg }: { t?: string; msg: string }) => (t ? [] : [msg]))
  needs('GET messages.history/:rid, newest first', texts, ['And this', 'Hello'])
  const single = await guest.get(`message/${_id}?rid=${guest.rid}`)
  needs('GET message/:id', single.body.message, message)
})

test('the streams of a conversation are open to whoever has its token alone', async ({ guest, needs, expects }) => {
  const wire = await guest.listen()
  const streams = [
    ['stream-room-messages', guest.rid],
    ['stream-notify-room', `${guest.rid}/user-activity`],
    ['stream-livechat-room', guest.rid],
  ] as const
  for (const [name, event] of streams) {
    wire.listen(`own ${name}`, name, event, guest.token)
    wire.listen(`other ${name}`, name, event, 'somebody-else')
    await expect.poll(() => wire.answer(`own ${name}`) && wire.answer(`other ${name}`)).toBeTruthy()
    needs(`${name} with the token`, wire.answer(`own ${name}`)?.msg, 'ready')
    expects(`${name} with another token`, wire.answer(`other ${name}`)?.msg, 'nosub')
  }
  const params = [`${guest.rid}/user-activity`, guest.visitor.username, ['user-typing'], { token: guest.token }]
  wire.send({ msg: 'method', id: 'typing', method: 'stream-notify-room', params })
  await expect.poll(() => wire.answer('typing')).toBeTruthy()
  needs('that the visitor types', wire.answer('typing'), { msg: 'result' })
})

test('an agent is named, is heard, and ends the conversation', async ({ subject, agent, guest, needs, expects }) => {
  const info = await subject.call('GET', `livechat/agent.info/${guest.rid}/${guest.token}`)
  expects('GET agent.info/:rid/:token', info.body.agent, { username: agent.username })
  const wire = await guest.listen()
  await agent.say(guest.rid, 'How can I help?')
  const heard = (is: (message: { msg: string; t?: string }) => boolean) =>
    wire.heard(guest.rid).find(([message]) => is(message))?.[0]
  const answer = () => heard(({ msg }) => msg === 'How can I help?')
  await expect.poll(answer, 'What the agent wrote should come on the websocket.').toBeTruthy()
  needs('what an agent writes', answer(), { _id: aText, rid: guest.rid, u: { username: agent.username } })
  expects('what an agent writes has no token', answer().token ?? 'nothing', 'nothing')

  await agent.close(guest.rid)
  const end = () => heard(({ t }) => t === 'livechat-close')
  await expect.poll(end, 'The end should come on the websocket.').toBeTruthy()
  const late = await guest.post('message', { msg: 'Too late' })
  needs('POST message after the end', late.answer, { kind: 'refused', code: 'room-closed' })
  const { body } = await guest.get('config')
  needs('GET config after the end: room', body.config?.room ?? 'nothing', 'nothing')
})

test('a file is taken with the token in its header, and refused without', async ({
  subject,
  guest,
  needs,
  expects,
}) => {
  const { body: settings } = await guest.get('config')
  test.skip(settings.config?.settings?.fileUpload !== true, 'Skipped: visitors may not send files to this server.')
  const send = (headers: Record<string, string>) => {
    const body = new FormData()
    body.append('file', new Blob(['A test of uploads.'], { type: 'text/plain' }), 'note.txt')
    return subject.call('POST', `livechat/upload/${guest.rid}`, { body, headers })
  }
  const taken = await send({ 'x-visitor-token': guest.token })
  needs('POST upload/:rid: status', taken.status, 200)
  needs('POST upload/:rid: the message', taken.body, { _id: aText, rid: guest.rid, file: { name: 'note.txt' } })
  needs(
    'POST upload/:rid: its attachment',
    taken.body.attachments?.[0]?.title_link,
    expect.stringContaining('/file-upload/'),
  )
  expects('POST upload/:rid without a token', (await send({})).status, 403)
})
