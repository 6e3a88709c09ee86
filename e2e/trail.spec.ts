import { expect, test, trail } from './test.ts'

test('one pasted line reports the page, a pushed page and a hash page', async ({ visitor, server, site }) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
  await visitor.push('/shoes', 'Shoes', 10)
  await visitor.page.waitForTimeout(1200)
  await visitor.hash('page-4')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/shoes Shoes', '/shoes#page-4 Shoes'])
  await visitor.go('/boots')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/shoes Shoes', '/shoes#page-4 Shoes', '/boots Page /boots'])
  expect(new Set((await server.visits()).map(({ token }) => token)).size).toBe(1)
})

test('ten pages and a reload with the plug pulled arrive in order when it is back', async ({ visitor, server, site }) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])

  await server.settings({ limiter: false })
  await server.plug(true)
  for (let n = 1; n <= 10; n++) await visitor.push(`/p${n}`, `P${n}`)
  await expect.poll(() => visitor.waiting()).toBe(10)
  await server.plug(false)
  await expect.poll(() => trail(server, site), { timeout: 40_000 }).toEqual(['/ Page /', ...Array.from({ length: 10 }, (_, n) => `/p${n + 1} P${n + 1}`)])
})
