import { expect } from 'playwright/test'
import { demoAgent, outsider } from '../../e2e/backend/index.ts'
import { createAgent, type AgentErrorCode } from '../agent.ts'
import { openServer } from '../../e2e/backend/fixture.ts'
import { agentOf, outsiderOf, refusalOf, shown, test, token, visitorWithRoom } from '../../e2e/desk/fixture.ts'

const dialects = ['v0', 'v6', 'v7', 'current', 'v9'] as const

for (const dialect of dialects) {
  test(`a ${dialect} server’s refusals each have a stable code and the server’s own words`, async ({ server }) => {
    await server.settings({ dialect })
    const { rid, visitorId } = await visitorWithRoom(server, 1)
    const agent = agentOf(server)
    const stranger = createAgent({ server: server.origin, userId: 'nobody-at-all', authToken: 'not-a-real-token' })
    const expectations: [attempt: () => Promise<unknown>, code: AgentErrorCode, status: number, says: RegExp][] = [
      [() => agent.visitorInfo('nobody'), 'not-found', 400, /^visitor-not-found$/],
      [() => agent.pagesVisited('nowhere'), 'not-found', 400, /^invalid-room$/],
      [() => agent.chatHistory({ roomId: 'nowhere', visitorId }), 'not-found', 400, /^invalid-room$/],
      [
        () => agent.visitor('no-such-token'),
        'not-found',
        400,
        dialect === 'v0' ? /^invalid-token$/ : /\[invalid-token\]$/,
      ],
      [
        () => agent.chatHistory({ roomId: rid, visitorId, sort: { ts: 2 as 1 } }),
        'bad-request',
        400,
        /error-invalid-sort/,
      ],
      [() => stranger.visitorInfo(visitorId), 'not-logged-in', 401, /^You must be logged in to do this\.$/],
      [() => stranger.pagesVisited(rid), 'not-logged-in', 401, /^You must be logged in to do this\.$/],
      [
        () => outsiderOf(server).visitorInfo(visitorId),
        'not-permitted',
        dialect === 'v0' ? 400 : 403,
        dialect === 'v0' ? /^error-not-authorized$/ : /\[error-unauthorized\]$/,
      ],
      [
        () => outsiderOf(server).pagesVisited(rid),
        'not-permitted',
        dialect === 'v0' ? 400 : 403,
        dialect === 'v0' ? /^error-not-authorized$/ : /\[error-unauthorized\]$/,
      ],
      [
        () => outsiderOf(server).chatHistory({ roomId: rid, visitorId }),
        'not-permitted',
        dialect === 'v0' ? 400 : 403,
        /not-authorized|unauthorized/,
      ],
    ]
    for (const [attempt, code, status, says] of expectations) {
      const error = await refusalOf(attempt())
      expect.soft(error).toMatchObject({ name: 'AgentError', code, status, says: expect.stringMatching(says) })
      expect.soft(error.message).toContain(error.says)
    }
  })
}

for (const dialect of ['v0', 'v6'] as const) {
  test(`a ${dialect} server refuses to move a room in each of its ways`, async ({ server }) => {
    await server.settings({ dialect })
    const { rid, visitorId: oldVisitorId } = await visitorWithRoom(server, 0)
    const { visitorId: newVisitorId } = await visitorWithRoom(server, 0, 'another-visitor')
    const agent = agentOf(server)
    const move = { rid, oldVisitorId, newVisitorId }
    const by = async (change: Partial<typeof move>) => refusalOf(agent.updateRoomVisitor({ ...move, ...change }))
    expect(await by({ newVisitorId: 'nobody' })).toMatchObject({ code: 'not-found', serverCode: 'visitor-not-found' })
    expect(await by({ oldVisitorId: 'nobody' })).toMatchObject({ code: 'not-found', serverCode: 'invalid-visitor' })
    expect(await by({ rid: 'nowhere' })).toMatchObject({ code: 'not-found', serverCode: 'invalid-room' })
    expect(await by({ oldVisitorId: newVisitorId })).toMatchObject({
      code: 'not-found',
      serverCode: 'invalid-room-visitor',
    })
    expect(await by({ rid: undefined })).toMatchObject({ code: 'bad-request', says: expect.stringContaining("'rid'") })
    const forbidden = await refusalOf(outsiderOf(server).updateRoomVisitor(move))
    expect(forbidden).toMatchObject({
      code: 'not-permitted',
      status: 403,
      says: dialect === 'v0' ? 'unauthorized' : expect.stringContaining('[error-unauthorized]'),
    })
  })
}

for (const dialect of ['v7', 'current', 'v9'] as const) {
  test(`moving a room on a ${dialect} server says that this is gone`, async ({ server }) => {
    await server.settings({ dialect })
    const error = await refusalOf(agentOf(server).updateRoomVisitor({ rid: 'r', oldVisitorId: 'a', newVisitorId: 'b' }))
    expect(error).toMatchObject({ code: 'unknown-route', status: dialect === 'v7' ? 200 : 404 })
    expect(error.message).toMatch(/deprecated.*gone since 7\.0/)
  })
}

test('a limit says when the next call is welcome', async ({ server }) => {
  const { visitorId } = await visitorWithRoom(server, 0)
  await server.settings({ limiter: true })
  await server.faults({ match: 'visitors.info', limit: { calls: 1, windowMs: 30_000 } })
  const agent = agentOf(server)
  await agent.visitorInfo(visitorId)
  const error = await refusalOf(agent.visitorInfo(visitorId))
  expect(error).toMatchObject({
    code: 'limited',
    status: 429,
    serverCode: 'error-too-many-requests',
    says: expect.stringContaining('Please slow down'),
  })
  expect(error.retryAfterMs).toBeGreaterThan(0)
  expect(error.retryAfterMs).toBeLessThanOrEqual(31_000)
})

test('a server that knows neither form of the pages is not taken for either', async ({ server }) => {
  const { rid } = await visitorWithRoom(server, 1)
  const agent = agentOf(server)
  await server.faults({ match: 'pagesVisited', html: true })
  expect(await refusalOf(agent.pagesVisited(rid))).toMatchObject({ code: 'unknown-route', status: 200 })
  await server.faults({})
  expect((await agent.pagesVisited(rid)).items).toHaveLength(1)
})

test('a first call that failed says nothing about the form', async ({ server }) => {
  await server.settings({ dialect: 'v0' })
  const { rid } = await visitorWithRoom(server, 1)
  const agent = agentOf(server)
  await server.faults({ match: 'pagesVisited', html: true, status: 502, times: 1 })
  expect(await refusalOf(agent.pagesVisited(rid))).toMatchObject({ code: 'not-api' })
  expect((await agent.pagesVisited(rid)).items).toHaveLength(1)
})

test('a known form is not forgotten because of a page in the API’s place', async ({ server }) => {
  const { rid } = await visitorWithRoom(server, 1)
  const agent = agentOf(server)
  await agent.pagesVisited(rid)
  await server.faults({ match: 'pagesVisited', html: true })
  await refusalOf(agent.pagesVisited(rid))
  const asked = (await server.ledger()).filter(({ path }) => path.includes('pagesVisited'))
  expect(asked.every(({ path }) => path.endsWith(rid))).toBe(true)
})

test('a proxy’s error page, silence and a closed port are told apart', async ({ server }) => {
  const { visitorId } = await visitorWithRoom(server, 0)
  const agent = agentOf(server)
  await server.faults({ html: true, status: 502 })
  expect(await refusalOf(agent.visitorInfo(visitorId))).toMatchObject({ code: 'not-api', status: 502 })
  await server.faults({ latencyMs: 3000 })
  const patient = AbortSignal.timeout
  AbortSignal.timeout = (ms) => patient.call(AbortSignal, Math.min(ms, 100))
  try {
    expect(await refusalOf(agent.visitorInfo(visitorId))).toMatchObject({ code: 'timeout' })
  } finally {
    AbortSignal.timeout = patient
  }
  await server.faults({ plug: true })
  expect(await refusalOf(agent.visitorInfo(visitorId))).toMatchObject({ code: 'unreachable' })
})

test('credentials follow no redirect, and the refusal names where it leads', async ({ server }) => {
  const { visitorId } = await visitorWithRoom(server, 0)
  const other = await openServer()
  const agent = agentOf(server)
  for (const status of [301, 302, 303, 307, 308]) {
    await server.faults({ match: '/api/', redirect: other.origin, status })
    expect(await refusalOf(agent.visitorInfo(visitorId))).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(`redirects to ${other.origin},`),
    })
    expect(await refusalOf(agent.visitor('a-visitors-token'))).toMatchObject({ code: 'unreachable' })
  }
  expect(
    new Set((await other.ledger()).map(({ method, path, query }) => `${method} ${path} ${JSON.stringify(query)}`)),
  ).toEqual(new Set(['GET /api/v1/livechat/config {}']))
  await other.stop()
})

test('what cannot be sent is refused before the server is asked', async ({ server }) => {
  const agent = agentOf(server)
  for (const id of ['', '  ', '.', '..', undefined as never, '\ud800']) {
    expect(await refusalOf(agent.pagesVisited(id))).toMatchObject({ code: 'bad-call' })
    expect(await refusalOf(agent.visitor(id))).toMatchObject({ code: 'bad-call' })
    expect(await refusalOf(agent.visitorInfo(id))).toMatchObject({ code: 'bad-call' })
    expect(await refusalOf(agent.chatHistory({ roomId: id, visitorId: 'v' }))).toMatchObject({ code: 'bad-call' })
    expect(await refusalOf(agent.messages({ roomId: 'r', token: id }))).toMatchObject({ code: 'bad-call' })
  }
  await refusalOf(agent.pagesVisited('../visitors.info'))
  const asked = (await server.ledger()).map(({ path }) => path)
  expect(asked.every((path) => path.includes('pagesVisited/..%2Fvisitors.info') || path.endsWith('pagesVisited'))).toBe(
    true,
  )
})

test('an agent without a server or credentials is none', () => {
  const good = { server: 'https://chat.example.com', userId: 'u', authToken: 't' }
  const wrong = [
    { server: '' },
    { server: 'chat.example.com' },
    { server: 'ftp://x' },
    { server: 'https://me:secret-word@chat.example.com' },
    { userId: '' },
    { authToken: undefined as never },
    { authToken: 'secret-word\n' },
    { authToken: 'secret-wörd' },
  ]
  for (const change of wrong) {
    let error: unknown
    try {
      createAgent({ ...good, ...change })
    } catch (thrown) {
      error = thrown
    }
    expect(error, JSON.stringify(change)).toMatchObject({ name: 'AgentError', code: 'bad-call' })
    expect(shown(error)).not.toContain('secret-w')
  }
  expect(() => createAgent(good)).not.toThrow()
})

test('credentials travel in headers only: no address, error, log or inspection shows them', async ({ server }) => {
  const { rid, visitorId } = await visitorWithRoom(server, 2)
  await server.settings({ limiter: true })
  const logged: unknown[] = []
  const levels = ['log', 'info', 'warn', 'error', 'debug'] as const
  const originals = levels.map((level) => console[level])
  levels.forEach((level) => (console[level] = (...words) => void logged.push(words)))
  const errors: unknown[] = []
  try {
    const agent = agentOf(server)
    const outside = outsiderOf(server)
    for (let round = 0; round < 12; round++) {
      const attempts = [
        agent.visitorInfo('x'),
        agent.pagesVisited(rid),
        agent.chatHistory({ roomId: rid, visitorId }),
        outside.pagesVisited(rid),
        agent.visitor('secret-of-a-visitor'),
        agent.updateRoomVisitor({ rid, oldVisitorId: 'a', newVisitorId: 'b' }),
      ]
      for (const one of await Promise.allSettled(attempts)) if (one.status === 'rejected') errors.push(one.reason)
    }
    await server.faults({ status: 400 })
    errors.push(await refusalOf(agent.visitorInfo('x')), agent, outside)
  } finally {
    levels.forEach((level, index) => (console[level] = originals[index]!))
  }
  expect(errors.length).toBeGreaterThan(20)
  const seen = shown(errors) + shown(logged) + errors.map(String).join() + JSON.stringify(errors)
  for (const secret of [demoAgent.authToken, outsider.authToken, demoAgent._id, 'secret-of-a-visitor'])
    expect(seen).not.toContain(secret)
  const asked = (await server.ledger()).map(({ path, query, body }) => JSON.stringify([path, query, body])).join()
  for (const secret of [demoAgent.authToken, outsider.authToken, demoAgent._id, outsider._id])
    expect(asked).not.toContain(secret)
})

test('credentials that a server repeats are taken out of its words', async () => {
  const { createServer } = await import('node:http')
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json')
    response.statusCode = 400
    response.end(
      JSON.stringify({
        success: false,
        error: `bad token ${request.headers['x-auth-token']} of ${request.headers['x-user-id']} at ${request.url}`,
      }),
    )
  }).listen(0)
  const { port } = server.address() as { port: number }
  const agent = createAgent({ server: `http://127.0.0.1:${port}`, userId: 'user-secret', authToken: 'auth-secret' })
  const errors = [await refusalOf(agent.visitorInfo('x')), await refusalOf(agent.visitor(token))]
  server.close()
  expect(errors[0]!.says).toMatch(/^bad token … of …/)
  expect(shown(errors)).not.toMatch(/(user|auth)-secret/)
  expect(shown(errors[1])).not.toContain(token)
})
