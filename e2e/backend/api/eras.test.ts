import { demoAgent, outsider, type User } from '../index.ts'
import { expect, test } from '../fixture.ts'
import { begin, token } from '../probe/socket.ts'

const as = ({ _id, authToken }: User) => ({ 'X-User-Id': _id, 'X-Auth-Token': authToken })

test('every era tells its version to everybody', async ({ server }) => {
  const tell = async (dialect: string) => {
    await server.settings({ dialect })
    return (await server.get('/api/info')).body
  }
  expect(await tell('v0')).toEqual({ version: '0.74.3', success: true })
  expect(await tell('current')).toEqual({ version: '8.3', success: true })
})

test('up to 5.1 a visitor’s refusal is the error object itself', async ({ server }) => {
  await server.settings({ dialect: 'v0', online: false })
  expect((await server.get('room?token=nobody')).body).toEqual({
    isClientSafe: true,
    error: 'invalid-token',
    message: '[invalid-token]',
    errorType: 'Meteor.Error',
    success: false,
  })
  await server.post('visitor', { visitor: { token } })
  expect((await server.get(`room?token=${token}`)).body).toEqual({
    isClientSafe: true,
    error: 'no-agent-online',
    reason: 'Sorry, no online agents',
    message: 'Sorry, no online agents [no-agent-online]',
    errorType: 'Meteor.Error',
    success: false,
  })
  expect((await server.get('room')).body).toEqual({
    message: "Match error: Missing key 'token'",
    path: '',
    sanitizedError: {
      isClientSafe: true,
      error: 400,
      reason: 'Match failed',
      message: 'Match failed [400]',
      errorType: 'Meteor.Error',
    },
    errorType: 'Match.Error',
    success: false,
  })
})

test('up to 5.1 a few routes refuse with the code alone, and say nothing of what they could not read', async ({
  server,
}) => {
  await server.settings({ dialect: 'v0' })
  expect((await server.get('messages.history/r?token=nobody')).body).toEqual({
    success: false,
    error: 'invalid-token',
  })
  expect((await server.put('message/m', { token: 'nobody', rid: 'r', msg: 'x' })).body).toEqual({
    success: false,
    error: 'invalid-token',
  })
  expect((await server.put('message/m', {})).body).toEqual({ success: false })
})

test('an agent’s refusal is in no era an error object', async ({ server }) => {
  await server.settings({ dialect: 'v0' })
  expect((await server.get('visitors.info?visitorId=nobody', as(demoAgent))).body).toEqual({
    success: false,
    error: 'visitor-not-found',
  })
})

test('from 9.0 on all that is not allowed is a 403 of one type, with its code in the brackets', async ({ server }) => {
  const { rid } = await begin(server)
  await server.settings({ dialect: 'v9', allowEditing: false, visitorsCanCloseChat: false })
  await server.post('message', { token, rid, msg: 'frist', _id: 'own' })
  const edit = await server.put('message/own', { token, rid, msg: 'first' })
  expect([edit.status, edit.body]).toEqual([
    403,
    { success: false, error: '[error-action-not-allowed]', errorType: 'error-forbidden' },
  ])
  const close = await server.post('room.close', { token, rid })
  expect([close.status, close.body.error]).toEqual([403, '[error-not-allowed-to-close-conversation]'])
  const info = await server.get('visitors.info?visitorId=x', as(outsider))
  expect([info.status, info.body]).toEqual([
    403,
    {
      success: false,
      error: 'User does not have the permissions required for this action [error-unauthorized]',
      errorType: 'error-forbidden',
    },
  ])
  expect((await server.get('visitors.info?visitorId=x')).status).toBe(401)
  expect((await server.get('room?token=nobody')).status).toBe(400)
})

test('from 9.0 on no call takes a query or fields of the database’s own', async ({ server }) => {
  const refusalOf = async (name: string) =>
    (await server.get(`agent.info/${rid}/${token}?${name}={}`)).body.errorType as string | undefined
  const { rid } = await begin(server)
  await server.agent({ does: 'take' })
  expect([await refusalOf('query'), await refusalOf('fields')]).toEqual([undefined, undefined])
  await server.settings({ dialect: 'v9' })
  expect([await refusalOf('query'), await refusalOf('fields')]).toEqual([
    'error-invalid-params',
    'error-invalid-params',
  ])
})

test('from 8 on who may not ask is told so before what was asked is read or counted', async ({ server }) => {
  const refused = async () => (await server.get('visitors.info', as(outsider))).status
  for (let n = 0; n < 12; n++) expect(await refused()).toBe(403)
  await server.settings({ dialect: 'v7' })
  expect(await refused()).toBe(400)
})

test('from 9.0 on who is logged in has an own bucket wherever the call comes from', async ({ server }) => {
  const ask = async (user: User) => (await server.get('visitors.info?visitorId=x', as(user))).status
  const another = { ...demoAgent, _id: 'benAgent00000002x', authToken: 'demo-agent-ben-4hG6mD8qUe2zK9wCx1tRvN7a' }
  for (let n = 0; n < 10; n++) await ask(demoAgent)
  expect([await ask(demoAgent), await ask(another)]).toEqual([429, 429])
  await server.settings({ dialect: 'v9' })
  await server.faults({})
  for (let n = 0; n < 10; n++) await ask(demoAgent)
  expect([await ask(demoAgent), await ask(another)]).toEqual([429, 400])
})
