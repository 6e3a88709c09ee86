import { expect, test } from '../fixture.ts'
import { begin, openWire, token } from '../probe/socket.ts'

const room = 'stream-room-messages'
const notify = 'stream-notify-room'
const livechat = 'stream-livechat-room'

test('a connection greets, connects, and echoes the id of a ping', async ({ server }) => {
  const wire = await openWire(server)
  wire.send({ msg: 'ping', id: 'p1' })
  await expect
    .poll(() => wire.frames)
    .toEqual([{ server_id: '0' }, { msg: 'connected', session: expect.any(String) }, { msg: 'pong', id: 'p1' }])
})

test('what is no DDP frame is answered with an error and the connection goes on', async ({ server }) => {
  const wire = await openWire(server, { connect: false })
  wire.send({ msg: 'sub', id: 's1' })
  wire.send('{')
  wire.send({ msg: 'dance' })
  wire.send({ msg: 'connect', version: '1' })
  await expect
    .poll(() => wire.frames.slice(1))
    .toEqual([
      { msg: 'error', reason: 'Must connect first', offendingMessage: { msg: 'sub', id: 's1' } },
      { msg: 'error', reason: 'Parse error' },
      { msg: 'error', reason: 'Bad request', offendingMessage: { msg: 'dance' } },
      { msg: 'connected', session: expect.any(String) },
    ])
})

test('another version of the protocol is refused with the one spoken', async ({ server }) => {
  const wire = await openWire(server, { connect: false })
  wire.send({ msg: 'connect', version: '2', support: ['2'] })
  await expect.poll(() => wire.frames.at(-1)).toEqual({ msg: 'failed', version: '1' })
  await expect.poll(wire.isClosed).toBe(true)
})

test('a stream is ready for who holds the token, and for nobody else', async ({ server }) => {
  const { rid } = await begin(server)
  const wire = await openWire(server)
  wire.listen('s1', room, rid, token)
  wire.listen('s2', room, rid, 'nobody')
  wire.listen('s3', room, 'nowhere', token)
  wire.listen('s4', notify, `${rid}/user-activity`, token)
  wire.listen('s5', notify, `${rid}/user-activity`, 'nobody')
  wire.listen('s6', livechat, rid, token)
  wire.listen('s7', livechat, rid, 'nobody')
  wire.listen('s8', 'rooms', rid, token)
  await expect.poll(() => wire.answer('s8')).toMatchObject({ msg: 'nosub', error: { error: 404 } })
  const answers = ['s1', 's2', 's3', 's4', 's5', 's6', 's7'].map((id) => wire.answer(id)!['msg'])
  expect(answers).toEqual(['ready', 'nosub', 'nosub', 'ready', 'nosub', 'ready', 'nosub'])
  expect(wire.answer('s2')).toEqual({
    msg: 'nosub',
    id: 's2',
    error: {
      isClientSafe: true,
      error: 'not-allowed',
      reason: 'Not allowed',
      message: 'Not allowed [not-allowed]',
      errorType: 'Meteor.Error',
    },
  })
})

test('messages come with dates of the socket, edits again under the same id, until unsubscribed', async ({
  server,
}) => {
  const { rid } = await begin(server)
  const wire = await openWire(server)
  wire.listen('s1', room, rid, token)
  await expect.poll(() => wire.answer('s1')).toBeDefined()
  const { message } = await server.agent({ does: 'say', text: 'one' })
  await server.agent({ does: 'edit', mid: message._id, text: 'two' })
  await expect
    .poll(() => wire.heard(rid).map(([{ _id, msg }]) => [_id, msg]))
    .toEqual([
      [message._id, 'one'],
      [message._id, 'two'],
    ])
  const [[first], [second]] = wire.heard(rid) as [any[], any[]]
  expect(first.ts).toEqual({ $date: Date.parse(message.ts) })
  expect(second.editedAt).toEqual({ $date: expect.any(Number) })
  expect(wire.frames.find(({ msg }) => msg === 'changed')).toMatchObject({ collection: room, id: 'id' })
  wire.send({ msg: 'unsub', id: 's1' })
  await expect.poll(() => wire.frames.at(-1)).toEqual({ msg: 'nosub', id: 's1' })
  await server.agent({ does: 'say', text: 'three' })
  wire.send({ msg: 'ping' })
  await expect.poll(() => wire.frames.at(-1)).toEqual({ msg: 'pong' })
  expect(wire.heard(rid).length).toBe(2)
})

test('a deleted message is published as deleted, or again as rm where the server shows deleted ones', async ({
  server,
}) => {
  const { rid } = await begin(server)
  const wire = await openWire(server)
  wire.listen('s1', room, rid, token)
  wire.listen('s2', notify, `${rid}/deleteMessage`, token)
  await expect.poll(() => wire.answer('s2')).toBeDefined()
  const { message: first } = await server.agent({ does: 'say', text: 'one' })
  const { message: second } = await server.agent({ does: 'say', text: 'two' })
  await server.agent({ does: 'delete', mid: first._id })
  await expect.poll(() => wire.heard(`${rid}/deleteMessage`)).toEqual([[{ _id: first._id }]])
  await server.settings({ showDeletedStatus: true })
  await server.agent({ does: 'delete', mid: second._id })
  await expect.poll(() => wire.heard(rid).at(-1)![0]).toMatchObject({ _id: second._id, t: 'rm', msg: '' })
})

test('typing reaches the other tab and the control door but not the one who types, in the words of the era', async ({
  server,
}) => {
  const { rid } = await begin(server)
  const [mine, other] = [await openWire(server), await openWire(server)]
  const event = `${rid}/user-activity`
  for (const wire of [mine, other]) wire.listen('s1', notify, event, token)
  await expect.poll(() => [mine.answer('s1'), other.answer('s1')].every(Boolean)).toBe(true)
  const type = (id: string, params: unknown[]) => mine.send({ msg: 'method', id, method: notify, params })
  type('m1', [event, 'guest-1', ['user-typing'], { token }])
  type('m2', [event, 'guest-1', ['user-typing'], { token: 'nobody' }])
  type('m3', [`${rid}/typing`, 'guest-1', true, { token }])
  type('m4', [event, 'guest-1', [], { token }])
  await expect
    .poll(() => mine.frames.filter(({ msg }) => msg === 'result').map(({ id, error }) => [id, error]))
    .toEqual([
      ['m1', undefined],
      ['m2', undefined],
      ['m3', undefined],
      ['m4', undefined],
    ])
  expect(mine.frames.filter(({ msg }) => msg === 'updated').map(({ methods }) => methods)).toEqual([
    ['m1'],
    ['m2'],
    ['m3'],
    ['m4'],
  ])
  await expect
    .poll(() => other.heard(event))
    .toEqual([
      ['guest-1', ['user-typing']],
      ['guest-1', []],
    ])
  expect(mine.heard(event)).toEqual([])
})

test('the first dialect types with a boolean', async ({ server }) => {
  await server.settings({ dialect: 'v0' })
  const { rid } = await begin(server)
  const wire = await openWire(server)
  wire.listen('s1', notify, `${rid}/typing`, token)
  wire.listen('s2', notify, `${rid}/user-activity`, token)
  await expect.poll(() => wire.answer('s2')).toMatchObject({ msg: 'nosub' })
  await server.agent({ does: 'type' })
  await server.agent({ does: 'type', on: false })
  await expect
    .poll(() => wire.heard(`${rid}/typing`))
    .toEqual([
      ['ana', true],
      ['ana', false],
    ])
})

test("agent, agent status, place in the queue and visitor data are published on the room's stream", async ({
  server,
}) => {
  await server.settings({ queueing: true, dialect: 'v6' })
  await server.post('visitor', { visitor: { token: 'earlier' } })
  const earlier = (await server.get('room?token=earlier')).body.room._id
  const { rid, visitor } = await begin(server)
  expect((await server.get(`config?token=${token}`)).body.config.queueInfo).toEqual({
    spot: 2,
    message: { text: 'You are number 2 in the queue.', user: { _id: 'rocket.cat', username: 'rocket.cat' } },
    estimatedWaitTimeSeconds: 360,
  })
  const wire = await openWire(server)
  wire.listen('s1', livechat, rid, token)
  await expect.poll(() => wire.answer('s1')).toBeDefined()
  await server.agent({ does: 'close', rid: earlier })
  await server.agent({ does: 'take', rid })
  await server.agent({ does: 'status', status: 'away' })
  await server.agent({ does: 'release', rid })
  await server.settings({ agentHiddenInfo: true })
  await server.agent({ does: 'take', rid })
  await server.agent({ does: 'status', status: 'busy' })
  const guest = (await server.post('visitor', { visitor: { token: 'another' } })).body.visitor
  const { demoAgent } = await import('../index.ts')
  await server.put(
    'room.visitor',
    { rid, oldVisitorId: visitor._id, newVisitorId: guest._id },
    { 'X-User-Id': demoAgent._id, 'X-Auth-Token': demoAgent.authToken },
  )
  await expect
    .poll(() => wire.heard(rid, livechat).map(([event]) => event))
    .toEqual([
      { type: 'queueData', data: expect.objectContaining({ spot: 1, estimatedWaitTimeSeconds: 180 }) },
      { type: 'agentData', data: expect.objectContaining({ username: 'ana', status: 'online' }) },
      { type: 'agentStatus', status: 'away' },
      { type: 'agentData' },
      { type: 'queueData', data: expect.objectContaining({ spot: 1 }) },
      { type: 'agentData', data: { hiddenInfo: true } },
      { type: 'visitorData', visitor: { _id: guest._id, token: 'another' } },
    ])
})

test('a closed room says so on the stream it has, and cannot be subscribed to again', async ({ server }) => {
  const { rid } = await begin(server)
  const wire = await openWire(server)
  wire.listen('s1', room, rid, token)
  await expect.poll(() => wire.answer('s1')).toBeDefined()
  await server.agent({ does: 'close', comment: 'Bye', promptTranscript: true })
  await expect
    .poll(() => wire.heard(rid).map(([{ t, msg }]) => [t, msg]))
    .toEqual([
      ['livechat-close', 'Bye'],
      ['command', 'promptTranscript'],
    ])
  wire.listen('s2', room, rid, token)
  await expect.poll(() => wire.answer('s2')).toMatchObject({ msg: 'nosub', error: { error: 'not-allowed' } })
})

test('up to 7.x a visitor who set up the connection is offline when it ends, and from 8 on the method is gone', async ({
  server,
}) => {
  await begin(server)
  const setUp = { msg: 'method', method: 'livechat:setUpConnection', params: [{ token }] }
  const newer = await openWire(server)
  newer.send({ ...setUp, id: 'm1' })
  await expect.poll(() => newer.answer('m1')).toMatchObject({ error: { error: 404 } })
  await server.settings({ dialect: 'v7' })
  const wire = await openWire(server)
  wire.send({ ...setUp, id: 'm1' })
  await expect.poll(() => wire.answer('m1')).toBeDefined()
  wire.close()
  await expect.poll(async () => (await server.get(`visitor/${token}`)).body.visitor.status).toBe('offline')
})

test('an unknown method is a result with an error', async ({ server }) => {
  const wire = await openWire(server)
  wire.send({ msg: 'method', id: 'm1', method: 'livechat:loginByToken', params: [] })
  await expect.poll(() => wire.answer('m1')).toMatchObject({ msg: 'result', error: { error: 404 } })
})

test('the eleventh call of one method in ten seconds is too many', async ({ server }) => {
  const { rid } = await begin(server)
  const wire = await openWire(server)
  for (let n = 1; n <= 11; n++)
    wire.send({
      msg: 'method',
      id: `m${n}`,
      method: notify,
      params: [`${rid}/user-activity`, 'guest-1', ['user-typing'], { token }],
    })
  await expect.poll(() => wire.answer('m11')).toMatchObject({ error: { error: 'too-many-requests' } })
  expect(wire.answer('m10')!['error']).toBeUndefined()
})

test('sockets are dropped, kept out and silenced by faults', async ({ server }) => {
  const { rid } = await begin(server)
  const first = await openWire(server)
  await server.faults({ socket: 'drop' })
  await expect.poll(first.isClosed).toBe(true)
  const second = await openWire(server)
  second.listen('s1', room, rid, token)
  await expect.poll(() => second.answer('s1')).toMatchObject({ msg: 'ready' })
  await server.faults({ socket: 'silent' })
  await server.agent({ does: 'say', text: 'unheard' })
  second.send({ msg: 'ping' })
  await expect.poll(async () => (await server.ask('GET', 'sockets')).frames.at(-1).frame).toEqual({ msg: 'ping' })
  expect(second.frames.at(-1)).toMatchObject({ msg: 'ready' })
  await server.faults({ socket: 'refuse' })
  await expect.poll(second.isClosed).toBe(true)
  await expect(openWire(server)).rejects.toThrow('503')
  await server.faults({})
  const third = await openWire(server)
  await expect.poll(() => third.frames.at(-1)).toMatchObject({ msg: 'connected' })
  expect((await server.ask('GET', 'sockets')).open).toBe(1)
})

test('a deaf socket takes what is sent and hears of nothing until another is opened', async ({ server }) => {
  const { rid } = await begin(server)
  const deaf = await openWire(server)
  deaf.listen('s1', room, rid, token)
  await expect.poll(() => deaf.answer('s1')).toMatchObject({ msg: 'ready' })
  await server.faults({ socket: 'deaf' })
  const another = await openWire(server)
  another.listen('s1', room, rid, token)
  await expect.poll(() => another.answer('s1')).toMatchObject({ msg: 'ready' })
  await server.agent({ does: 'say', text: 'Hello' })
  await expect.poll(() => another.heard(rid)).toHaveLength(1)
  deaf.send({ msg: 'ping', id: 'p1' })
  await expect.poll(() => deaf.answer('p1')).toEqual({ msg: 'pong', id: 'p1' })
  expect(deaf.heard(rid)).toEqual([])
  await server.faults({})
  await server.agent({ does: 'say', text: 'again' })
  await expect.poll(() => another.heard(rid)).toHaveLength(2)
  expect(deaf.heard(rid)).toEqual([])
})

test('the plug cuts websockets too', async ({ server }) => {
  const wire = await openWire(server)
  await server.faults({ plug: true })
  await expect.poll(wire.isClosed).toBe(true)
})
