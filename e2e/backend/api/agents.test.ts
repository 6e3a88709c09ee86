import { expect, test, type Server } from '../fixture.ts'
import { demoAgent, outsider, type User } from '../index.ts'

const as = ({ _id, authToken }: User) => ({ 'X-User-Id': _id, 'X-Auth-Token': authToken })
const ana = as(demoAgent)
const loginText = 'You must be logged in to do this.'

async function visitorWithRoom(server: Server, token: string) {
  const { visitor } = (await server.post('visitor', { visitor: { token } })).body
  const { room } = (await server.get(`room?token=${token}`)).body
  return { visitor, rid: room._id as string }
}

const agentCalls = ['visitors.info?visitorId=x', 'visitors.pagesVisited/x', 'visitors.chatHistory/room/x/visitor/y']

for (const path of agentCalls) {
  test(`${path} wants a login and a permission`, async ({ server }) => {
    const stranger = await server.get(path)
    expect(stranger.status).toBe(401)
    expect(stranger.body).toEqual({ status: 'error', message: loginText, success: false, error: loginText })
    expect((await server.get(path, { ...ana, 'X-Auth-Token': 'wrong' })).status).toBe(401)
    const refused = await server.get(path, as(outsider))
    expect(refused.status).toBe(403)
    expect(refused.body).toEqual({
      success: false,
      error: 'User does not have the permissions required for this action [error-unauthorized]',
    })
    await server.settings({ dialect: 'v7' })
    expect((await server.get(path)).body).toEqual({ status: 'error', message: loginText })
  })
}

test('the first dialect refuses an outsider with a 400', async ({ server }) => {
  await server.settings({ dialect: 'v0' })
  const { status, body } = await server.get('visitors.info?visitorId=x', as(outsider))
  expect(status).toBe(400)
  expect(body).toEqual({ success: false, error: 'error-not-authorized' })
})

test('a visitor is shown to an agent, without the token in the newest dialect', async ({ server }) => {
  const { visitor } = await visitorWithRoom(server, 'T')
  expect((await server.get(`visitors.info?visitorId=${visitor._id}`, ana)).body).toEqual({ visitor, success: true })
  expect((await server.get('visitors.info?visitorId=nobody', ana)).body).toEqual({
    success: false,
    error: 'visitor-not-found',
  })
  expect((await server.get('visitors.info', ana)).body).toEqual({
    success: false,
    error: "must have required property 'visitorId' [invalid-params]",
    errorType: 'invalid-params',
  })
  await server.settings({ dialect: 'v9' })
  expect((await server.get(`visitors.info?visitorId=${visitor._id}`, ana)).body.visitor.token).toBeUndefined()
})

test('the pages visited have an old form and a new one, and neither server knows the other', async ({ server }) => {
  const { rid } = await visitorWithRoom(server, 'T')
  await server.post('page.visited', {
    token: 'T',
    rid,
    pageInfo: { change: 'url', title: 'A', location: { href: 'x' } },
  })
  expect((await server.get('visitors.pagesVisited/nowhere', ana)).body).toEqual({
    success: false,
    error: 'invalid-room',
  })
  const unknown = await server.get(`visitors.pagesVisited?roomId=${rid}`, ana)
  expect(unknown.status).toBe(404)
  expect(unknown.headers.get('content-type')).toContain('text/plain')
  await server.settings({ dialect: 'v7' })
  const page = await server.get(`visitors.pagesVisited?roomId=${rid}`, ana)
  expect(page.status).toBe(200)
  expect(page.headers.get('content-type')).toContain('text/html')
  await server.settings({ dialect: 'v0' })
  const old = (await server.get(`visitors.pagesVisited?roomId=${rid}`, ana)).body
  expect(Object.keys(old).sort()).toEqual(['pages', 'success'])
  expect(old.pages[0].msg).toBe('A - x')
})

test('a list takes count, offset and sort, and refuses anything else', async ({ server }) => {
  const { rid } = await visitorWithRoom(server, 'T')
  expect((await server.get(`visitors.pagesVisited/${rid}?query=1`, ana)).body.error).toBe(
    'must NOT have additional properties [invalid-params]',
  )
  expect((await server.get(`visitors.pagesVisited/${rid}?count=many`, ana)).body.error).toBe(
    'must be number [invalid-params]',
  )
  expect((await server.get(`visitors.pagesVisited/${rid}?sort=ts`, ana)).body).toEqual({
    success: false,
    error: 'Invalid sort parameter provided: "ts" [error-invalid-sort]',
    errorType: 'error-invalid-sort',
  })
  expect((await server.get(`visitors.pagesVisited/${rid}?sort=%`, ana)).body).toEqual({
    success: false,
    error: 'Invalid query parameters',
  })
})

test('the chat history has every room of the visitor with its totals', async ({ server }) => {
  const { visitor, rid } = await visitorWithRoom(server, 'T')
  const { body } = await server.get(`visitors.chatHistory/room/${rid}/visitor/${visitor._id}`, ana)
  expect(body).toMatchObject({
    count: 1,
    offset: 0,
    total: 1,
    success: true,
    history: [{ _id: rid, v: { token: 'T' } }],
  })
  expect((await server.get(`visitors.chatHistory/room/nowhere/visitor/${visitor._id}`, ana)).body).toEqual({
    success: false,
    error: 'invalid-room',
  })
})

test('a room moves to another visitor up to 6.x and is an unknown route after', async ({ server }) => {
  await server.settings({ dialect: 'v6' })
  const one = await visitorWithRoom(server, 'one')
  const two = (await server.post('visitor', { visitor: { token: 'two' } })).body.visitor
  const move = { rid: one.rid, oldVisitorId: one.visitor._id, newVisitorId: two._id }
  expect((await server.put('room.visitor', move)).body).toEqual({ status: 'error', message: loginText })
  expect((await server.put('room.visitor', move, as(outsider))).status).toBe(403)
  const refusal = async (change: Partial<typeof move>) =>
    (await server.put('room.visitor', { ...move, ...change }, ana)).body
  expect(await refusal({ newVisitorId: 'nobody' })).toEqual({ success: false, error: 'visitor-not-found' })
  expect(await refusal({ oldVisitorId: 'nobody' })).toEqual({ success: false, error: 'invalid-visitor' })
  expect(await refusal({ rid: 'nowhere' })).toEqual({ success: false, error: 'invalid-room' })
  expect(await refusal({ oldVisitorId: two._id })).toEqual({ success: false, error: 'invalid-room-visitor' })
  expect((await server.put('room.visitor', { rid: one.rid }, ana)).body.error).toBe(
    "must have required property 'oldVisitorId' [invalid-params]",
  )
  const { body } = await server.put('room.visitor', move, ana)
  expect(body).toMatchObject({
    success: true,
    room: { _id: one.rid, v: { _id: two._id, username: 'guest-2', token: 'two' } },
  })
  await server.settings({ dialect: 'v0' })
  const old = await server.put('room.visitor', move, as(outsider))
  expect([old.status, old.body]).toEqual([403, { success: false, error: 'unauthorized' }])
  await server.settings({ dialect: 'current' })
  expect((await server.put('room.visitor', move, ana)).status).toBe(404)
})

test('a wrong method is said to be no endpoint', async ({ server }) => {
  const { status, body, headers } = await server.put('page.visited', {})
  expect([status, body]).toEqual([405, { status: 'error', message: 'API endpoint does not exist' }])
  expect(headers.get('allow')).toBe('POST')
})
