import { createHash } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import { expect } from 'playwright/test'
import { demoAgent, outsider, secondAgent } from '../../e2e/backend/index.ts'
import { test, token, visitorWithRoom } from '../../e2e/desk/fixture.ts'
import { run } from './run.ts'
import type { AgentParts } from '../agent.ts'

const shop = 'https://shop.example'
const login = (user = demoAgent) => ({ TAGALONG_USER_ID: user._id, TAGALONG_AUTH_TOKEN: user.authToken })

const tagalong = async (args: string[], environment: Record<string, string> = {}, parts?: AgentParts) => {
  const out: string[] = []
  const err: string[] = []
  const terminal = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    environment,
  }
  const code = await run(args, terminal, '1.2.3', parts)
  return { code, out, err, said: [...out, ...err].join('\n') }
}

/** What doctor finds, by name. */
const examined = async (server: string, origin = shop) => {
  const { code, out, said } = await tagalong(['doctor', server, '--origin', origin, '--json'])
  const checks = out.map((line) => JSON.parse(line) as { name: string; ok: boolean; code?: string; says: string })
  return {
    code,
    said,
    says: (name: string) => checks.find((one) => one.name === name)!.says,
    results: Object.fromEntries(checks.map(({ name, ok, code }) => [name, ok ? 'ok' : code])),
  }
}

/** A server of a few lines, for what the embedded one never does. */
const serving = async <T>(
  listener: RequestListener,
  use: (origin: string) => Promise<T>,
  accept = (key: string) => createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64'),
): Promise<T> => {
  const server = createServer(listener)
  server.on('upgrade', (request, socket) => {
    socket.on('error', () => {})
    socket.end(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept(request.headers['sec-websocket-key']!)}\r\n\r\n`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await use(`http://127.0.0.1:${(server.address() as { port: number }).port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const healthy = { success: true, config: { enabled: true, online: true, settings: { historyMonitorType: 'url' } } }

for (const dialect of ['v0', 'current'] as const) {
  test(`trail prints a room’s pages on a ${dialect} server as a table, oldest first`, async ({ server }) => {
    await server.settings({ dialect })
    const { rid } = await visitorWithRoom(server, 3)
    const { code, out, err } = await tagalong(['trail', '--server', server.origin, '--room', rid], login())
    expect(err).toEqual([])
    expect(code).toBe(0)
    expect(out[0]).toMatch(/^TIME +AFTER +TITLE +ADDRESS$/)
    expect(
      out.slice(1).map((line) =>
        line
          .trim()
          .split(/\s{2,}/)
          .slice(-2),
      ),
    ).toEqual([1, 2, 3].map((page) => [`p${page}`, `https://shop.example/p${page}`]))
    expect(out[1]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {3,}p1/)
    expect(out[2]).toMatch(/ \d+s +p2 /)
  })
}

test('trail prints JSON lines', async ({ server }) => {
  const { rid } = await visitorWithRoom(server, 2)
  const { code, out } = await tagalong(['trail', '--server', server.origin, '--room', rid, '--json'], login())
  expect(code).toBe(0)
  expect(out.map((line) => JSON.parse(line))).toEqual(
    [1, 2].map((page) => ({
      id: expect.any(String),
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      title: `p${page}`,
      href: `https://shop.example/p${page}`,
    })),
  )
})

test('trail --follow prints what is there, then each new page, until it is stopped', async ({ server }) => {
  const { rid, visit } = await visitorWithRoom(server, 1)
  const out: string[] = []
  let next = () => {}
  let stop = () => {}
  const clock = { now: Date.now, after: (ms: number, wake: () => void) => (ms === 8000 && (next = wake), () => {}) }
  const terminal = { out: (line: string) => void out.push(line), err: () => {}, environment: login() }
  const ended = run(
    ['trail', '--server', server.origin, '--room', rid, '--follow', '--json'],
    terminal,
    '',
    { clock },
    (given) => (stop = given),
  )
  await expect.poll(() => out.length).toBe(1)
  await visit('p2')
  await expect.poll(() => (next(), out.length)).toBe(2)
  stop()
  expect(await ended).toBe(0)
  expect(out.map((line) => JSON.parse(line).title)).toEqual(['p1', 'p2'])
})

test('trail --follow ends with 1 when the server refuses for good', async ({ server }) => {
  const { code, err } = await tagalong(['trail', '--server', server.origin, '--room', 'nowhere', '--follow'], login())
  expect([code, err]).toEqual([1, [expect.stringContaining('invalid-room')]])
})

test('what a stranger has put into a title cannot move the cursor', async ({ server }) => {
  const { rid } = await visitorWithRoom(server, 0)
  await server.post('page.visited', {
    token,
    rid,
    pageInfo: {
      change: 'url',
      title: 'a\u001b[2Jb\u009b31m\u202ec\u007f',
      location: { href: 'https://shop.example/\u001b]0;x\u0007' },
    },
  })
  for (const format of [[], ['--json']]) {
    const { out } = await tagalong(['trail', '--server', server.origin, '--room', rid, ...format], login())
    expect(out.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/)
  }
})

test('trail says why it was refused, ends with 1 and never shows the credentials', async ({ server }) => {
  const { rid } = await visitorWithRoom(server, 1)
  const args = ['trail', '--server', server.origin, '--room', rid]
  const wrong = { TAGALONG_USER_ID: demoAgent._id, TAGALONG_AUTH_TOKEN: 'a-wrong-secret' }
  const cases = [
    [wrong, 'You must be logged in'],
    [login(outsider), 'error-unauthorized'],
  ] as const
  for (const [environment, says] of cases) {
    const { code, said, out } = await tagalong(args, environment)
    expect(code).toBe(1)
    expect(out).toEqual([])
    expect(said).toContain(says)
    expect(said).not.toContain(environment.TAGALONG_AUTH_TOKEN)
    expect(said).not.toContain(environment.TAGALONG_USER_ID)
  }
  await server.faults({ plug: true })
  expect(await tagalong(args, login())).toMatchObject({
    code: 1,
    said: `${server.origin} cannot be reached (ECONNREFUSED: nothing listens at this address and port).`,
  })
  const elsewhere = ['trail', '--server', 'https://no-such-host.invalid', '--room', 'r']
  expect((await tagalong(elsewhere, login())).said).toMatch(
    /no-such-host\.invalid cannot be reached \((ENOTFOUND|EAI_AGAIN): /,
  )
})

test('a wrong command says what is missing and ends with 2', async () => {
  const cases: [args: string[], says: string][] = [
    [[], 'npx @tagalong/livechat trail'],
    [['rooms'], '--server'],
    [['rooms', '--server', 'https://chat.example.com'], 'TAGALONG_USER_ID'],
    [['server-check'], 'address of the server'],
    [['server-check', 'https://chat.example.com', '--origin', 'shop'], '--origin'],
    [['dance'], 'no command “dance”'],
    [['constructor'], 'no command “constructor”'],
    [['trail'], '--server'],
    [['trail', '--server', 'https://chat.example.com'], '--room'],
    [['trail', '--server', 'https://chat.example.com', '--room', 'r'], 'TAGALONG_USER_ID'],
    [['trail', '--server', 'ftp://chat.example.com', '--room', 'r'], 'not an http or https address'],
    [['trail', '--server', 'https://me:secret-word@chat.example.com', '--room', 'r'], 'without a name or password'],
    [['trail', '--server', 'https://chat.example.com', '--room', '..'], 'roomId'],
    [['trail', '--room'], "'--room"],
    [['trail', '--rome', 'r'], '--rome'],
    [['trail', 'r'], 'what to do with “r”'],
    [['trail', '--origin', shop], 'does not take --origin'],
    [['trail', '--auth-token', 'secret-word'], 'not taken from the command line'],
    [['trail', '--auth-token=secret-word'], 'not taken from the command line'],
    [['doctor'], 'address of the server'],
    [['doctor', 'https://chat.example.com'], '--origin'],
    [['doctor', 'https://chat.example.com', '--origin', 'shop'], '--origin'],
    [['doctor', 'a', 'b', '--origin', shop], 'what to do with “b”'],
  ]
  for (const [args, says] of cases) {
    const { code, said } = await tagalong(
      args,
      args.includes('..') || args.some((arg) => /ftp:|me:/.test(arg)) ? login() : {},
    )
    expect.soft(code, args.join(' ')).toBe(2)
    expect.soft(said).toContain(says)
    expect.soft(said).not.toContain('secret-word')
  }
})

test('help and version end with 0, in every form people try', async () => {
  for (const args of [['--help'], ['-h'], ['help'], ['trail', '-h']])
    expect(await tagalong(args)).toMatchObject({ code: 0, said: expect.stringContaining('TAGALONG_AUTH_TOKEN') })
  for (const flag of ['--version', '-v']) expect(await tagalong([flag])).toMatchObject({ code: 0, out: ['1.2.3'] })
})

test('rooms lists the newest conversations with the ids that trail takes, and no token', async ({ server }) => {
  const { rid: first } = await visitorWithRoom(server, 0)
  await server.agent({ does: 'take', rid: first, username: 'ben' })
  const { rid: second } = await visitorWithRoom(server, 0, 'another-visitor')
  const list = (...more: string[]) => tagalong(['rooms', '--server', server.origin, ...more], login())
  const { out, code } = await list()
  expect(code).toBe(0)
  expect(out[0]).toMatch(/^ROOM +STATE +OPENED +AGENT +VISITOR$/)
  expect(out.slice(1).map((line) => line.split(/ {2,}/))).toEqual([
    [second, 'waiting', expect.stringMatching(/^\d{4}-/), 'Vera'],
    [first, 'open', expect.stringMatching(/^\d{4}-/), 'ben', 'Vera'],
  ])
  expect((await list('--open')).said).not.toContain(second)
  expect((await list('--queued')).said).not.toContain(first)
  const json = await list('--json')
  expect(json.out.map((line) => JSON.parse(line).id)).toEqual([second, first])
  expect(json.said).not.toContain(token)
})

test('an ordinary agent lists the own conversations, and is told why those that wait are not shown', async ({
  server,
}) => {
  const { rid } = await visitorWithRoom(server, 0)
  const list = (...more: string[]) => tagalong(['rooms', '--server', server.origin, ...more], login(secondAgent))
  expect((await list()).said).toContain('no such conversation')
  await server.agent({ does: 'take', rid, username: 'ben' })
  expect((await list()).said).toContain(rid)
  expect(await list('--queued')).toMatchObject({ code: 1, said: expect.stringContaining('view-livechat-rooms') })
})

test('lines are coloured and broken between words for a terminal, and neither for a file', async ({ server }) => {
  await server.settings({ cors: 'off' })
  const doctor = async (more: object) => {
    const out: string[] = []
    const terminal = { out: (line: string) => void out.push(line), err: () => {}, environment: {}, ...more }
    await run(['doctor', server.origin, '--origin', 'http://shop.example'], terminal, '')
    return out.join('\n')
  }
  expect(await doctor({})).not.toContain('\u001b')
  const shown = await doctor({ hasColours: true, columns: 60 })
  expect(shown).toContain('\u001b[32m✓\u001b[0m server')
  const lines = shown.replace(/\u001b\[\d+m/g, '').split('\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60)
})

test('what could not be checked is not shown as failed', async ({ server }) => {
  await server.faults({ plug: true })
  const { out } = await tagalong(['doctor', server.origin, '--origin', shop])
  expect(out.filter((line) => line.startsWith('✗'))).toHaveLength(1)
  expect(out.filter((line) => line.startsWith('–'))).toHaveLength(7)
})

test('doctor passes a healthy server and ends with 0', async () => {
  const listener: RequestListener = (request, response) => {
    const headers = {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': 'Content-Type, x-visitor-token',
      'X-RateLimit-Limit': '10',
      'Content-Type': 'application/json',
    }
    if (request.method === 'OPTIONS') response.writeHead(200, headers).end()
    else if (request.method === 'POST') response.writeHead(400, headers).end('{"success":false,"error":"Match error"}')
    else response.writeHead(200, headers).end(JSON.stringify(healthy))
  }
  await serving(listener, async (origin) => {
    const { code, out } = await tagalong(['doctor', origin, '--origin', 'http://shop.example/with/a/path'])
    expect(out).toEqual([
      ...['server', 'api', 'livechat', 'cors', 'websocket', 'limits', 'monitor', 'agents'].map((name) =>
        expect.stringMatching(`^✓ ${name} `),
      ),
      '\nAll 8 checks passed.',
    ])
    expect(code).toBe(0)
    expect(out.join()).toContain('http://shop.example may write')
    expect(out.join()).toContain('10 calls')
    // A page on https may talk to the machine it is shown on.
    expect((await examined(origin, shop)).results).toMatchObject({ server: 'ok' })
    expect((await examined(origin, origin)).says('cors')).toContain('own origin')
  })
})

test('doctor tells the embedded server’s states apart, each with its setting', async ({ server }) => {
  const states: [change: object, failing: Record<string, string>, setting?: string][] = [
    [{ cors: 'off' }, {}, 'needed only for sending files and forget().'],
    [{ cors: ['https://other.example'] }, {}, 'needed only for sending files, forget() and the buttons of apps.'],
    [{ cors: 'off', dialect: 'v7' }, { cors: 'blocked' }, 'API_Enable_CORS'],
    [{ cors: 'executed-unreadable' }, { api: 'blocked', cors: 'blocked' }, 'API_Enable_CORS'],
    [{ enabled: false }, { livechat: 'disabled', monitor: 'unchecked', agents: 'unchecked' }, 'Livechat_enabled'],
    [{ online: false }, { agents: 'nobody' }, 'Livechat_accept_chats_with_no_agents'],
    [{ cors: [shop] }, {}],
    [{ limiter: false }, {}, 'limiter is switched off'],
    [{ 'settings.historyMonitorType': 'title' }, {}, 'Livechat_history_monitor_type: title'],
  ]
  for (const [change, failing, setting] of states) {
    await server.ask('POST', 'reset')
    await server.settings(change)
    const { results, said } = await examined(server.origin, shop)
    const wanted = {
      server: 'ok',
      api: 'ok',
      livechat: 'ok',
      cors: 'ok',
      limits: 'ok',
      monitor: 'ok',
      agents: 'ok',
      ...failing,
    }
    expect.soft(results, JSON.stringify(change)).toMatchObject(wanted)
    if (setting) expect.soft(said).toContain(setting)
  }
})

test('doctor says what stands in the server’s place', async ({ server }) => {
  await server.faults({ html: true, status: 502 })
  expect((await examined(server.origin)).results).toMatchObject({
    api: 'not-api',
    livechat: 'unchecked',
    limits: 'unchecked',
  })
  await server.faults({ match: 'livechat/config', limit: { calls: 0, windowMs: 30_000 } })
  expect((await examined(server.origin)).results).toMatchObject({ api: 'ok', limits: 'limited', livechat: 'unchecked' })
  await server.faults({ plug: true })
  const { results, code, says } = await examined(server.origin)
  expect(results).toMatchObject({
    server: 'unreachable',
    api: 'unchecked',
    websocket: 'unchecked',
    agents: 'unchecked',
  })
  expect(says('server')).toContain('ECONNREFUSED')
  expect(code).toBe(1)
})

test('doctor follows a server that has moved and names its new address', async () => {
  const target: RequestListener = (_request, response) =>
    void response
      .writeHead(200, { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' })
      .end(JSON.stringify(healthy))
  await serving(target, (to) =>
    serving(
      (request, response) => void response.writeHead(308, { Location: `${to}/chat${request.url}` }).end(),
      async (from) => {
        const { results, says } = await examined(from)
        expect(results).toMatchObject({ server: 'moved', api: 'ok', livechat: 'ok', cors: 'missing-headers' })
        expect(says('server')).toContain(`The server redirects to ${to}/chat: set data-server to ${to}/chat.`)
      },
    ),
  )
})

test('doctor does not take every upgrade for a websocket', async () => {
  const none: RequestListener = (_request, response) => void response.writeHead(404).end()
  expect((await serving(none, (origin) => examined(origin))).results).toMatchObject({ websocket: 'ok', api: 'not-api' })
  expect(
    (
      await serving(
        none,
        (origin) => examined(origin),
        () => 'wrong',
      )
    ).results,
  ).toMatchObject({ websocket: 'no-socket' })
})
