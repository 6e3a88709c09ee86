import { expect, test } from '../fixture.ts'

const token = 'iNKE8a6k6cjbqWhWd'

test('a registered visitor is answered with e-mail, phone and fields under their stored names', async ({ server }) => {
  await server.settings({
    departments: [
      { _id: '64181a0728384134ed600dcc', name: 'Support', showOnRegistration: true, showOnOfflineForm: true },
    ],
    customFields: [{ _id: 'address', label: 'Address', type: 'input', required: false }],
  })
  const { status, body } = await server.post('visitor', {
    visitor: {
      token,
      name: 'Livechat Visitor',
      email: ' Visitor@Example.com ',
      phone: '55 51 5555-5555',
      department: 'Support',
      customFields: [
        { key: 'address', value: 'Some street', overwrite: true },
        { key: 'nobody-knows', value: 'x', overwrite: true },
      ],
      somethingElse: true,
    },
  })
  expect(status).toBe(200)
  expect(body).toEqual({
    success: true,
    visitor: {
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      username: 'guest-1',
      status: 'online',
      ts: expect.any(String),
      _updatedAt: expect.any(String),
      name: 'Livechat Visitor',
      phone: [{ phoneNumber: '55 51 5555-5555' }],
      token,
      visitorEmails: [{ address: 'visitor@example.com' }],
      department: '64181a0728384134ed600dcc',
      livechatData: { address: 'Some street' },
    },
  })
  await server.settings({ dialect: 'v0' })
  const old = (await server.get(`visitor/${token}`)).body.visitor
  expect(Object.keys(old).sort()).toEqual([
    '_id',
    '_updatedAt',
    'livechatData',
    'name',
    'phone',
    'token',
    'username',
    'visitorEmails',
  ])
})

test('a phone match answers with the stored token, an e-mail match stores the new one', async ({ server }) => {
  const first = (await server.post('visitor', { visitor: { token: 'first', phone: '1', email: 'a@b.example' } })).body
    .visitor
  const byPhone = (await server.post('visitor', { visitor: { token: 'second', phone: '1' } })).body.visitor
  expect(byPhone).toMatchObject({ _id: first._id, token: 'first' })
  expect((await server.get('visitor/second')).status).toBe(400)
  const byMail = (await server.post('visitor', { visitor: { token: 'third', email: 'A@b.example' } })).body.visitor
  expect(byMail).toMatchObject({ _id: first._id, token: 'third' })
  expect((await server.get('visitor/first')).body).toEqual({
    success: false,
    error: '[invalid-token]',
    errorType: 'invalid-token',
  })
})

test('an update of the visitor renames the open room', async ({ server }) => {
  await server.post('visitor', { visitor: { token } })
  await server.get(`room?token=${token}`)
  await server.post('visitor', { visitor: { token, name: 'Mende' } })
  const { room, newRoom } = (await server.get(`room?token=${token}`)).body
  expect(newRoom).toBe(false)
  expect(room.fname).toBe('Mende')
})

test('overwrite false keeps what is known', async ({ server }) => {
  await server.settings({ customFields: [{ _id: 'plan', label: 'Plan', type: 'input', required: false }] })
  const fields = (value: string, overwrite: boolean) => ({
    visitor: { token, customFields: [{ key: 'plan', value, overwrite }] },
  })
  await server.post('visitor', fields('free', false))
  expect((await server.post('visitor', fields('pro', false))).body.visitor.livechatData).toEqual({ plan: 'free' })
  expect((await server.post('visitor', fields('pro', true))).body.visitor.livechatData).toEqual({ plan: 'pro' })
})

for (const [name, body, answer] of [
  ['nothing', {}, { error: "Match error: Missing key 'visitor'" }],
  ['no token', { visitor: {} }, { error: "Match error: Missing key 'token' in field visitor" }],
  ['a key beside visitor', { visitor: { token }, more: 1 }, { error: 'Match error: Unknown key in field more' }],
  [
    'a number for a token',
    { visitor: { token: 1 } },
    { error: 'Match error: Expected string, got number in field visitor.token' },
  ],
  [
    'a number for a name',
    { visitor: { token, name: 1 } },
    { error: 'Match error: Expected string, got number in field visitor.name' },
  ],
  [
    'half a custom field',
    { visitor: { token, customFields: [{ key: 'a', value: 'b' }] } },
    { error: "Match error: Missing key 'overwrite' in field visitor.customFields[0]" },
  ],
  [
    'a blank token',
    { visitor: { token: '  ' } },
    {
      error: 'Token cannot be empty [error-invalid-token]',
      errorType: 'error-invalid-token',
      details: { method: 'livechat/visitor' },
    },
  ],
  ['an unknown department', { visitor: { token, department: 'Moon' } }, { error: 'error-invalid-department' }],
] as const) {
  test(`a visitor with ${name} is refused in the server's words`, async ({ server }) => {
    const { status, body: given } = await server.post('visitor', body)
    expect(status).toBe(400)
    expect(given).toEqual({ success: false, ...answer })
  })
}

test('absent, null and undefined are the same to the optional keys', async ({ server }) => {
  expect((await server.post('visitor', { visitor: { token, name: null, email: null, department: null } })).status).toBe(
    200,
  )
})

test('older and newer servers word the refusals of a visitor differently', async ({ server }) => {
  const crooked = () => server.post('visitor', { visitor: { token, email: 'a@' } })
  expect((await crooked()).body.visitor.visitorEmails).toEqual([{ address: 'a@' }])
  await server.settings({ dialect: 'v7' })
  expect((await crooked()).body).toEqual({
    success: false,
    error: 'Invalid email a@ [error-invalid-email]',
    errorType: 'error-invalid-email',
  })
  expect((await server.post('visitor', { visitor: { token, department: 'Moon' } })).body).toEqual({
    success: false,
    error: 'The provided department is invalid [error-invalid-department]',
    errorType: 'error-invalid-department',
  })
  await server.settings({
    dialect: 'v9',
    customFields: [{ _id: 'plan', label: 'Plan', type: 'input', required: true }],
  })
  expect((await server.post('visitor', {})).body).toEqual({
    success: false,
    error: "must have required property 'visitor'",
    errorType: 'invalid-params',
  })
})

test('required custom fields are demanded from 8 on, of who sends any field at all', async ({ server }) => {
  const field = (_id: string, required: boolean) => ({ _id, label: _id, type: 'input', required })
  await server.settings({ customFields: [field('plan', true), field('company_name', true), field('note', false)] })
  expect((await server.post('visitor', { visitor: { token } })).status).toBe(200)
  const withNote = { visitor: { token, customFields: [{ key: 'note', value: 'x', overwrite: true }] } }
  expect((await server.post('visitor', withNote)).body).toEqual({
    success: false,
    error: 'Missing required custom fields: plan, company_name',
  })
  await server.settings({ dialect: 'v7' })
  expect((await server.post('visitor', withNote)).status).toBe(200)
})

test('the state of an old video call is taken up to 7.x and an unknown route after', async ({ server }) => {
  const tell = { token, callStatus: 'ended', rid: 'r', callId: 'c' }
  expect((await server.post('visitor.callStatus', tell)).status).toBe(404)
  await server.settings({ dialect: 'v7' })
  expect((await server.post('visitor.callStatus', tell)).body).toEqual({
    success: false,
    error: '[invalid-token]',
    errorType: 'invalid-token',
  })
  await server.post('visitor', { visitor: { token } })
  expect((await server.post('visitor.callStatus', tell)).body).toEqual({ token, callStatus: 'ended', success: true })
})

test('a visitor is deleted with rooms and pages, but not while a room is open', async ({ server }) => {
  expect((await server.remove('visitor/nobody')).body).toEqual({
    success: false,
    error: '[invalid-token]',
    errorType: 'invalid-token',
  })
  const visitor = (await server.post('visitor', { visitor: { token } })).body.visitor
  await server.get(`room?token=${token}`)
  await server.post('page.visited', { token, pageInfo: { change: 'url', title: '', location: { href: 'x' } } })
  expect((await server.remove(`visitor/${token}`)).body).toEqual({
    success: false,
    error: 'Cannot remove visitors with opened rooms [visitor-has-open-rooms]',
    errorType: 'visitor-has-open-rooms',
  })
  await server.settings({ collectHeaders: true })
  expect((await server.remove(`visitor/${token}`)).body).toEqual({
    visitor: { _id: visitor._id, ts: expect.any(String) },
    success: true,
  })
  expect((await server.get(`visitor/${token}`)).status).toBe(400)
  expect((await server.ask('GET', 'rooms')).rooms).toEqual([])
})

test('a status is echoed and kept', async ({ server }) => {
  expect((await server.post('visitor.status', { token, status: 'away' })).body).toEqual({
    success: false,
    error: '[invalid-token]',
    errorType: 'invalid-token',
  })
  await server.post('visitor', { visitor: { token } })
  expect((await server.post('visitor.status', { token, status: 'away' })).body).toEqual({
    token,
    status: 'away',
    success: true,
  })
  expect((await server.get(`visitor/${token}`)).body.visitor.status).toBe('away')
  expect((await server.post('visitor.status', { token })).body).toEqual({
    success: false,
    error: "Match error: Missing key 'status'",
  })
})

test('custom fields are set one by one and together, with their odd capital K', async ({ server }) => {
  await server.settings({
    customFields: [
      { _id: 'plan', label: 'Plan', type: 'input', required: false },
      { _id: 'zip', label: 'Zip code', type: 'input', required: false, regexp: '^\\d{5}$' },
      { _id: 'order', label: 'Order', type: 'input', required: false, scope: 'room' },
    ],
  })
  const one = (key: string, value: string) => server.post('custom.field', { token, key, value, overwrite: true })
  expect((await one('plan', 'pro')).body).toEqual({ success: false, error: 'invalid-token' })
  await server.post('visitor', { visitor: { token } })
  expect((await one('plan', 'pro')).body).toEqual({
    field: { key: 'plan', value: 'pro', overwrite: true },
    success: true,
  })
  expect((await one('moon', 'x')).body).toEqual({ success: false, error: 'invalid-custom-field' })
  expect((await one('zip', 'x')).body).toEqual({ success: false, error: 'Invalid value for Zip code field' })
  expect((await one('order', '7')).body).toEqual({ success: false })
  await server.get(`room?token=${token}`)
  expect((await one('order', '7')).status).toBe(200)
  const many = await server.post('custom.fields', {
    token,
    customFields: [{ key: 'zip', value: '12345', overwrite: true }],
  })
  expect(many.body).toEqual({ fields: [{ Key: 'zip', value: '12345', overwrite: true }], success: true })
  expect((await server.get(`visitor/${token}`)).body.visitor.livechatData).toEqual({ plan: 'pro', zip: '12345' })
  expect((await server.ask('GET', 'rooms')).rooms[0].livechatData).toEqual({ plan: 'pro', order: '7' })
  expect((await server.post('custom.field', { token, key: 'plan' })).body.error).toBe(
    "must have required property 'value' [invalid-params]",
  )
})
