/** The agent of a conversation reads by which pages the visitor has come: in a custom field, as Rocket.Chat shows it beside the conversation. */
import { expect, test, type Server, type Visitor } from '../../test.ts'

const attributes = 'data-context-field="journey" data-context-pages="4"'

/** The field as agents read it, of each conversation or each visitor. */
const journeys = async (server: Server, of: 'rooms' | 'visitors' = 'rooms') => {
  const answer = await server.do<Record<string, { livechatData?: Record<string, string> }[]>>('GET', of)
  return answer[of]?.map(({ livechatData }) => livechatData?.journey?.replace(/\d+ sec/g, 'some sec'))
}
const sent = (server: Server) => server.ledger('POST /api/v1/livechat/custom.field')

/** What this browser keeps of the journey. */
const kept = ({ page }: Visitor, server: Server) =>
  page.evaluate(
    (name) =>
      new Promise<unknown>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onerror = reject
        opening.onsuccess = () => {
          const request = opening.result.transaction('kept').objectStore('kept').get('chat/journey')
          request.onsuccess = () => {
            opening.result.close()
            resolve(request.result)
          }
        }
      }),
    `tagalong-${new URL(server.origin).host}`,
  )
/** How many pages this browser keeps for the agent. */
const keptPages = async (visitor: Visitor, server: Server) =>
  ((await kept(visitor, server)) as { pages: unknown[] } | undefined)?.pages.length ?? 0

const field = (scope: string) => ({ _id: 'journey', label: 'Journey', type: 'input', required: false, scope })

test.beforeEach(async ({ server, site, tag }) => {
  await server.settings({ limiter: false, customFields: [field('room')] })
  for (const [path, title] of [
    ['/', 'Home'],
    ['/shoes', 'Shoes'],
    ['/cart', 'Cart'],
    ['/checkout', 'Checkout'],
  ] as const)
    site.page(path, { title, head: tag(attributes) })
})

const chat = async ({ widget }: Pick<Visitor, 'widget'>, text: string) => {
  await widget.open()
  await widget.say(text)
}

for (const scope of ['room', 'visitor'] as const)
  test(`the agent reads the pages, the times, the site before and the campaign in a field of the ${scope}, once`, async ({
    visitor,
    server,
    site,
    elsewhere,
  }) => {
    await server.settings({ customFields: [field(scope)] })
    await visitor.page.goto(`${elsewhere}/search?q=secret`)
    await visitor.page.evaluate((href) => {
      const link = document.createElement('a')
      Object.assign(link, { href, referrerPolicy: 'unsafe-url' }).click()
    }, `${site.origin}/shoes?size=42&utm_campaign=spring-sale&token=abc`)
    await visitor.page.waitForURL(/shoes/)
    await expect.poll(() => keptPages(visitor, server)).toBe(1)
    await visitor.go('/cart')
    await expect.poll(() => keptPages(visitor, server)).toBe(2)
    await visitor.push('/checkout', 'Checkout')
    await expect.poll(() => keptPages(visitor, server)).toBe(3)
    await chat(visitor, 'Hello')
    const source = `from ${new URL(elsewhere).host}/search, campaign spring-sale`
    const journey = `${source} · /shoes?size=42 “Shoes” some sec → /cart “Cart” some sec → /checkout “Checkout” (now, some sec)`
    await expect.poll(() => journeys(server, `${scope}s`)).toEqual([journey])

    // Neither another page nor the same one again tells it anew.
    await visitor.page.reload()
    await visitor.push('/', 'Home')
    await expect.poll(() => keptPages(visitor, server)).toBe(4)
    await visitor.widget.say('Are you there?')
    await expect.poll(() => server.said()).toEqual(['Hello', 'Are you there?'])
    expect(await journeys(server, `${scope}s`)).toEqual([journey])
    expect(await sent(server)).toHaveLength(1)
  })

test('tabs add to one journey, in the order in which their pages were opened, and of many pages the last are told', async ({
  visitor,
  server,
}) => {
  await visitor.go('/')
  await expect.poll(() => keptPages(visitor, server)).toBe(1)
  const other = await visitor.tab()
  await other.go('/shoes')
  await expect.poll(() => keptPages(visitor, server)).toBe(2)
  await visitor.go('/cart')
  await expect.poll(() => keptPages(visitor, server)).toBe(3)
  await other.push('/checkout', 'Checkout')
  await expect.poll(() => keptPages(visitor, server)).toBe(4)
  await visitor.push('/shoes', 'Shoes')
  await expect
    .poll(async () => JSON.stringify(await kept(visitor, server)))
    .toMatch(/"title":"Shoes".*"title":"Cart".*"title":"Checkout".*"title":"Shoes"/)
  await chat(visitor, 'Hello')
  await expect
    .poll(() => journeys(server))
    .toEqual([
      '/shoes “Shoes” some sec → /cart “Cart” some sec → /checkout “Checkout” some sec → /shoes “Shoes” (now, some sec)',
    ])
  expect(await sent(server)).toHaveLength(1)
})

test('a journey whose page goes before the server has taken it is told by the next page', async ({
  visitor,
  server,
}) => {
  await visitor.go('/')
  await expect.poll(() => keptPages(visitor, server)).toBe(1)
  await server.faults({ match: 'custom.field', latencyMs: 600_000 })
  await chat(visitor, 'Hello')
  await expect.poll(() => sent(server)).toHaveLength(1)
  await server.faults()
  await visitor.go('/cart')
  await expect.poll(() => journeys(server)).toEqual(['/ “Home” some sec → /cart “Cart” (now, some sec)'])
})

test('before consent nothing is kept and nothing told; what is allowed later begins with the page of then', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  for (const path of ['/', '/cart'])
    site.page(path, { title: path, head: tag(`${attributes} data-tracking="consent"`) })
  await visitor.go('/')
  await visitor.launcher.waitFor()
  await visitor.go('/cart')
  await visitor.launcher.waitFor()
  expect(await visitor.page.evaluate(() => indexedDB.databases())).toEqual([])
  expect(await visitor.page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
  await visitor.widget.open()
  await visitor.widget.press('I agree')
  await visitor.widget.say('Hello')
  // The page of then alone.
  await expect.poll(() => journeys(server)).toEqual(['/cart “/cart” (now, some sec)'])
  await visitor.push('/checkout', 'Checkout')
  await expect.poll(() => keptPages(visitor, server)).toBe(2)
  await visitor.page.evaluate(
    () => new Promise<void>((resolve) => window.Tagalong((api) => void api.consent(false).then(resolve))),
  )
  expect(await keptPages(visitor, server)).toBe(0)
  await visitor.push('/', 'Home')
  await visitor.page.reload()
  await visitor.launcher.waitFor()
  expect(await keptPages(visitor, server)).toBe(0)
  expect(await sent(server)).toHaveLength(1)
})

for (const method of ['reset', 'forget'] as const)
  test(`after ${method}() the next visitor of this browser begins with an empty journey`, async ({
    visitor,
    server,
  }) => {
    await server.settings({ cors: '*' })
    await visitor.go('/shoes')
    await expect.poll(() => keptPages(visitor, server)).toBe(1)
    await visitor.go('/cart')
    await expect.poll(() => keptPages(visitor, server)).toBe(2)
    await visitor.page.evaluate(
      (name) => new Promise<void>((resolve) => window.Tagalong((api) => void api[name]().then(resolve))),
      method,
    )
    await visitor.go('/checkout')
    await chat(visitor, 'I am somebody else')
    await expect.poll(() => journeys(server)).toEqual([expect.stringMatching(/\/checkout “Checkout”/)])
    expect(`${await journeys(server)}`).not.toContain('/shoes')
    if (method === 'reset') expect(`${await journeys(server)}`).not.toContain('/cart')
  })

test('without the option nothing is kept and nothing told', async ({ visitor, server, site, tag }) => {
  site.page('/', { title: 'Home', head: tag('data-title-badge="true"') })
  await visitor.go('/')
  await chat(visitor, 'Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await visitor.push('/cart', 'Cart')
  await expect.poll(async () => (await server.visits()).length).toBe(2)
  expect(await kept(visitor, server)).toBeUndefined()
  expect(await sent(server)).toEqual([])
})

test('a field that the server does not have is named once, with what to do, and conversations go on', async ({
  visitor,
  server,
  said,
}) => {
  await server.settings({ customFields: [] })
  await visitor.go('/')
  await expect.poll(() => keptPages(visitor, server)).toBe(1)
  await chat(visitor, 'Hello')
  await expect.poll(() => said.filter((line) => line.includes('“journey”'))).toHaveLength(1)
  expect(said.join('\n')).toContain('Create it in Rocket.Chat, under Omnichannel → Custom Fields')
  await visitor.page.reload()
  await visitor.push('/cart', 'Cart')
  await visitor.widget.say('Still here')
  await expect.poll(() => server.said()).toEqual(['Hello', 'Still here'])
  expect(await sent(server)).toHaveLength(1)
})
