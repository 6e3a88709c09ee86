/** The last page of a visit: the visitor looks at it and never comes back. */
import { expect, test, trail } from '../../engines/test.ts'
import type { EngineTab } from '../../engines/verbs.ts'

/** The tab is at this address by now; in between there is no page to ask. */
const isAt = ({ page }: EngineTab, address: string) =>
  expect.poll(() => page.evaluate(() => location.href).catch(() => '')).toContain(address)

/** The script has run. */
const hasRun = ({ page }: EngineTab) => page.waitForFunction(() => !!Object(window.Tagalong).version)

const ways: [string, (tab: EngineTab, elsewhere: string) => Promise<unknown>][] = [
  ['is closed', ({ page }) => page.close()],
  ['goes to an address that was typed', ({ page }, elsewhere) => page.goto(elsewhere)],
  [
    'follows a link to another site',
    async (tab, elsewhere) => {
      await tab.follow(elsewhere)
      await isAt(tab, elsewhere)
    },
  ],
]

for (const [how, leave] of ways)
  for (const afterMs of [0, 300, 700])
    test(`a tab that ${how} ${afterMs} ms after the script has run has reported its only page${afterMs === 300 ? ' @promise' : ''}`, async ({
      visitor,
      server,
      site,
      elsewhere,
    }) => {
      await visitor.go('/')
      await hasRun(visitor)
      await new Promise((resolve) => setTimeout(resolve, afterMs))
      await leave(visitor, elsewhere)
      await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
      expect((await server.ledger('page.visited', true)).map(({ method }) => method)).toEqual(['POST'])
    })

test('what a page that is left has sent is settled by the next one, which tells so, and comes once', async ({
  visitor,
  server,
  site,
  elsewhere,
}) => {
  await visitor.go('/')
  await hasRun(visitor)
  await visitor.page.goto(elsewhere)
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
  await visitor.page.addInitScript(() => {
    document.addEventListener('tagalong:delivered', ({ detail }) => (window.delivered ??= []).push(detail))
  })
  await visitor.go('/next')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/next Page /next'])
  await expect.poll(() => visitor.waiting()).toBe(0)
  const told = await visitor.page.evaluate(() => window.delivered?.map(({ href, evidence }) => [href, !!evidence]))
  expect(told).toEqual([
    [`${site.origin}/`, true],
    [`${site.origin}/next`, false],
  ])
  expect(new Set((await server.visits()).map(({ token }) => token)).size).toBe(1)
})

test('of a visitor who hops from page to page and leaves every page is reported, in order', async ({
  visitor,
  server,
  site,
  elsewhere,
}) => {
  await visitor.go('/')
  for (const path of ['/one', '/two', '/three']) {
    await hasRun(visitor)
    await visitor.follow(path)
    await isAt(visitor, path)
  }
  await hasRun(visitor)
  await visitor.page.goto(elsewhere)
  await expect
    .poll(async () => [...(await trail(server, site))].sort())
    .toEqual(['/ Page /', '/one Page /one', '/three Page /three', '/two Page /two'])
})

test('a page whose last report is still on its way keeps its place in the back/forward cache, and doubles nothing when it returns', async ({
  visitor,
  server,
  site,
  elsewhere,
}) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
  await visitor.rest()
  await visitor.mark()
  await server.faults({ match: 'page.visited', latencyMs: 1500 })
  await visitor.push('/next', 'Next')
  await visitor.page.goto(elsewhere)
  await visitor.back()
  await visitor.returned()
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/next Next'])
  await expect.poll(() => visitor.waiting()).toBe(0)
  expect(await trail(server, site)).toEqual(['/ Page /', '/next Next'])
})

test('a page that is hidden, and killed while nobody sees it, was reported before', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.go('/')
  await hasRun(visitor)
  await visitor.page.evaluate(() => {
    Object.defineProperty(Document.prototype, 'hidden', { get: () => true })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  })
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
})

test('nothing leaves without consent, after a refusal of it, or in a limit', async ({
  visitor,
  server,
  site,
  tag,
  elsewhere,
}) => {
  site.page('/ask', { title: 'Ask', head: tag('data-tracking="consent"') })
  await visitor.go('/ask')
  await hasRun(visitor)
  await visitor.page.goto(elsewhere)
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
  await visitor.page.evaluate(
    () => new Promise<void>((resolve) => window.Tagalong((api) => void api.consent(false).then(resolve))),
  )
  await visitor.page.goto(elsewhere)
  const other = await visitor.tab()
  await other.go('/')
  await other.page.evaluate(
    () => new Promise<void>((resolve) => window.Tagalong((api) => void api.consent(true).then(resolve))),
  )
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/ Page /'])
})
