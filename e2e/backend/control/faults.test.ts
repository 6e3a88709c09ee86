import { expect, test } from '../fixture.ts'

const visit = (href: string) => ({ token: 't', pageInfo: { change: 'url', title: '', location: { href } } })
const tryPost = (act: Promise<unknown>) =>
  act.then(
    () => 'answered',
    () => 'cut',
  )

test('a call dropped before is not acted on, one dropped after is, and the ledger has both', async ({ server }) => {
  await server.faults({ match: 'page.visited', drop: 'before', times: 1 })
  expect(await tryPost(server.post('page.visited', visit('one')))).toBe('cut')
  await server.faults({ match: 'page.visited', drop: 'after', times: 1 })
  expect(await tryPost(server.post('page.visited', visit('two')))).toBe('cut')
  expect(await tryPost(server.post('page.visited', visit('three')))).toBe('answered')
  expect((await server.visits()).map(({ msg }) => msg)).toEqual([' - two', ' - three'])
  expect((await server.ledger()).map(({ status, answered }) => [status, answered])).toEqual([
    [null, false],
    [200, false],
    [200, true],
  ])
})

test('the plug closes the port, and pulling it out again opens the same one', async ({ server }) => {
  await server.faults({ plug: true })
  expect(await tryPost(server.get('config'))).toBe('cut')
  expect(await server.ledger()).toEqual([])
  await server.faults({})
  expect((await server.get('config')).status).toBe(200)
})

test('a status fault answers so many times without acting', async ({ server }) => {
  await server.faults([{ match: '/visited$/', status: 503, times: 2 }])
  expect((await server.post('page.visited', visit('one'))).status).toBe(503)
  expect((await server.get('config')).status).toBe(200)
  expect((await server.post('page.visited', visit('two'))).status).toBe(503)
  expect((await server.post('page.visited', visit('three'))).status).toBe(200)
  expect((await server.visits()).map(({ msg }) => msg)).toEqual([' - three'])
})

test('a refusal that never ends has the server’s own sentence', async ({ server }) => {
  await server.faults({ match: 'page.visited', status: 403, error: 'Workspace is read-only [error-forbidden]' })
  for (let n = 0; n < 3; n++) {
    const { status, body } = await server.post('page.visited', visit('one'))
    expect([status, body]).toEqual([403, { success: false, error: 'Workspace is read-only [error-forbidden]' }])
  }
  expect(await server.visits()).toEqual([])
})

test('an HTML page can be answered in place of JSON', async ({ server }) => {
  await server.faults({ match: 'page.visited', html: true })
  const { status, headers, text } = await server.post('page.visited', visit('one'))
  expect(status).toBe(200)
  expect(headers.get('content-type')).toContain('text/html')
  expect(text).toContain('<html>')
  expect(await server.visits()).toEqual([])
})

test('a redirect sends callers on with path and query, and does not act', async ({ server }) => {
  await server.faults({ match: 'page.visited', redirect: 'https://other.example/chat', status: 308 })
  const response = await fetch(`${server.origin}/api/v1/livechat/page.visited?a=1`, {
    method: 'POST',
    redirect: 'manual',
  })
  expect([response.status, response.headers.get('location')]).toEqual([
    308,
    'https://other.example/chat/api/v1/livechat/page.visited?a=1',
  ])
  expect(await server.visits()).toEqual([])
})

test('latency comes before the act', async ({ server }) => {
  await server.faults({ match: 'page.visited', latencyMs: 400 })
  const posted = server.post('page.visited', visit('one'))
  await expect.poll(async () => (await server.ledger()).length).toBe(1)
  expect((await server.ledger())[0]).toMatchObject({ status: null })
  expect(await server.visits()).toEqual([])
  await posted
  expect((await server.visits()).length).toBe(1)
})

test('an unknown fault is refused by name and changes nothing', async ({ server }) => {
  await server.faults({ status: 500 })
  await expect(server.faults({ stauts: 500 })).rejects.toThrow("unknown fault 'stauts'")
  expect((await server.get('config')).status).toBe(500)
})

test('a wrong setting is refused by name and changes nothing', async ({ server }) => {
  await expect(server.settings({ online: false, colour: 'red' })).rejects.toThrow("unknown setting 'colour'")
  expect((await server.get('config')).body.config.online).toBe(true)
})

test('settings merge nested, by path and by bare name', async ({ server }) => {
  await server.settings({ theme: { title: 'Shop' }, 'theme.color': '#123456', registrationForm: true })
  const { config } = (await server.get('config')).body
  expect(config.theme).toMatchObject({ title: 'Shop', color: '#123456', offlineTitle: 'Leave a message' })
  expect(config.settings).toMatchObject({ registrationForm: true, language: 'en' })
})

test('the events tell of a call and of its visit', async ({ server }) => {
  const events = await fetch(`${server.control}/control/events`)
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader()
  await server.post('page.visited', visit('one'))
  let told = ''
  while (!/event: visit\n[^]*event: call\n/.test(told)) told += (await reader.read()).value
  expect(told).toContain('"msg":" - one"')
  await reader.cancel()
})
