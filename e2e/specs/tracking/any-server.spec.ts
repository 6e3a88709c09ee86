/** A server as it comes: whatever its settings and its age, visits arrive and people talk. */
import { expect, test, trail, type Server } from '../../test.ts'

/** Every call but of files, preflights too. */
const called = async (server: Server, match = '/api/v1/') =>
  (await server.ledger(match, true)).map(({ method, path }) => `${method} ${path.replace('/api/v1/livechat/', '')}`)

test('out of the box, with CORS off, visits arrive, the visitor is registered and a conversation is held, without a preflight', async ({
  visitor,
  server,
  site,
}) => {
  await server.settings({ cors: 'off' })
  const { widget } = visitor
  await visitor.go('/')
  await visitor.push('/shoes', 'Shoes')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/shoes Shoes'])
  await widget.open()
  await widget.say('Are these in red?')
  await expect.poll(() => server.said()).toEqual(['Are these in red?'])
  await server.agent({ does: 'take' })
  await server.agent({ does: 'say', text: 'They are.' })
  await expect.poll(widget.bubbles).toEqual(['me: Are these in red?', 'them: They are.'])
  await widget.say('Thank you')
  await widget.choose('End chat')
  await widget.button('End chat').click()
  await expect(widget.button('New chat')).toBeVisible()
  const calls = await called(server)
  expect(calls).toContain('POST visitor')
  expect(calls).toContain('POST message')
  expect(calls.filter((call) => call.startsWith('OPTIONS'))).toEqual([])
})

for (const dialect of ['v6', 'v7'])
  test(`a ${dialect} server refuses the first simple request, and every page after it says it properly`, async ({
    visitor,
    server,
    site,
  }) => {
    await server.settings({ dialect })
    await visitor.go('/')
    await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
    expect(await called(server, 'page.visited')).toEqual([
      'POST page.visited',
      'OPTIONS page.visited',
      'POST page.visited',
    ])
    await visitor.go('/next')
    await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/next Page /next'])
    const types = (await server.ledger('page.visited')).map(({ contentType }) => contentType)
    expect(types).toEqual(['text/plain;type=application/json', 'application/json', 'application/json'])
  })

for (const status of [400, 403, 406, 415])
  test(`what stands before the server may refuse the odd header with ${status}`, async ({ visitor, server, site }) => {
    await server.faults({ match: 'livechat/', contentType: 'text/plain', status, html: true })
    await visitor.go('/')
    await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
    await visitor.go('/next')
    await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/next Page /next'])
  })

test('what refuses it so that no page may read it is found out as well', async ({ visitor, server, site }) => {
  await server.faults({ match: 'livechat/', contentType: 'text/plain', drop: 'before' })
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
})

test('a server that is updated, and one that is set back, lose and double nothing', async ({
  visitor,
  server,
  site,
}) => {
  await server.settings({ dialect: 'current' })
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
  await server.settings({ dialect: 'v7' })
  await visitor.go('/second')
  await expect.poll(() => trail(server, site)).toHaveLength(2)
  await server.settings({ dialect: 'current' })
  await visitor.go('/third')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/second Page /second', '/third Page /third'])
})

test('with CORS off forget() deletes what is here, and says that the server keeps its part', async ({
  visitor,
  server,
}) => {
  await server.settings({ cors: 'off' })
  await visitor.go('/')
  const outcome = await visitor.page.evaluate(
    () =>
      new Promise<string[]>((resolve) =>
        window.Tagalong(async (api) => {
          await api.identify({ name: 'Ada' })
          const before = await api.getVisitorToken()
          const refusal = await api.forget().then(
            () => 'forgotten',
            ({ code, message }: Error & { code: string }) => `${code}: ${message}`,
          )
          resolve([refusal, (await api.getVisitorToken()) === before ? 'the same token' : 'a new token'])
        }),
      ),
  )
  expect(outcome).toEqual([
    'blocked: Everything was deleted in this browser. The server still has the visitor: pages may delete there only while an administrator has turned on “Enable CORS” (API_Enable_CORS).',
    'a new token',
  ])
})
