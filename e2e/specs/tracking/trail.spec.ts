import { expect, test, trail } from '../../engines/test.ts'

test('one pasted line reports the page, a pushed page and a hash page @promise', async ({ visitor, server, site }) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
  await visitor.push('/shoes', 'Shoes', 10)
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/shoes Shoes'])
  await visitor.hash('page-4')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/shoes Shoes', '/shoes#page-4 Shoes'])
  await visitor.go('/boots')
  await expect
    .poll(() => trail(server, site))
    .toEqual(['/ Page /', '/shoes Shoes', '/shoes#page-4 Shoes', '/boots Page /boots'])
  expect(new Set((await server.visits()).map(({ token }) => token)).size).toBe(1)
})

test('ten pages and a reload with the plug pulled arrive in order when it is back @promise', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])

  await server.settings({ limiter: false })
  await server.plug(true)
  for (let n = 1; n <= 10; n++) await visitor.push(`/p${n}`, `P${n}`)
  await expect.poll(() => visitor.waiting()).toBe(10)
  await server.plug(false)
  await expect
    .poll(() => trail(server, site), { timeout: 40_000 })
    .toEqual(['/ Page /', ...Array.from({ length: 10 }, (_, n) => `/p${n + 1} P${n + 1}`)])
})

test('a visit carries the room that is open, and none before', async ({ visitor, server, site }) => {
  await server.settings({ limiter: false })
  const rooms = async () => (await server.ledger('page.visited')).map(({ body }) => (body as { rid?: string }).rid)
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
  await visitor.widget.open()
  await visitor.widget.say('Hello')
  await expect.poll(async () => (await server.ledger('POST /api/v1/livechat/message')).length).toBe(1)
  const { rid } = (await server.ledger('POST /api/v1/livechat/message'))[0]!.body as { rid: string }
  await visitor.push('/p1', 'P1')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/p1 P1'])
  expect(await rooms()).toEqual([undefined, rid])
})

// WebDriver cannot change what WebKit calls itself.
test.describe('a crawler @playwright', () => {
  test.use({ userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' })

  test('is reported like anyone', async ({ visitor, server, site }) => {
    await visitor.go('/')
    await visitor.push('/p1', 'P1')
    await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/p1 P1'])
  })
})
