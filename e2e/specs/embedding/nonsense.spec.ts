/** What stands in the browser's storage, in the tag or in a call may be anything: it is dropped, said where it is the host's, and nothing stops. */
import { expect, test, trail } from '../../engines/test.ts'
import type { EnginePage } from '../../engines/verbs.ts'

/** Overwrites, in the page, what we keep: notes in both storages by their last part, and keys of the database. */
const poison = (page: EnginePage, notes: Record<string, string>, kept: Record<string, unknown>) =>
  page.evaluate(
    async ([someNotes, someKeys]) => {
      const { name } = (await indexedDB.databases()).find((one) => one.name?.startsWith('tagalong-'))!
      for (const [key, text] of Object.entries(someNotes)) localStorage.setItem(`tagalong-journal/${name}/${key}`, text)
      await new Promise<void>((resolve) => {
        const open = indexedDB.open(name!)
        open.onsuccess = () => {
          const shelf = open.result.transaction('kept', 'readwrite').objectStore('kept')
          for (const [key, value] of Object.entries(someKeys)) shelf.put(value, key)
          shelf.transaction.oncomplete = () => (open.result.close(), resolve())
        }
      })
    },
    [notes, kept] as const,
  )

type Method = 'page' | 'diagnose' | 'consent'

/** What becomes of one call of a host's: its value, or its code and sentence. */
const call = (page: EnginePage, method: Method, given?: unknown) =>
  page.evaluate(
    ([name, value]) =>
      new Promise<unknown>((done) =>
        window.Tagalong((api) =>
          // Given on purpose as nobody should: the types allow none of it.
          (api[name] as (value: unknown) => Promise<unknown>)(value).then(done, ({ code, message }) =>
            done({ code, message }),
          ),
        ),
      ),
    [method, given] as const,
  )

test('nonsense in our own storage is dropped, and the next page is delivered', async ({
  visitor,
  server,
  site,
  said,
}) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
  await poison(
    visitor.page,
    {
      'sent/visit/x': 'true',
      'sent/visit/y': '"text"',
      'visit/a': 'true',
      'visit/b': '"text"',
      'visit/c': '{"id":"d","href":"https://other.example/","title":"Other"}',
      last: '1e300',
      'tab/x': '{}',
      hops: '{}',
      tripMs: '"soon"',
      at: '7',
    },
    {
      visitor: 'text',
      config: 'text',
      'lane/visit': true,
      'visit/0': true,
      'visit/1': null,
      'visit/2': 'text',
      'visit/3': { at: 1, href: 'https://other.example/', title: 'Other' },
    },
  )
  await visitor.go('/next')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/next Page /next'])
  await visitor.push('/shoes', 'Shoes')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/next Page /next', '/shoes Shoes'])
  expect((await server.visits()).map(({ token }) => token.length)).toEqual([64, 64, 64])
  expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([])
})

test('a pattern of data-ignore that is none stops nothing, and is named', async ({
  visitor,
  server,
  site,
  tag,
  said,
}) => {
  for (const path of ['/', '/admin', '/next'])
    site.page(path, { title: `Page ${path}`, head: tag('data-ignore="/(/ /admin"') })
  await visitor.go('/')
  await visitor.launcher.waitFor()
  await visitor.go('/admin')
  await visitor.go('/next')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/next Page /next'])
  // In WebKit a page that is left gives up what it fetches, and says so.
  expect(said.join('\n')).toContain('ignore: /(/ is no regular expression')
})

test('page() refuses what is no address with its code', async ({ visitor }) => {
  await visitor.go('/')
  expect(await call(visitor.page, 'page', { href: 'http://[' })).toEqual({
    code: 'bad-call',
    message: 'page() takes an address: "http://[" is none.',
  })
})

test('before consent diagnose() asks the server nothing, and says why', async ({ visitor, server, site, tag }) => {
  site.page('/', { title: 'Asked first', head: tag('data-tracking="consent"') })
  await visitor.go('/')
  const checks = (await call(visitor.page, 'diagnose')) as { ok: boolean; says: string }[]
  expect(checks).toHaveLength(9)
  for (const { ok, says } of checks) expect([ok, says]).toEqual([false, expect.stringContaining('consent(true)')])
  expect(await server.ledger('/api/')).toEqual([])
  await call(visitor.page, 'consent', true)
  expect(await call(visitor.page, 'diagnose')).toContainEqual(expect.objectContaining({ name: 'server', ok: true }))
})
