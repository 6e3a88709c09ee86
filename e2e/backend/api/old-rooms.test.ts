import { expect, test, type Server } from '../fixture.ts'

const token = 'iNKE8a6k6cjbqWhWd'

test.beforeEach(async ({ server }) => {
  await server.settings({ dialect: 'v0', limiter: false })
  await server.post('visitor', { visitor: { token } })
})

const ask = async (server: Server, query = '') => (await server.get(`room?token=${token}${query}`)).body

test('each question without a room’s id makes another room on a 0.7x server', async ({ server }) => {
  const first = await ask(server)
  const second = await ask(server)
  expect([first.newRoom, second.newRoom, second.room._id === first.room._id]).toEqual([true, true, false])
  expect(await ask(server, `&rid=${first.room._id}`)).toMatchObject({ newRoom: false, room: { _id: first.room._id } })
  expect(await ask(server, '&rid=my-own')).toMatchObject({ newRoom: true, room: { _id: 'my-own' } })
  await server.post('visitor', { visitor: { token: 'another' } })
  expect((await server.get('room?token=another&rid=my-own')).body).toMatchObject({
    error: 'cannot-access-room',
    errorType: 'Meteor.Error',
  })
})

test('a message to a closed room opens another on a 0.7x server, and the answer does not say which', async ({
  server,
}) => {
  const rid = (await ask(server)).room._id
  await server.agent({ does: 'close' })
  const { status, body } = await server.post('message', { token, rid, msg: 'Still there?' })
  expect([status, Object.keys(body.message).sort()]).toEqual([200, ['msg', 'ts', 'u']])
  const [closed, opened] = (await server.ask('GET', 'rooms')).rooms
  expect([closed._id, closed.open, opened.open]).toEqual([rid, undefined, true])
  expect((await server.get(`messages.history/${rid}?token=${token}`)).body.messages[0].t).toBe('livechat-close')
  expect((await server.get(`messages.history/${opened._id}?token=${token}`)).body.messages[0].msg).toBe('Still there?')
})

test('a single message cannot be asked for on a 0.7x server, and an offset skips nothing', async ({ server }) => {
  const rid = (await ask(server)).room._id
  await server.post('message', { token, rid, msg: 'one', _id: 'm1' })
  const got = await server.get(`message/m1?token=${token}&rid=${rid}`)
  expect([got.status, got.body.message]).toEqual([405, 'API endpoint does not exist'])
  const page = async (query: string) =>
    (await server.get(`messages.history/${rid}?token=${token}&limit=1${query}`)).body.messages[0].msg
  expect([await page(''), await page('&offset=1')]).toEqual(['one', 'one'])
})
