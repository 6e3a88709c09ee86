import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'playwright/test'
import { createSend } from './send'
import { createTransport } from './transport'

/** Runs with a server that answers `{}`, in a browser that lacks these methods of AbortSignal. */
const without = async (methods: ('any' | 'timeout')[], run: (server: string) => Promise<void>) => {
  const server = createServer((_request, response) => response.end('{}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const kept = methods.map((name) => [name, AbortSignal[name]] as const)
  for (const name of methods) Reflect.deleteProperty(AbortSignal, name)
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    for (const [name, method] of kept) Object.assign(AbortSignal, { [name]: method })
    server.close()
  }
}

test('a browser that has no AbortSignal.timeout sends all the same', () =>
  without(['timeout'], async (server) => {
    expect(await createSend()(server)).toMatchObject({ status: 200, text: '{}' })
  }))

test('a browser that has no AbortSignal.any sends what can be stopped, and stops it', () =>
  without(['any'], async (server) => {
    const { call } = createTransport({ server, send: createSend() })
    const stop = new AbortController()
    expect((await call('GET', 'rooms', { signal: stop.signal })).kind).not.toBe('silent')
    stop.abort()
    expect(await call('GET', 'rooms', { signal: stop.signal })).toMatchObject({ kind: 'silent' })
  }))
