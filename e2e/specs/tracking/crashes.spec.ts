import { expect, test, trail } from '../../test.ts'

const patient = { timeout: 60_000 }

test.beforeEach(({ server }) => server.settings({ limiter: false }))

// Only Chromium lets a page be crashed, by an address and by its debugger; and the machine that is killed is one of Chromium's.
// oxlint-disable-next-line max-lines-per-function -- a list of tests, each on its own
test.describe('what a crash leaves behind', { tag: '@chromium' }, () => {
  const numbered = (count: number) => Array.from({ length: count }, (_, n) => `/p${n + 1} P${n + 1}`)

  test('a page that crashes before its database has opened is reported by the next, as it was called last', async ({
    visitor,
    server,
    site,
  }) => {
    await visitor.page.addInitScript(() => {
      if (location.pathname === '/cold') IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest
    })
    await visitor.go('/cold')
    const noted = () =>
      visitor.page.evaluate(() =>
        Object.entries(localStorage)
          .filter(([key]) => key.includes('/visit/'))
          .map(([, text]) => (JSON.parse(text as string) as { title: string }).title),
      )
    await expect.poll(noted).toEqual(['Page /cold'])
    await visitor.title('Renamed')
    await expect.poll(noted).toEqual(['Renamed'])
    await visitor.page.goto('chrome://crash').catch(() => {})
    const next = await visitor.tab()
    await next.go('/next')
    await expect.poll(() => trail(server, site), patient).toEqual(['/cold Renamed', '/next Page /next'])
    expect(await next.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('/visit/')))).toEqual(
      [],
    )
  })

  for (const [which, paths] of Object.entries({ 'visitor’s first': [], later: ['/before'] }))
    test(`a ${which} page whose tab has died is no visit when it is loaded again`, async ({
      visitor,
      server,
      site,
      context,
    }) => {
      const expected = ['/', ...paths].map((path) => `${path} Page ${path}`)
      for (const path of ['/', ...paths]) await visitor.go(path)
      await visitor.push('/died', 'Died')
      expected.push('/died Died')
      await expect.poll(() => trail(server, site)).toEqual(expected)
      const wire = await context.newCDPSession(visitor.page)
      const crashed = visitor.page.waitForEvent('crash')
      void wire.send('Page.crash').catch(() => {})
      await crashed
      // The page object is of no more use.
      await wire.send('Page.reload')
      const seen = async (expression: string) =>
        (await wire.send('Runtime.evaluate', { expression })).result.value as unknown
      await expect.poll(() => seen('!!document.querySelector("tagalong-widget")').catch(() => false)).toBe(true)
      await seen('document.title = "After"; history.pushState(0, "", "/after"); 0')
      await expect.poll(() => trail(server, site), patient).toEqual([...expected, '/after After'])
    })

  test('a renderer that crashes right after a page was noticed loses nothing', async ({
    visitor,
    server,
    site,
    context,
  }) => {
    await visitor.go('/')
    await expect.poll(() => trail(server, site)).toHaveLength(1)
    await visitor.push('/crashed', 'Crashed', 5)
    await visitor.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 30)))
    await visitor.page.goto('chrome://crash').catch(() => {})
    const next = await visitor.tab()
    await next.go('/next')
    await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/crashed Crashed', '/next Page /next'])
    expect(context.pages().length).toBeGreaterThan(0)
  })

  test('the tab that delivers crashes, and another goes on', async ({ visitor, server, site }) => {
    await visitor.go('/a')
    const other = await visitor.tab()
    await other.go('/b')
    await expect.poll(() => trail(server, site)).toHaveLength(2)
    // While it crashes the server holds back its answer: a refusal, so that what is sent again is stored once.
    await server.faults({ match: 'page.visited', latencyMs: 5000, status: 503 })
    for (let n = 1; n <= 3; n++) await visitor.push(`/a/${n}`, `A${n}`)
    await expect.poll(() => visitor.waiting()).toBe(3)
    await expect
      .poll(async () => (await server.ledger('page.visited')).filter(({ answered }) => !answered))
      .toHaveLength(1)
    const delivers = (await visitor.holdsLock()) ? visitor : other
    await delivers.page.goto('chrome://crash').catch(() => {})
    await server.faults()
    await expect
      .poll(() => trail(server, site), patient)
      .toEqual(['/a Page /a', '/b Page /b', '/a/1 A1', '/a/2 A2', '/a/3 A3'])
  })

  test('a browser killed within half a second of a page keeps it', async ({ machine, server, site }) => {
    const before = await machine.start()
    await before.go('/')
    await expect.poll(() => trail(server, site), patient).toHaveLength(1)
    await before.push('/killed', 'Killed')
    await expect.poll(() => before.waiting()).toBe(1)
    await machine.kill()
    const after = await machine.start()
    await after.go('/next')
    await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', '/killed Killed', '/next Page /next'])
  })

  test('a browser that is killed loses nothing', async ({ machine, server, site }) => {
    const before = await machine.start()
    await before.go('/')
    await expect.poll(() => trail(server, site), patient).toHaveLength(1)
    await server.faults({ match: '/api/', drop: 'before' })
    for (let n = 1; n <= 4; n++) await before.push(`/p${n}`, `P${n}`)
    await expect.poll(() => before.waiting()).toBe(4)
    await machine.kill()
    await server.faults()
    const after = await machine.start()
    await after.go('/next')
    await expect.poll(() => trail(server, site), patient).toEqual(['/ Page /', ...numbered(4), '/next Page /next'])
  })
})
