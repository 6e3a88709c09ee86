import { expect, test } from '../fixture.ts'

const token = 'iNKE8a6k6cjbqWhWd'

test('a room is made by asking for it, and given again while it is open', async ({ server }) => {
  expect((await server.get(`room?token=${token}`)).body).toEqual({ success: false, error: 'invalid-token' })
  const { visitor } = (await server.post('visitor', { visitor: { token, name: 'Mende' } })).body
  const first = (await server.get(`room?token=${token}`)).body
  expect(first).toMatchObject({
    newRoom: true,
    success: true,
    room: {
      t: 'l',
      fname: 'Mende',
      v: { _id: visitor._id, username: 'guest-1', token, status: 'online' },
      cl: false,
      open: true,
      waitingResponse: true,
      source: { type: 'api' },
      priorityWeight: 99,
      estimatedWaitingTimeQueue: 9999999,
    },
  })
  expect(first.room.servedBy).toBeUndefined()
  const again = (await server.get(`room?token=${token}&rid=${first.room._id}`)).body
  expect(again).toEqual({ ...first, newRoom: false })
  expect((await server.get(`room?token=${token}&rid=another`)).body).toEqual({ success: false, error: 'invalid-room' })
})

test('the official cookies make it a widget room', async ({ server }) => {
  await server.post('visitor', { visitor: { token } })
  const { room } = (await server.get(`room?token=${token}`, { Cookie: 'rc_is_widget=t; rc_room_type=l' })).body
  expect(room.source).toEqual({ type: 'widget' })
})

test('unknown keys in the query are refused up to the newest dialect', async ({ server }) => {
  expect((await server.get('room')).body).toEqual({ success: false, error: "Match error: Missing key 'token'" })
  expect((await server.get(`room?token=${token}&more=1`)).body).toEqual({
    success: false,
    error: 'Match error: Unknown key in field more',
  })
  await server.settings({ dialect: 'v9' })
  expect((await server.get(`room?token=${token}&more=1`)).body).toEqual({ success: false, error: 'invalid-token' })
  expect((await server.get('room')).body).toEqual({
    success: false,
    error: "must have required property 'token'",
    errorType: 'error-invalid-params',
  })
})

test('no room is made with nobody online or livechat disabled', async ({ server }) => {
  await server.post('visitor', { visitor: { token } })
  await server.settings({ online: false })
  expect((await server.get(`room?token=${token}`)).body).toEqual({
    success: false,
    error: 'Sorry, no online agents [no-agent-online]',
    errorType: 'no-agent-online',
  })
  await server.settings({ enabled: false })
  expect((await server.get(`room?token=${token}`)).body).toEqual({
    success: false,
    error: '[error-omnichannel-is-disabled]',
    errorType: 'error-omnichannel-is-disabled',
  })
})

test('no room is made for a blocked contact', async ({ server }) => {
  await server.post('visitor', { visitor: { token } })
  await server.settings({ contactBlocked: true })
  const { status, body } = await server.get(`room?token=${token}`)
  expect([status, body]).toEqual([400, { success: false, error: 'error-contact-channel-blocked' }])
})

test('the config of a disabled livechat has nothing else in it', async ({ server }) => {
  await server.settings({ enabled: false })
  expect((await server.get('config')).body).toEqual({ config: { enabled: false }, success: true })
})

test('the config knows the guest and the room of a token, and is silent about an unknown one', async ({ server }) => {
  const stranger = (await server.get('config?token=nobody&department=nowhere')).body.config
  for (const key of ['guest', 'room', 'agent', 'customFields', 'queueInfo']) expect(stranger[key]).toBeUndefined()
  await server.post('visitor', { visitor: { token, name: 'Mende' } })
  const { room } = (await server.get(`room?token=${token}`)).body
  const known = (await server.get(`config?token=${token}`)).body.config
  expect(known.guest).toEqual({ _id: expect.any(String), name: 'Mende', username: 'guest-1', token })
  expect(known.room).toEqual({ _id: room._id, open: true })
})

test('the config asks for a department by its id, and knows no agent of a name', async ({ server }) => {
  await server.settings({
    departments: [{ _id: 'd1', name: 'Sales', showOnRegistration: true, showOnOfflineForm: false, agents: ['ben'] }],
  })
  const config = async (query: string) => (await server.get(`config${query}`)).body.config
  expect((await config('?department=d1')).online).toBe(true)
  expect((await config('?department=Sales')).online).toBe(false)
  await server.agent({ does: 'status', username: 'ben', status: 'offline' })
  expect((await config('?department=d1')).online).toBe(false)
  expect((await config('')).online).toBe(true)
  expect((await config('')).departments).toEqual([
    { _id: 'd1', name: 'Sales', showOnRegistration: true, showOnOfflineForm: false },
  ])
  await server.post('visitor', { visitor: { token, department: 'Sales' } })
  expect((await server.get(`room?token=${token}`)).body.errorType).toBe('no-agent-online')
})

test('before 3.0 the config refuses every department', async ({ server }) => {
  await server.settings({ dialect: 'v0' })
  const { status, body } = await server.get('config?department=d1')
  expect([status, body]).toEqual([
    400,
    expect.objectContaining({ message: 'Match error: Unknown key in field department', errorType: 'Match.Error' }),
  ])
  expect((await server.get('config?token=t')).body.config.online).toBe(true)
})

test('the config refuses a key it does not know', async ({ server }) => {
  expect((await server.get('config?tokn=x')).body).toEqual({
    success: false,
    error: 'must NOT have additional properties [invalid-params]',
    errorType: 'invalid-params',
  })
  await server.settings({ dialect: 'v9' })
  expect((await server.get('config?tokn=x')).body).toEqual({
    success: false,
    error: 'must NOT have additional properties',
    errorType: 'error-invalid-params',
  })
})

test('who waits is told so where agents choose their rooms themselves, from 1.0 on', async ({ server }) => {
  const isTold = async () => (await server.get('config')).body.config.settings.showConnecting
  expect(await isTold()).toBe(true)
  await server.settings({ routing: 'auto' })
  expect(await isTold()).toBe(false)
  await server.settings({ dialect: 'v0' })
  expect(await isTold()).toBeUndefined()
})

test('each era offers calls by video in its own way', async ({ server }) => {
  const offered = async (dialect: string) => {
    await server.settings({ dialect })
    return (await server.get('config')).body.config.theme.actionLinks
  }
  expect(await offered('v0')).toMatchObject([{ method_id: 'createLivechatCall' }, { method_id: 'denyLivechatCall' }])
  for (const dialect of ['v6', 'v7'])
    expect(await offered(dialect)).toEqual({
      webrtc: [expect.anything(), expect.anything()],
      jitsi: [expect.anything()],
    })
  expect(Object.keys(await offered('current'))).toEqual(['jitsi'])
})

test('the first dialect publishes fewer settings, and acts on them all the same', async ({ server }) => {
  await server.settings({ dialect: 'v0', 'settings.limitTextLength': 3 })
  const { settings, theme } = (await server.get('config')).body.config
  expect(settings.historyMonitorType).toBe('url')
  expect([settings.limitTextLength, settings.hiddenSystemMessages, theme.position]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('a room is given to the agent whom the visitor wants, if that agent is there and rooms are given at all', async ({
  server,
}) => {
  await server.settings({ routing: 'auto', limiter: false })
  const served = async (token: string) => {
    await server.post('visitor', { visitor: { token } })
    const { room } = (await server.get(`room?token=${token}&agentId=benAgent00000002x`)).body
    return room.servedBy?.username
  }
  expect(await served('first')).toBe('ben')
  await server.agent({ does: 'status', username: 'ben', status: 'offline' })
  expect(await served('second')).toBe('ana')
  await server.settings({ routing: 'manual' })
  expect(await served('third')).toBeUndefined()
})

test('the departments of a business unit are those of it alone', async ({ server }) => {
  const department = { showOnRegistration: true, showOnOfflineForm: false }
  await server.settings({
    departments: [
      { _id: 'd1', name: 'Shoes', unit: 'u1', ...department },
      { _id: 'd2', name: 'Hats', unit: 'u2', ...department },
    ],
  })
  const names = async (query = '') =>
    (await server.get(`config${query}`)).body.config.departments.map(({ name }: { name: string }) => name)
  expect(await names()).toEqual(['Shoes', 'Hats'])
  expect(await names('?businessUnit=u2')).toEqual(['Hats'])
})
