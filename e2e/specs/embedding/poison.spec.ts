/** What a server hands out as a token, and where it sends callers on to, neither holds a page nor leads anything secret away. */
import { expect, test, trail } from '../../engines/test.ts'
import type { EnginePage } from '../../engines/verbs.ts'
import { startForeignHost } from '../../fuzz/foreignHost.ts'
import type { Server } from '../../stage/server.ts'

/** What becomes of one call of a host's: its value, or its code. */
const ask = (page: EnginePage, method: 'identify' | 'diagnose', given: object) =>
  page.evaluate(
    ([name, value]) =>
      new Promise<unknown>((done) =>
        window.Tagalong((api) =>
          // Each takes an object: of the guest, or of options.
          (api[name] as (value: object) => Promise<unknown>)(value).then(done, ({ code }) => done(code)),
        ),
      ),
    [method, given] as const,
  )

/** The next question of who somebody is is answered with this token. */
const answerWith = (server: Server, token: string) =>
  server.faults({
    match: 'POST /api/v1/livechat/visitor',
    html: JSON.stringify({ success: true, visitor: { _id: `id of ${token}`, username: 'guest-1', token } }),
  })
const tokensOf = async (visits: Promise<{ token: string }[]>) => (await visits).map(({ token }) => token)

test('two tokens that each become the other hold neither this page nor the next', async ({ visitor, server }) => {
  await visitor.go('/')
  await expect.poll(() => server.visits()).toHaveLength(1)
  const [own] = await tokensOf(server.visits())
  for (const [name, token] of [
    ['Ada', 'b'.repeat(17)],
    ['Grace', own!],
    ['Joan', 'b'.repeat(17)],
  ] as const) {
    await answerWith(server, token)
    await ask(visitor.page, 'identify', { name })
  }
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
  await answerWith(server, '__proto__')
  expect(await ask(visitor.page, 'identify', { name: 'Ada' })).toMatchObject({ username: 'guest-1' })
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
    const other = await startForeignHost()
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
    expect(await ask(visitor.page, 'diagnose', {})).toContainEqual({
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
