import { expect, test, type Server } from '../fixture.ts'
import { begin, token } from '../probe/socket.ts'

const say = (server: Server, rid: string, msg: string, more = {}) =>
  server.post('message', { token, rid, msg, ...more })
const history = async (server: Server, rid: string, query = '') =>
  (await server.get(`messages.history/${rid}?token=${token}${query}`)).body.messages as {
    _id: string
    msg: string
    t?: string
    ts: string
  }[]

test.beforeEach(({ server }) => server.settings({ limiter: false }))

test('a message is answered as it is stored, with its tree and links', async ({ server }) => {
  const { visitor, rid } = await begin(server, { name: 'Mende' })
  const { body } = await say(server, rid, '*Xup?* https://www.rocket.chat/x', { _id: 'own' })
  expect(body).toEqual({
    success: true,
    message: {
      _id: 'own',
      rid,
      msg: '*Xup?* https://www.rocket.chat/x',
      token,
      alias: 'Mende',
      ts: expect.any(String),
      u: { _id: visitor._id, username: 'guest-1', name: 'Mende' },
      _updatedAt: expect.any(String),
      urls: [{ url: 'https://www.rocket.chat/x', meta: {} }],
      mentions: [],
      channels: [],
      md: [expect.objectContaining({ type: 'PARAGRAPH' })],
    },
  })
  await server.settings({ dialect: 'v0' })
  expect((await say(server, rid, 'old')).body.message).toEqual({
    msg: 'old',
    u: { _id: visitor._id, username: 'guest-1', name: 'Mende' },
    ts: expect.any(String),
  })
  expect((await history(server, rid))[0]).not.toHaveProperty('md')
})

test('a second post of a stored id is answered with what is stored, and before 8 refused by accident', async ({
  server,
}) => {
  const { rid } = await begin(server)
  const first = await say(server, rid, 'once', { _id: 'own' })
  const again = () => say(server, rid, 'twice', { _id: 'own' })
  expect((await again()).body).toEqual(first.body)
  await server.settings({ dialect: 'v7' })
  const refused = await again()
  expect([refused.status, refused.body]).toEqual([
    400,
    { success: false, error: 'Cannot convert undefined or null to object' },
  ])
  expect((await server.get(`message/own?token=${token}&rid=${rid}`)).body.message.msg).toBe('once')
  expect((await history(server, rid)).filter(({ _id }) => _id === 'own').length).toBe(1)
})

test('a message is refused for its token, its room, a closed room and its length, in that order', async ({
  server,
}) => {
  const { rid } = await begin(server)
  await server.settings({ 'settings.limitTextLength': 5 })
  const refusal = async (body: object) => (await server.post('message', { token, rid, msg: 'too long', ...body })).body
  expect(await refusal({ token: 'nobody', rid: 'nowhere' })).toEqual({ success: false, error: 'invalid-token' })
  expect(await refusal({ rid: 'nowhere' })).toEqual({ success: false, error: 'invalid-room' })
  expect(await refusal({})).toEqual({ success: false, error: 'message-length-exceeds-character-limit' })
  await server.agent({ does: 'close' })
  expect(await refusal({})).toEqual({ success: false, error: 'room-closed' })
})

test('own messages are edited and deleted, others and forbidden ones are not', async ({ server }) => {
  const { rid } = await begin(server)
  await say(server, rid, 'frist', { _id: 'own' })
  const { message: theirs } = await server.agent({ does: 'say', text: 'hi' })
  const put = (id: string) => server.put(`message/${id}`, { token, rid, msg: 'first' })
  expect((await put('own')).body.message).toMatchObject({
    msg: 'first',
    editedAt: expect.any(String),
    editedBy: { username: 'guest-1' },
  })
  expect((await put(theirs._id)).body).toEqual({ success: false, error: 'error-action-not-allowed' })
  expect((await put('unknown')).body).toEqual({ success: false, error: 'invalid-message' })
  await server.agent({ does: 'close' })
  const next = (await server.get(`room?token=${token}`)).body.room._id
  expect((await server.put('message/own', { token, rid: next, msg: 'moved' })).body.message.msg).toBe('moved')
  expect((await server.get(`message/own?token=${token}&rid=${next}`)).body.error).toBe('invalid-message')
  await server.settings({ allowEditing: false, allowDeleting: false })
  expect((await put('own')).body).toEqual({ success: false, error: 'error-action-not-allowed' })
  const erase = () => server.remove('message/own', { token, rid })
  expect((await erase()).body).toEqual({ success: false, error: 'error-action-not-allowed' })
  await server.settings({ allowDeleting: true })
  expect((await erase()).body).toEqual({ message: { _id: 'own', ts: expect.any(String) }, success: true })
  expect((await history(server, rid)).map(({ _id }) => _id)).not.toContain('own')
})

test('where the server shows what was deleted, the message stays as an empty rm', async ({ server }) => {
  const { rid } = await begin(server)
  await server.settings({ showDeletedStatus: true })
  await say(server, rid, 'gone', { _id: 'own' })
  await server.remove('message/own', { token, rid })
  expect((await history(server, rid))[0]).toMatchObject({ _id: 'own', t: 'rm', msg: '' })
})

test('history is newest first, pages by limit, offset and end, and says nothing of what is hidden', async ({
  server,
}) => {
  const { rid } = await begin(server)
  await server.post('page.visited', { token, rid, pageInfo: { change: 'url', title: 'A', location: { href: 'x' } } })
  for (let n = 1; n <= 25; n++) await say(server, rid, `m${n}`)
  const all = await history(server, rid, '&limit=100')
  expect(all.length).toBe(26)
  expect(all[0]!.msg).toBe('m25')
  expect(all.at(-1)!.t).toBe('livechat-started')
  expect((await history(server, rid)).length).toBe(20)
  expect((await history(server, rid, '&limit=2&offset=1')).map(({ msg }) => msg)).toEqual(['m24', 'm23'])
  const older = await history(server, rid, `&limit=2&end=${all[3]!.ts}`)
  expect(older.map(({ msg }) => msg)).toEqual(['m21', 'm20'])
  await server.settings({ hideSystemMessages: ['livechat-started'] })
  expect((await history(server, rid, '&limit=100')).length).toBe(25)
  await server.settings({ navigationAsMessage: true })
  await server.post('page.visited', { token, rid, pageInfo: { change: 'url', title: 'B', location: { href: 'y' } } })
  expect((await history(server, rid))[0]).toMatchObject({ t: 'livechat_navigation_history', msg: 'B - y' })
  expect((await server.get(`messages.history/${rid}?token=nobody`)).body).toEqual({
    success: false,
    error: 'invalid-token',
  })
  expect((await server.get(`messages.history/nowhere?token=${token}`)).body).toEqual({
    success: false,
    error: 'invalid-room',
  })
})

test('a visitor closes the room once, if the server lets visitors close', async ({ server }) => {
  const { rid } = await begin(server)
  await server.settings({ visitorsCanCloseChat: false })
  const close = () => server.post('room.close', { rid, token })
  expect((await close()).body).toEqual({ success: false, error: 'error-not-allowed-to-close-conversation' })
  await server.settings({ visitorsCanCloseChat: true })
  expect((await close()).body).toEqual({ rid, comment: 'Closed by visitor', success: true })
  expect((await close()).body).toEqual({ success: false, error: 'room-closed' })
  expect((await history(server, rid))[0]).toMatchObject({ t: 'livechat-close', msg: 'Closed by visitor', token })
  expect((await server.get(`config?token=${token}`)).body.config.room).toBeUndefined()
  const { newRoom, room } = (await server.get(`room?token=${token}`)).body
  expect([newRoom, room._id === rid]).toEqual([true, false])
})

test('a survey keeps known questions with offered answers and any further words', async ({ server }) => {
  const { rid } = await begin(server)
  const ask = (data: object[]) => server.post('room.survey', { rid, token, data })
  const answers = [
    { name: 'satisfaction', value: '5' },
    { name: 'agentResposiveness', value: '6' },
    { name: 'weather', value: '1' },
    { name: 'additionalFeedback', value: 'Thank you' },
  ]
  expect((await ask(answers)).body).toEqual({
    rid,
    data: { satisfaction: '5', additionalFeedback: 'Thank you' },
    success: true,
  })
  expect((await ask([{ name: 'weather', value: '1' }])).body).toEqual({ success: false, error: 'invalid-data' })
})

test('a transcript is mailed with what was said, or refused in its own shape', async ({ server }) => {
  const { rid } = await begin(server, { name: 'Mende' })
  await say(server, rid, 'Xup?')
  const ask = (body = {}) => server.post('transcript', { rid, token, email: 'm@example.com', ...body })
  expect((await ask()).body).toEqual({ message: 'Omnichannel transcript sent', success: true })
  expect((await server.ask('GET', 'mails')).mails).toMatchObject([
    { kind: 'transcript', to: 'm@example.com', text: 'Mende: Xup?' },
  ])
  expect((await ask({ rid: 'nowhere' })).body).toEqual({ success: false, error: 'error-invalid-room' })
  expect((await ask({ token: 'nobody' })).body).toEqual({ success: false, error: 'error-invalid-visitor' })
  expect((await ask({ email: 'm@' })).body).toEqual({
    success: false,
    error: '[invalid email]',
    errorType: 'invalid email',
  })
  await server.post('visitor', { visitor: { token, email: 'm@example.com' } })
  await server.post('visitor', { visitor: { token: 'another', email: 'm@example.com' } })
  expect((await ask()).status).toBe(200)
  expect((await ask({ token: 'another' })).body).toEqual({ success: false, error: 'error-invalid-visitor' })
  await server.settings({ transcriptFails: true })
  const failed = await ask()
  expect([failed.status, failed.body]).toEqual([
    400,
    { message: 'Error sending Omnichannel transcript', success: false },
  ])
})

test('an offline message arrives, one in five seconds', async ({ server }) => {
  await server.settings({ limiter: true })
  const leave = () =>
    server.post('offline.message', {
      name: 'M',
      email: 'm@example.com',
      message: 'Hello',
      host: 'https://shop.example',
    })
  expect((await leave()).body).toEqual({ message: 'Omnichannel offline message sent', success: true })
  expect((await server.ask('GET', 'mails')).mails).toMatchObject([
    { kind: 'offline', from: 'm@example.com', name: 'M', text: 'Hello' },
  ])
  const second = await leave()
  expect([second.status, second.headers.get('x-ratelimit-limit')]).toEqual([429, '1'])
  await server.settings({ limiter: false, displayOfflineForm: false })
  expect((await leave()).status).toBe(400)
})

test('agents are shown, hidden or awaited', async ({ server }) => {
  const { rid } = await begin(server)
  const info = async () => (await server.get(`agent.info/${rid}/${token}`)).body
  expect(await info()).toEqual({ success: false, error: 'invalid-agent' })
  expect((await server.get(`agent.next/${token}`)).body).toEqual({ success: true })
  await server.agent({ does: 'take', username: 'ben' })
  expect((await info()).agent).toMatchObject({ username: 'ben', name: 'Ben Okoro', status: 'online' })
  expect((await info()).agent.emails).toBeUndefined()
  await server.settings({ showAgentEmail: true })
  expect((await info()).agent.emails).toEqual([{ address: 'ben@shop.example' }])
  await server.settings({ agentHiddenInfo: true })
  expect(await info()).toEqual({ agent: { hiddenInfo: true }, success: true })
  expect((await server.get(`config?token=${token}`)).body.config.agent).toEqual({ hiddenInfo: true })
})

test('livechat is offline when every agent is', async ({ server }) => {
  for (const username of ['ana', 'ben']) await server.agent({ does: 'status', username, status: 'offline' })
  expect((await server.get('config')).body.config.online).toBe(false)
  expect((await server.get('agent.next/x')).body).toEqual({ success: false, error: 'agent-not-found' })
  await server.agent({ does: 'status', status: 'online' })
  expect((await server.get('config')).body.config.online).toBe(true)
})

test('a visitor changes the department by the new route, or by the old one up to 7.x, where the new one is taken for a visitor', async ({
  server,
}) => {
  const department = (name: string) => ({ _id: `id-${name}`, name, showOnRegistration: true, showOnOfflineForm: true })
  await server.settings({ departments: [department('Sales'), department('Support')] })
  const { rid } = await begin(server, { department: 'Sales' })
  const move = (body = {}) =>
    server.post('visitor/department.transfer', { rid, token, department: 'id-Support', ...body })
  expect((await move({ token: 'nobody' })).body).toEqual({ success: false, error: 'invalid-token' })
  expect((await move({ rid: 'nowhere' })).body).toEqual({ success: false, error: 'error-invalid-room' })
  expect((await move({ department: 'Moon' })).body).toEqual({ success: false, error: 'error-invalid-department' })
  await server.agent({ does: 'take' })
  expect((await move()).body).toEqual({ success: true })
  const [room] = (await server.ask('GET', 'rooms')).rooms
  expect([room.departmentId, room.servedBy]).toEqual(['id-Support', undefined])
  const [note, ...before] = await history(server, rid)
  expect(note!.t).toBe('livechat_transfer_history')
  expect(before.map(({ t }) => t)).not.toContain('livechat_transfer_history')
  expect(note).toMatchObject({
    u: { username: 'guest-1' },
    transferData: {
      transferredBy: { username: 'guest-1', userType: 'visitor' },
      previousDepartment: { _id: 'id-Sales', name: 'Sales' },
      nextDepartment: { _id: 'id-Support', name: 'Support' },
      scope: 'department',
    },
  })
  expect((await server.post('room.transfer', { rid, token, department: 'id-Sales' })).status).toBe(404)
  await server.settings({ dialect: 'v7' })
  const unknown = await move()
  expect([unknown.status, unknown.body]).toEqual([405, { status: 'error', message: 'API endpoint does not exist' }])
  expect((await server.post('room.transfer', { rid, token, department: 'id-Sales' })).body.room.departmentId).toBe(
    'id-Sales',
  )
})

test('with automatic routing a new room is served at once', async ({ server }) => {
  await server.settings({ routing: 'auto' })
  const { rid } = await begin(server)
  expect((await history(server, rid)).map(({ t }) => t)).toEqual(['uj', 'command', 'livechat-started'])
  expect((await server.get(`room?token=${token}`)).body.room.servedBy.username).toBe('ana')
})

test('nobody is next where agents choose their rooms, and somebody of the department where they are routed', async ({
  server,
}) => {
  const department = (_id: string, agents: string[]) => ({ _id, name: _id, showOnRegistration: true, agents })
  await server.settings({ departments: [department('sales', ['ben']), department('support', ['ana'])] })
  const next = async (query = '') => (await server.get(`agent.next/nobody${query}`)).body
  expect(await next()).toEqual({ success: false, error: 'agent-not-found' })
  await server.settings({ routing: 'auto' })
  expect((await next('?department=support')).agent.username).toBe('ana')
  expect((await next()).agent.username).toBe('ben')
  await server.agent({ does: 'status', username: 'ben', status: 'offline' })
  expect(await next()).toEqual({ success: false, error: 'agent-not-found' })
})

test('a room whose contact must be verified is open, not queued, and nobody may take it', async ({ server }) => {
  await server.settings({ contactVerification: true, routing: 'auto', queueing: true })
  const { rid } = await begin(server)
  expect((await server.get(`config?token=${token}`)).body.config).toMatchObject({ room: { _id: rid, open: true } })
  expect((await server.get(`config?token=${token}`)).body.config.queueInfo).toBeUndefined()
  await expect(server.agent({ does: 'take' })).rejects.toThrow('the room is not queued')
  expect((await say(server, rid, 'Hello?')).status).toBe(200)
})

test('addresses and numbers in what a visitor says are kept with the visitor', async ({ server }) => {
  const { rid } = await begin(server, { email: 'a@b.example' })
  await say(server, rid, 'write to Vera.Lund@mail.com or call 55 5155-5555')
  const known = async () => (await server.get(`visitor/${token}`)).body.visitor
  expect(await known()).toMatchObject({
    visitorEmails: [{ address: 'a@b.example' }, { address: 'Vera.Lund@mail.com' }],
    phone: [{ phoneNumber: '55 5155-5555' }],
  })
  await server.agent({ does: 'say', text: 'or to shop@mail.com' })
  expect((await known()).visitorEmails).toHaveLength(2)
})

test('a link to a message of the room brings the message along, whoever sends it', async ({ server }) => {
  const { rid } = await begin(server)
  const { message } = await server.agent({ does: 'say', text: 'Which size?' })
  const link = `${server.origin}/live/${rid}?msg=${message._id}`
  const { body } = await say(server, rid, `[ ](${link}) M`)
  expect(body.message.attachments).toMatchObject([{ message_link: link, author_name: 'ana', text: 'Which size?' }])
  const other = (await say(server, rid, `https://elsewhere.example/live/${rid}?msg=${message._id}`)).body.message
  expect(other.attachments).toBeUndefined()
})

test('an outside service answers a trigger when there is one', async ({ server }) => {
  const call = () =>
    server.post('triggers/t1/external-service/call', { token, extraData: [{ key: 'page', value: 'x' }] })
  expect((await call()).status).toBe(400)
  await server.settings({ externalService: [{ msg: 'Hi', order: 0 }] })
  expect((await call()).body).toEqual({ response: { contents: [{ msg: 'Hi', order: 0 }] }, success: true })
})
