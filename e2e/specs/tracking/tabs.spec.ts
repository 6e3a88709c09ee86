import { expect, test, trail } from '../../engines/test.ts'

const patient = { timeout: 50_000 }

test.beforeEach(({ server }) => server.settings({ limiter: false }))

test('five tabs report everything once, under one token @promise', async ({ visitor, server }) => {
  const tabs = [visitor, await visitor.tab(), await visitor.tab(), await visitor.tab(), await visitor.tab()]
  for (const [n, tab] of tabs.entries()) await tab.go(`/t${n}`)
  await server.faults({ match: '/api/', status: 503 })
  for (let round = 0; round < 3; round++)
    for (const [n, tab] of tabs.entries()) await tab.push(`/t${n}/${round}`, `T${n} ${round}`)
  await server.faults()
  await expect.poll(async () => (await server.visits()).length, patient).toBe(20)
  const visits = await server.visits()
  expect(new Set(visits.map(({ href }) => href)).size).toBe(20)
  expect(new Set(visits.map(({ token }) => token)).size).toBe(1)
  for (const n of [0, 1, 2, 3, 4])
    expect(visits.filter(({ title }) => title.startsWith(`T${n} `)).map(({ title }) => title)).toEqual([
      `T${n} 0`,
      `T${n} 1`,
      `T${n} 2`,
    ])
})

test('the tab that delivers closes in the middle, and another goes on', async ({ visitor, server, site }) => {
  await visitor.go('/a')
  const other = await visitor.tab()
  await other.go('/b')
  await expect.poll(() => trail(server, site)).toHaveLength(2)
  await server.faults({ match: 'page.visited', latencyMs: 400 })
  for (let n = 1; n <= 5; n++) await visitor.push(`/a/${n}`, `A${n}`)
  await expect.poll(() => trail(server, site), patient).toContain('/a/1 A1')
  await visitor.close()
  await expect
    .poll(async () => (await trail(server, site)).filter((line) => line.startsWith('/a/')), patient)
    .toEqual([1, 2, 3, 4, 5].map((n) => `/a/${n} A${n}`))
})
