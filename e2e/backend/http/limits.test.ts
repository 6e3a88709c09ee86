import { expect, test } from '../fixture.ts'

const visit = (n: number) => ({
  token: 't',
  pageInfo: { change: 'url', title: '', location: { href: `http://a/${n}` } },
})

test('the eleventh call of a minute is refused, with the wait in its text and the window in milliseconds', async ({
  server,
}) => {
  const before = Date.now()
  for (let n = 1; n <= 10; n++) {
    const { status, headers } = await server.post('page.visited', visit(n))
    expect(status).toBe(200)
    expect(headers.get('x-ratelimit-limit')).toBe('10')
    expect(headers.get('x-ratelimit-remaining')).toBe(String(10 - n))
  }
  const { status, body, headers } = await server.post('page.visited', visit(11))
  expect(status).toBe(429)
  const reset = Number(headers.get('x-ratelimit-reset'))
  expect(reset).toBeGreaterThanOrEqual(before + 60_000)
  expect(reset).toBeLessThanOrEqual(Date.now() + 60_000)
  expect(headers.get('retry-after')).toBeNull()
  const seconds = /You must wait (\d+) seconds/.exec(body.error)![1]
  expect(body).toEqual({
    success: false,
    error: `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again. [error-too-many-requests]`,
  })
  expect((await server.visits()).length).toBe(10)
  expect((await server.get('config')).status).toBe(200)
})

test('calls refused for their body count too, and every token shares one bucket', async ({ server }) => {
  for (let n = 1; n <= 5; n++) expect((await server.post('visitor', {})).status).toBe(400)
  expect((await server.post('visitor', { visitor: { token: 'a' } })).status).toBe(429)
  for (let n = 1; n <= 10; n++) await server.get(`visitor/token-${n}`)
  expect((await server.get('visitor/token-11')).status).toBe(429)
})

test('a limit set as a fault opens again when its window has passed', async ({ server }) => {
  await server.faults({ match: 'page.visited', limit: { calls: 1, windowMs: 300 } })
  expect((await server.post('page.visited', visit(1))).status).toBe(200)
  expect((await server.post('page.visited', visit(2))).status).toBe(429)
  await expect(async () => expect((await server.post('page.visited', visit(3))).status).toBe(200)).toPass()
})

test('a reset opens every window', async ({ server }) => {
  for (let n = 1; n <= 11; n++) await server.post('page.visited', visit(n))
  await server.ask('POST', 'reset')
  expect((await server.post('page.visited', visit(12))).status).toBe(200)
})
