import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'playwright/test'
import { run } from './run.ts'

/** Runs the command until it ends by itself, or, when it serves, until `use` is over. */
const serve = async (port: string[], use: (said: string) => Promise<void> = async () => {}) => {
  const out: string[] = []
  const err: string[] = []
  const terminal = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    environment: {},
  }
  let used: Promise<void> | undefined
  const code = await run(['serve', ...port], terminal, '1.2.3', undefined, (stop) => {
    used = use(out.join('\n')).finally(stop)
  })
  await used
  return { code, err: err.join('\n'), hasServed: used !== undefined }
}

test('serve says where the snippet, the demo and the desk are, serves until it is stopped, and ends with 0', async () => {
  let server = ''
  const { code, err } = await serve(['--port', '0'], async (said) => {
    const [, script, origin = ''] = /<script async src="(\S+)" data-server="(\S+)"><\/script>/.exec(said) ?? []
    server = origin
    expect((await fetch(`${server}/api/v1/livechat/config`)).status).toBe(200)
    const site = new URL(script ?? '').origin
    expect(said).toContain(`${site}/demo.html`)
    const desk = new URL(/\S+\/desk\/\S+/.exec(said)?.[0] ?? '')
    expect(desk.searchParams.get('server')).toBe(server)
    // The key in the desk's address opens the door.
    expect((await fetch(`${desk.searchParams.get('control')}/control/visits`)).status).toBe(200)
  })
  expect({ code, err }).toEqual({ code: 0, err: '' })
  await expect(fetch(server)).rejects.toThrow()
})

test('serve names a port that is in use, its own and the one after it', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  for (const wanted of [port, port - 1]) {
    const { code, err, hasServed } = await serve(['--port', String(wanted)])
    expect([code, hasServed]).toEqual([1, false])
    expect(err).toBe(
      `Port ${port} is in use: end what listens there, or choose another port; the one after it is needed as well.`,
    )
  }
  await new Promise((resolve) => other.close(resolve))
})

test('serve refuses what is no port in one sentence', async () => {
  for (const port of ['abc', '-1', '65535', '3e3', ''])
    expect(await serve([`--port=${port}`])).toMatchObject({
      code: 2,
      hasServed: false,
      err: expect.stringContaining(
        `--port takes a whole number from 0 (any free port) to 65534, not “${port}”, for example npx @tagalong/livechat serve --port 3010.`,
      ),
    })
})
