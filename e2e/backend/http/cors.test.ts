import { expect, test, type Server } from '../fixture.ts'

const preflight = (server: Server, origin: string) =>
  server.call('OPTIONS', 'page.visited', undefined, {
    Origin: origin,
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'content-type',
  })

const shop = 'https://shop.example'

test('with CORS on, any origin may ask, and nothing is exposed, credentialed or remembered', async ({ server }) => {
  const { status, headers } = await preflight(server, shop)
  expect(status).toBe(200)
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(headers.get('access-control-allow-methods')).toBe('GET, POST, PUT, DELETE, HEAD, PATCH')
  expect(headers.get('access-control-allow-headers')).toBe(
    'Origin, X-Requested-With, Content-Type, Accept, X-User-Id, X-Auth-Token, x-visitor-token, Authorization',
  )
  for (const name of ['access-control-max-age', 'access-control-allow-credentials', 'access-control-expose-headers'])
    expect(headers.get(name)).toBeNull()
  expect((await server.ledger()).map(({ method, origin }) => [method, origin])).toEqual([['OPTIONS', shop]])
})

test('with CORS off, the preflight is refused but plain answers are readable', async ({ server }) => {
  await server.settings({ cors: 'off' })
  const { status, text, headers } = await preflight(server, shop)
  expect(status).toBe(405)
  expect(text).toContain('CORS not enabled')
  expect(headers.get('access-control-allow-origin')).toBeNull()
  expect((await server.get('config', { Origin: shop })).headers.get('access-control-allow-origin')).toBe('*')
})

test('with a list, only those on it may ask', async ({ server }) => {
  await server.settings({ cors: ['https://SHOP.example'] })
  const listed = await preflight(server, shop)
  expect(listed.headers.get('access-control-allow-origin')).toBe(shop)
  expect(listed.headers.get('vary')).toBe('Origin')
  const stranger = await preflight(server, 'https://other.example')
  expect(stranger.status).toBe(403)
  expect(stranger.text).toBe('Invalid origin')
  expect((await preflight(server, 'https://SHOP.example')).status).toBe(403)
})

test('executed but unreadable: the call is acted on and its answer hidden', async ({ server }) => {
  await server.faults({ cors: 'executed-unreadable' })
  expect((await preflight(server, shop)).headers.get('access-control-allow-origin')).toBe('*')
  const { status, headers } = await server.post(
    'page.visited',
    { token: 't', pageInfo: { change: 'url', title: '', location: { href: 'x' } } },
    { Origin: shop },
  )
  expect(status).toBe(200)
  expect(headers.get('access-control-allow-origin')).toBeNull()
  expect((await server.visits()).length).toBe(1)
})

test('refusals and limits are as readable as answers', async ({ server }) => {
  const refused = await server.post('visitor', {}, { Origin: shop })
  expect(refused.headers.get('access-control-allow-origin')).toBe('*')
  for (let n = 0; n < 5; n++) await server.post('visitor', {})
  const limited = await server.post('visitor', {}, { Origin: shop })
  expect(limited.status).toBe(429)
  expect(limited.headers.get('access-control-allow-origin')).toBe('*')
})

test('with CORS off, servers of 0.70–2.4 let nothing be read, and those from 6 on everything that needs no preflight', async ({
  server,
}) => {
  await server.settings({ cors: 'off' })
  const isReadable = async (dialect: string) => {
    await server.settings({ dialect })
    expect((await preflight(server, shop)).status).toBe(405)
    return (await server.get('config', { Origin: shop })).headers.get('access-control-allow-origin')
  }
  expect(await isReadable('v0')).toBeNull()
  for (const dialect of ['v6', 'v7', 'current', 'v9']) expect(await isReadable(dialect)).toBe('*')
})

test('with CORS on, servers of 0.70–2.4 allow no upload, no PUT and no DELETE', async ({ server }) => {
  await server.settings({ dialect: 'v0' })
  const { status, headers } = await preflight(server, shop)
  expect([status, headers.get('access-control-allow-origin')]).toEqual([200, '*'])
  expect(headers.get('access-control-allow-methods')).toBeNull()
  expect(headers.get('access-control-allow-headers')).toBe(
    'Origin, X-Requested-With, Content-Type, Accept, X-User-Id, X-Auth-Token',
  )
  await server.settings({ cors: ['https://shop.example', 'https://b.example'] })
  expect((await preflight(server, shop)).headers.get('access-control-allow-origin')).toBe(
    'https://shop.example,https://b.example',
  )
})

test('before 8 a stranger’s preflight is answered without a word about origins', async ({ server }) => {
  await server.settings({ dialect: 'v7', cors: ['https://other.example'] })
  const { status, headers } = await preflight(server, shop)
  expect([status, headers.get('access-control-allow-origin')]).toEqual([200, null])
})

test('presses in blocks are allowed for all while CORS is off, and for the listed when it is on', async ({
  server,
}) => {
  const path = '/api/apps/ui.interaction/app'
  const ask = async () => {
    const { status, headers } = await server.call('OPTIONS', path, undefined, {
      Origin: shop,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type,x-visitor-token',
    })
    return [status, headers.get('access-control-allow-origin'), headers.get('access-control-allow-headers')]
  }
  await server.settings({ cors: 'off' })
  expect(await ask()).toEqual([204, shop, 'content-type,x-visitor-token'])
  await server.settings({ cors: ['https://other.example'] })
  expect((await ask()).slice(0, 2)).toEqual([500, null])
})

test('text/plain is not read as JSON', async ({ server }) => {
  const { body } = await server.call('POST', 'page.visited', { token: 't' }, { 'Content-Type': 'text/plain' })
  expect(body.error).toBe("must have required property 'token' [invalid-params]")
})
