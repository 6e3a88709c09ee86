import { expect, test, type Server } from '../fixture.ts'

const visit = { token: 't', pageInfo: { change: 'url', title: '', location: { href: 'x' } } }
const simple = 'text/plain;type=application/json'
const send = (server: Server, contentType: string) =>
  server.call('POST', 'page.visited', visit, { 'Content-Type': contentType })

for (const dialect of ['current', 'v9']) {
  test(`a ${dialect} server reads JSON wherever the header names it`, async ({ server }) => {
    await server.settings({ dialect })
    for (const contentType of ['application/json', 'application/json; charset=utf-8', simple])
      expect((await send(server, contentType)).body.page.msg, contentType).toBe(' - x')
    expect((await send(server, 'text/plain')).body.error).toContain("must have required property 'token'")
    expect((await server.ledger()).map(({ contentType }) => contentType)).toContain(simple)
  })
}

test('servers before 8 read JSON by its type alone, and refuse the empty rest as they refuse anything', async ({
  server,
}) => {
  for (const dialect of ['v6', 'v7']) {
    await server.settings({ dialect })
    expect((await send(server, simple)).body).toEqual({
      success: false,
      error: "must have required property 'token' [invalid-params]",
      errorType: 'invalid-params',
    })
    expect((await send(server, 'application/json; charset=utf-8')).body.page.msg).toBe(' - x')
  }
  const visitor = { visitor: { token: 't' } }
  const register = () => server.call('POST', 'visitor', visitor, { 'Content-Type': simple })
  expect((await register()).body.error).toBe("Match error: Missing key 'visitor'")
  await server.settings({ dialect: 'v0' })
  expect((await register()).body).toMatchObject({
    message: "Match error: Missing key 'visitor'",
    errorType: 'Match.Error',
    success: false,
  })
})

test('a firewall can stumble over the odd header alone', async ({ server }) => {
  await server.faults({ match: 'page.visited', contentType: 'text/plain', status: 415, html: true })
  expect((await send(server, simple)).status).toBe(415)
  expect((await send(server, 'application/json')).body.page.msg).toBe(' - x')
})
