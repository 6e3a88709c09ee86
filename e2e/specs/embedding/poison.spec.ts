/** What a server hands out as a token, and where it sends callers on to, neither holds a page nor leads anything secret away. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, trail, type Page } from '../../test.ts'

interface Api {
  identify(guest: object): Promise<unknown>
  diagnose(): Promise<{ name: string; code?: string; says: string }[]>
}
const ask = <T>(page: Page, run: (api: Api) => Promise<T>): Promise<T> =>
  page.evaluate(
    `new Promise((done) => Tagalong((api) => (${run.toString()})(api).then(done, (error) => done(error.code))))`,
  )

/** A second host, that lets every page read and write, and remembers what came. */
const elsewhere = async () => {
  const came: string[] = []
  const read = async (request: IncomingMessage) => {
    let body = ''
    for await (const chunk of request) body += chunk as string
    return body
  }
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      came.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`)
      const allow = {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
        'access-control-allow-methods': '*',
      }
      response
        .writeHead(200, { ...allow, 'content-type': 'application/json' })
        .end(JSON.stringify({ success: true, page: {}, config: { enabled: true, online: true, settings: {} } }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    came,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Every question of who somebody is is answered with the next of these tokens. */
const answerWith = async (page: Page, tokens: string[]) => {
  let count = 0
  await page.route('**/api/v1/livechat/visitor', async (route) => {
    const token = tokens[Math.min(count++, tokens.length - 1)]
    await route.fulfill({
      headers: { 'access-control-allow-origin': '*' },
      json: { success: true, visitor: { _id: `v${count}`, username: 'guest-1', token } },
    })
  })
}
const tokensOf = async (visits: Promise<{ token: string }[]>) => (await visits).map(({ token }) => token)

test('two tokens that each become the other hold neither this page nor the next', async ({ visitor, server }) => {
  await visitor.go('/')
  await expect.poll(() => server.visits()).toHaveLength(1)
  const [own] = await tokensOf(server.visits())
  await answerWith(visitor.page, ['b'.repeat(17), own!, 'b'.repeat(17)])
  for (const name of ['Ada', 'Grace', 'Joan'])
    await visitor.page.evaluate(
      (given) => new Promise((done) => window.Tagalong((api) => void api.identify({ name: given }).then(done, done))),
      name,
    )
  await visitor.push('/after', 'After')
  await expect.poll(() => server.visits()).toHaveLength(2)
  await visitor.go('/next')
  await expect.poll(() => server.visits()).toHaveLength(3)
  expect((await tokensOf(server.visits())).slice(1)).toEqual(['b'.repeat(17), 'b'.repeat(17)])
})

test('a circle of tokens that an older version has stored holds no page, and is gone from the store', async ({
  visitor,
  server,
}) => {
  await visitor.go('/')
  await expect.poll(() => server.visits()).toHaveLength(1)
  const stored = (poison: boolean) =>
    visitor.page.evaluate(async (poisoning) => {
      const { name } = (await indexedDB.databases()).find((one) => one.name?.startsWith('tagalong-'))!
      return new Promise<{ token: string; became?: object }>((resolve) => {
        const open = indexedDB.open(name!)
        open.onsuccess = () => {
          const shelf = open.result.transaction('kept', 'readwrite').objectStore('kept')
          const read = shelf.get('visitor')
          read.onsuccess = () => {
            const state = read.result as { token: string; became?: object }
            if (poisoning) shelf.put({ ...state, became: { [state.token]: 'other', other: state.token } }, 'visitor')
            shelf.transaction.oncomplete = () => (open.result.close(), resolve(state))
          }
        }
      })
    }, poison)
  const { token } = await stored(true)
  await visitor.go('/next')
  await expect.poll(() => server.visits()).toHaveLength(2)
  expect(await tokensOf(server.visits())).toEqual([token, token])
  expect(await stored(false)).toMatchObject({ token, became: { other: token } })
})

test('a token that is called `__proto__` is a text', async ({ visitor, server }) => {
  await visitor.go('/')
  await expect.poll(() => server.visits()).toHaveLength(1)
  await answerWith(visitor.page, ['__proto__'])
  expect(await ask(visitor.page, (api) => api.identify({ name: 'Ada' }))).toMatchObject({ username: 'guest-1' })
  await visitor.push('/after', 'After')
  await expect.poll(() => tokensOf(server.visits())).toEqual([expect.any(String), '__proto__'])
})

for (const status of [301, 302, 303, 307, 308])
  test(`a redirect with ${status} gets nothing that carries a token, and is named in one sentence`, async ({
    visitor,
    server,
    site,
    said,
  }) => {
    const other = await elsewhere()
    await visitor.go('/')
    await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
    const [token] = await tokensOf(server.visits())
    await server.faults({ match: '/api/v1/', redirect: other.origin, status })
    await visitor.push('/away', 'Away')
    await expect
      .poll(() => said.filter((line) => line.includes('redirects to')), { timeout: 40_000 })
      .toEqual([
        expect.stringContaining(`The server redirects to ${other.origin}: set data-server to ${other.origin}.`),
      ])
    expect(await ask(visitor.page, (api) => api.diagnose())).toContainEqual({
      name: 'server',
      ok: false,
      code: 'moved',
      says: `The server redirects to ${other.origin}: set data-server to ${other.origin}.`,
    })
    expect(await visitor.waiting()).toBe(1)
    await server.faults()
    await expect.poll(() => trail(server, site), { timeout: 40_000 }).toEqual(['/ Page /', '/away Away'])
    expect(other.came.filter((line) => line.startsWith('GET')).length).toBeGreaterThan(0)
    expect(
      other.came.filter((line) => line.includes(token!) || !line.startsWith('GET /api/v1/livechat/config ')),
    ).toEqual([])
    await other.stop()
  })

test('a redirect within the server is named as well', async ({ visitor, server, said }) => {
  await visitor.go('/')
  await expect.poll(() => server.visits()).toHaveLength(1)
  await server.faults(
    { match: '/ \\/api\\//', redirect: `${server.origin}/moved` },
    { match: '/moved/', html: '{"success":true,"config":{}}' },
  )
  await visitor.push('/away', 'Away')
  await expect
    .poll(() => said.filter((line) => line.includes('redirects to')), { timeout: 40_000 })
    .toEqual([
      expect.stringContaining(
        `The server redirects to ${server.origin}/moved: set data-server to ${server.origin}/moved.`,
      ),
    ])
})

test('a file does not follow its server to another host', async ({ visitor, server }) => {
  const other = await elsewhere()
  await server.settings({ limiter: false })
  await visitor.go('/')
  await visitor.widget.open()
  await visitor.widget.say('Hello')
  await expect.poll(async () => (await server.ledger('POST /api/v1/livechat/message')).length).toBe(1)
  await server.faults({ match: '/api/v1/', redirect: other.origin })
  await visitor.page
    .locator('tagalong-widget input[type=file]')
    .setInputFiles({ name: 'secret.txt', mimeType: 'text/plain', buffer: Buffer.from('the secret') })
  await expect(visitor.page.locator('tagalong-widget').getByRole('button', { name: /again|retry/i })).toBeVisible()
  await server.faults()
  await visitor.widget.say('Again')
  await expect
    .poll(
      async () => (await server.ledger('POST /api/v1/livechat/message')).filter(({ status }) => status === 200).length,
      { timeout: 40_000 },
    )
    .toBe(2)
  expect(other.came.filter((line) => /the secret|x-visitor-token":/.test(line))).toEqual([])
  await other.stop()
})
