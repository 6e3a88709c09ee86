/** The widget and the livechat server on the site's own origin, behind a real nginx with the configuration that README shows. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { hasNginx, startNginx } from '../../stage/nginx.ts'
import { readme } from '../../stage/readme.ts'
import { layOutRelease } from '../../stage/releases.ts'
import { expect, test as base } from '../../test.ts'

const [tag = 'README has no such tag'] = /<script [^>]*data-server="\/chat"><\/script>/.exec(readme) ?? []

/** No host is named in it. */
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src 'self' data:">`

const test = base.extend<{ origin: string }>({
  origin: async ({ server }, use, info) => {
    const [site, cdn] = [info.outputPath('site'), info.outputPath('cdn')]
    mkdirSync(site)
    writeFileSync(
      `${site}/index.html`,
      `<!doctype html><title>Shop</title><link rel="icon" href="data:,">${policy}${tag}`,
    )
    layOutRelease(cdn, '1.2.3')
    const nginx = await startNginx(info.outputPath('nginx'), { site, cdn, chat: server.origin })
    await use(nginx.origin)
    await nginx.stop()
  },
})

test.skip(!hasNginx, 'Skipped: there is no nginx on this machine. On Debian: apt-get install nginx-light.')

test('with CORS off a visit arrives, and a conversation has its websocket and its files', async ({
  visitor,
  server,
  origin,
  said,
}) => {
  await server.settings({ cors: 'off', limiter: false })
  await visitor.page.goto(`${origin}/?from=nginx`)
  await expect.poll(async () => (await server.visits()).map(({ href }) => href)).toEqual([`${origin}/?from=nginx`])
  await visitor.widget.open()
  await visitor.widget.say('Through the proxy')
  await expect.poll(() => server.said()).toEqual(['Through the proxy'])
  await server.agent({ does: 'say', text: 'And back' })
  await expect.poll(visitor.widget.bubbles).toEqual(['me: Through the proxy', 'them: And back'])
  expect(await server.do<object>('GET', 'sockets')).toMatchObject({ open: 1 })
  await visitor.widget.attach({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.alloc(2_000_000, 'x') })
  await expect.poll(async () => (await server.ledger('POST /api/v1/livechat/upload/'))[0]?.status).toBe(200)
  // No call needed a permission: to the browser all of it is one site.
  expect(await server.ledger('OPTIONS', true)).toEqual([])
  expect(said.filter((line) => /^(error|uncaught|warning)/.test(line))).toEqual([])
})

test('scripts are asked for anew, and what has its version or its content in its name is kept', async ({ origin }) => {
  const cacheControl = async (path: string) => {
    const { status, headers } = await fetch(origin + path)
    return [status, headers.get('cache-control')]
  }
  const kept = 'public, max-age=31536000, immutable'
  const [chunk = ''] =
    /launcher-[0-9a-f]{8}\.js/.exec(await (await fetch(`${origin}/tagalong/latest/tagalong.js`)).text()) ?? []
  expect(await cacheControl('/tagalong/latest/tagalong.js')).toEqual([200, 'no-cache'])
  expect(await cacheControl(`/tagalong/latest/chunks/${chunk}`)).toEqual([200, kept])
  expect(await cacheControl('/tagalong/1.2.3/tagalong.js')).toEqual([200, kept])
  const table = readme.split('<!-- caching -->')[1]?.split('\n\n')[1] ?? ''
  expect([table.split(`\`${kept}\``).length, table.split('`no-cache`').length]).toEqual([3, 2])
})

test('of the server only what the widget needs is on this origin, and nothing of it can act as a page', async ({
  server,
  origin,
}) => {
  const config = await fetch(`${origin}/chat/api/v1/livechat/config`)
  expect([config.status, config.headers.get('content-security-policy')]).toEqual([200, 'sandbox'])
  const before = (await server.ledger()).length
  for (const path of ['/chat/', '/chat/home', '/chat/api/v1/users.list', '/chat/api/info'])
    expect((await fetch(origin + path)).status, path).toBe(404)
  expect(await server.ledger()).toHaveLength(before)
})
