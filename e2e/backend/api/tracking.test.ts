import { expect, test } from '../fixture.ts'
import { demoAgent } from '../index.ts'

const token = 'iNKE8a6k6cjbqWhWd'
const page = (href: string, change = 'url', title = '') => ({ token, pageInfo: { change, title, location: { href } } })
const agent = { 'X-User-Id': demoAgent._id, 'X-Auth-Token': demoAgent.authToken }

test('a page of nobody is stored and answered with its text', async ({ server }) => {
  const { status, body } = await server.post('page.visited', page('http://localhost:3000/demo.html#page-4'))
  expect(status).toBe(200)
  expect(body).toEqual({
    page: {
      msg: ' - http://localhost:3000/demo.html#page-4',
      navigation: { page: page('http://localhost:3000/demo.html#page-4').pageInfo, token },
    },
    success: true,
  })
  const [visit] = await server.visits()
  expect(visit).toMatchObject({
    t: 'livechat_navigation_history',
    groupable: false,
    _hidden: true,
    u: { _id: 'rocket.cat', username: 'rocket.cat' },
  })
  expect(visit!['expireAt']).toBe(Date.parse(visit!.ts) + 2_592_000_000)
  expect(visit!.rid).toBeUndefined()
})

test('a change that is not monitored is accepted and not stored', async ({ server }) => {
  expect((await server.post('page.visited', page('http://a/', 'title'))).body).toEqual({ success: true })
  await server.settings({ historyMonitorType: 'title' })
  expect((await server.post('page.visited', page('http://b/', 'title'))).body.page.msg).toBe(' - http://b/')
  expect((await server.post('page.visited', page('http://c/', 'url'))).body).toEqual({ success: true })
  expect((await server.visits()).map(({ msg }) => msg)).toEqual([' - http://b/'])
})

test('pages from before the room join it when it is made, newest first for the agent', async ({ server }) => {
  await server.post('page.visited', page('http://a/1', 'url', 'One'))
  await server.post('page.visited', page('http://a/2', 'url', 'Two'))
  await server.post('visitor', { visitor: { token } })
  const { body } = await server.get(`room?token=${token}`)
  expect(body.newRoom).toBe(true)
  const rid = body.room._id
  await server.post('page.visited', { ...page('http://a/3', 'url', 'Three'), rid })
  const pages = await server.get(`visitors.pagesVisited/${rid}`, agent)
  expect(pages.body.pages.map(({ msg }: { msg: string }) => msg)).toEqual([
    'Three - http://a/3',
    'Two - http://a/2',
    'One - http://a/1',
  ])
  expect(pages.body).toMatchObject({ count: 3, offset: 0, total: 3, success: true })
  const second = await server.get(
    `visitors.pagesVisited/${rid}?count=1&offset=1&sort=${encodeURIComponent('{"ts":1}')}`,
    agent,
  )
  expect(second.body).toMatchObject({ count: 1, offset: 1, total: 3, pages: [{ msg: 'Two - http://a/2' }] })
})

for (const [name, body, error] of [
  ['no token', { pageInfo: page('x').pageInfo }, "must have required property 'token'"],
  ['no pageInfo', { token }, "must have required property 'pageInfo'"],
  ['no title', { token, pageInfo: { change: 'url', location: { href: 'x' } } }, "must have required property 'title'"],
  ['no change', { token, pageInfo: { title: '', location: { href: 'x' } } }, "must have required property 'change'"],
  ['no location', { token, pageInfo: { title: '', change: 'url' } }, "must have required property 'location'"],
  ['no href', { token, pageInfo: { title: '', change: 'url', location: {} } }, "must have required property 'href'"],
  ['a referrer', { ...page('x'), referrer: 'y' }, 'must NOT have additional properties'],
  [
    'a hash in the location',
    { token, pageInfo: { title: '', change: 'url', location: { href: 'x', hash: '#' } } },
    'must NOT have additional properties',
  ],
  ['an object for a token', { ...page('x'), token: {} }, 'must be string'],
] as const) {
  test(`a page with ${name} is refused with the schema's first text`, async ({ server }) => {
    const { status, body: answer } = await server.post('page.visited', body)
    expect(status).toBe(400)
    expect(answer).toEqual({ success: false, error: `${error} [invalid-params]`, errorType: 'invalid-params' })
    await server.settings({ dialect: 'v9' })
    expect((await server.post('page.visited', body)).body).toEqual({
      success: false,
      error,
      errorType: 'invalid-params',
    })
  })
}

test('scalars are coerced: a number becomes text, a null title becomes empty', async ({ server }) => {
  const { body } = await server.post('page.visited', {
    token: 12,
    rid: null,
    pageInfo: { change: 'url', title: null, location: { href: 7 } },
  })
  expect(body.page).toEqual({
    msg: ' - 7',
    navigation: { page: { change: 'url', title: '', location: { href: '7' } }, token: '12' },
  })
})

test('the first dialect wants a room and checks whose it is', async ({ server }) => {
  await server.settings({ dialect: 'v0' })
  expect((await server.post('page.visited', page('x'))).body).toMatchObject({
    success: false,
    message: "Match error: Missing key 'rid'",
    errorType: 'Match.Error',
  })
  const wrongToken = await server.post('page.visited', { ...page('x'), rid: 'r' })
  expect(wrongToken.body).toMatchObject({ success: false, error: 'invalid-token', errorType: 'Meteor.Error' })
  await server.post('visitor', { visitor: { token } })
  const wrongRoom = await server.post('page.visited', { ...page('x'), rid: 'r' })
  expect(wrongRoom.body).toMatchObject({ success: false, error: 'invalid-room', errorType: 'Meteor.Error' })
  const rid = (await server.get(`room?token=${token}`)).body.room._id
  expect((await server.post('page.visited', { ...page('x'), rid })).body.page.msg).toBe(' - x')
})
