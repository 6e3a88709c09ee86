/** The embedded server is what developers run beside their browser, where any page may knock: it is attacked like the widget. */
import { request } from 'node:http'
import { connect } from 'node:net'
import { WebSocket } from 'ws'
import { expect, test, type Server } from './fixture.ts'
import { maxBodyBytes, maxSubscriptions } from './http/bounds.ts'
import { begin, openWire, token } from './probe/socket.ts'

/** An error that nobody hears would have ended this process: that the server answers is the proof. */
const expectAlive = async (server: Server) => {
  expect((await server.get('config')).status).toBe(200)
  expect((await server.ask('GET', 'settings')).settings.enabled).toBe(true)
}

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

test('a connection that asks to be upgraded elsewhere and breaks off ends nothing', async ({ server }) => {
  const port = Number(new URL(server.origin).port)
  for (const path of ['/elsewhere', '/websocket'])
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
        setImmediate(() => socket.resetAndDestroy())
      })
      socket.on('error', () => {})
      socket.on('close', () => resolve())
    })
  await expectAlive(server)
})

test('an upgrade to another path is refused', async ({ server }) => {
  const response = await new Promise<number | undefined>((resolve) => {
    const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/elsewhere`)
    socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode))
    socket.on('error', () => {})
  })
  expect(response).toBe(503)
})

test('methods and frames named after what every object inherits are unknown, and the connection goes on', async ({
  server,
}) => {
  const wire = await openWire(server)
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']
  for (const name of names) {
    wire.send({ msg: 'method', id: name, method: name, params: [{}] })
    wire.send({ msg: name })
    wire.send({ msg: 'sub', id: `sub ${name}`, name, params: [name] })
  }
  for (const odd of [{ toString: 1 }, [], null, 1]) {
    wire.send({ msg: odd })
    wire.send({ msg: 'method', id: odd, method: odd, params: odd })
    wire.send({ msg: 'sub', id: odd, name: odd, params: odd })
  }
  wire.send(`{"msg":"sub","id":"p","name":"stream-room-messages","params":{"__proto__":[1]}}`)
  wire.send(deep(20_000))
  wire.send({ msg: 'ping', id: 'last' })
  await expect.poll(() => wire.answer('last')).toEqual({ msg: 'pong', id: 'last' })
  for (const name of names)
    expect(wire.frames).toContainEqual(
      expect.objectContaining({ msg: 'result', id: name, error: expect.objectContaining({ error: 404 }) }),
    )
  expect((await server.ask('GET', 'sockets')).open).toBe(1)
  await expectAlive(server)
})

test('a frame beyond the bound closes its connection, and one connection hears only so much', async ({ server }) => {
  await server.settings({ limiter: false })
  const { rid } = await begin(server)
  const wire = await openWire(server)
  for (let n = 0; n <= maxSubscriptions; n++) wire.listen(`s${n}`, 'stream-room-messages', rid, token)
  await expect.poll(() => wire.answer(`s${maxSubscriptions}`)).toMatchObject({ msg: 'nosub' })
  expect(wire.answer(`s${maxSubscriptions - 1}`)).toMatchObject({ msg: 'ready' })
  wire.send('x'.repeat(2_000_000))
  await expect.poll(wire.isClosed).toBe(true)
  await expectAlive(server)
})

test('settings do not lead out of themselves', async ({ server }) => {
  const attempts = [
    '{"__proto__":{"polluted":true}}',
    '{"theme":{"__proto__":{"polluted":true}}}',
    '{"theme.__proto__.polluted":true}',
    '{"settings.constructor.prototype.polluted":true}',
    '{"settings.__proto__":{"polluted":true}}',
  ]
  for (const body of attempts) {
    const response = await fetch(`${server.control}/control/settings`, { method: 'PUT', body })
    expect(response.status, body).toBe(400)
  }
  expect({}).not.toHaveProperty('polluted')
})

test('an agent does only what is in the list', async ({ server }) => {
  for (const does of ['__proto__', 'constructor', 'toString'])
    await expect(server.agent({ does })).rejects.toThrow(/an agent does/)
})

test('queries, paths and bodies of any shape are answered', async ({ server }) => {
  await server.settings({ limiter: false })
  const paths = [
    'config?__proto__=1&__proto__[]=2&constructor=3',
    'visitor/%E0%A4%A',
    'message/__proto__',
    'visitor/%00',
  ]
  for (const path of paths) expect((await server.get(path)).status, path).toBeLessThan(500)
  expect((await server.get('/cdn/%E0%A4%A')).status).toBe(404)
  expect((await server.get('/cdn/a%00b')).status).toBe(404)
  const bodies = [
    deep(20_000),
    '{"visitor":{"__proto__":{"token":"t"}}}',
    '{"visitor":null}',
    'null',
    '"',
    '[]',
    '1e999',
  ]
  for (const body of bodies) {
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch(`${server.origin}/api/v1/livechat/visitor`, { method: 'POST', headers, body })
    expect(response.status, body.slice(0, 40)).toBe(400)
  }
  // What was written down of them can be read.
  expect((await server.ledger()).length).toBeGreaterThan(bodies.length)
  await expectAlive(server)
})

test('a body without end is refused, and not kept', async ({ server }) => {
  const status = await new Promise<number | undefined>((resolve) => {
    const call = request(`${server.origin}/api/v1/livechat/visitor`, { method: 'POST' }, ({ statusCode }) => {
      resolve(statusCode)
      call.destroy()
    })
    call.on('error', () => {})
    const piece = 'x'.repeat(1_000_000)
    for (let sent = 0; sent <= maxBodyBytes; sent += piece.length) call.write(piece)
  })
  expect(status).toBe(413)
  const entry = (await server.ledger()).at(-1)
  expect(entry).toMatchObject({ status: 413 })
  expect(JSON.stringify(entry).length).toBeLessThan(1000)
})

test('a visitor chooses neither the author nor the id of what is uploaded', async ({ server }) => {
  const { rid } = await begin(server)
  const form = new FormData()
  form.set('file', new File(['text'], 'note.txt', { type: 'text/plain' }))
  for (const [name, value] of [
    ['_id', 'mine'],
    ['u', 'ana'],
    ['ts', 'never'],
    ['__proto__', 'x'],
  ] as const)
    form.set(name, value)
  const response = await fetch(`${server.origin}/api/v1/livechat/upload/${rid}`, {
    method: 'POST',
    headers: { 'x-visitor-token': token },
    body: form,
  })
  const message = await response.json()
  expect(message._id).not.toBe('mine')
  expect(message.u.username).toBe('guest-1')
})

/** What a browser sends for a page of some other site, and what such a page could read of the answer. */
const knock = (server: Server, path: string, headers: Record<string, string>) => {
  const { port } = new URL(server.control)
  return new Promise<{ status: number | undefined; readable: string | undefined }>((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
      response.resume()
      resolve({ status: response.statusCode, readable: response.headers['access-control-allow-origin'] })
    })
    call.on('error', reject)
    call.end('{}')
  })
}

test('the control door opens by its token, for pages of this machine, under its own name', async ({ server }) => {
  const { host, pathname } = new URL(server.control)
  const path = `${pathname}/control/reset`
  const origin = 'http://localhost:5173'
  const closed = { status: 403, readable: undefined }
  expect(await knock(server, path, { host })).toEqual({ status: 200, readable: undefined })
  expect(await knock(server, path, { host, origin })).toEqual({ status: 200, readable: origin })
  expect(await knock(server, '/control/reset', { host })).toEqual(closed)
  expect(await knock(server, '/guessed/control/reset', { host, origin })).toEqual(closed)
  expect(await knock(server, path, { host, origin: 'https://evil.example' })).toEqual(closed)
  expect(await knock(server, path, { host, origin: 'null' })).toEqual(closed)
  expect(await knock(server, path, { host: 'localhost.evil.example' })).toEqual(closed)
  expect(await knock(server, path, { host: 'evil.example', origin: 'http://evil.example' })).toEqual(closed)
})
