/** With consent asked for, an opened chat is no consent: the panel asks first. */
import { expect, test, trail, type Server, type Visitor } from '../../test.ts'

const traces = ({ page }: Visitor) =>
  page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name),
  ])
const calls = async (server: Server) => (await server.ledger('/api/')).map(({ path }) => path)

test.beforeEach(async ({ server, site, tag, visitor }) => {
  await server.settings({ limiter: false })
  site.page('/', { title: 'Asked', head: tag('data-tracking="consent"') })
  await visitor.go('/')
})

test('an opened chat asks before anything is stored or requested, and goes on with the visitor’s own yes', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.widget.open()
  await expect(visitor.widget.panel).toContainText('Before we start')
  await expect(visitor.widget.composer).toHaveCount(0)
  expect(await traces(visitor)).toEqual([])
  expect(await calls(server)).toEqual([])
  await visitor.widget.button('I agree').click()
  await visitor.widget.say('Hello')
  await expect.poll(server.said).toEqual(['Hello'])
  await expect.poll(() => trail(server, site)).toEqual(['/ Asked'])
})

test('a yes that is said on the page itself reaches a panel that asks', async ({ visitor, server }) => {
  await visitor.widget.open()
  await expect(visitor.widget.panel).toContainText('Before we start')
  await visitor.page.evaluate(() => window.Tagalong((chat) => void chat.consent(true)))
  await expect(visitor.widget.composer).toBeVisible()
  await expect.poll(() => server.ledger('POST /api/v1/livechat/visitor')).toHaveLength(1)
})
