/**
 * What is stored outlives releases: a page of this release must find what a page of the release before has left in the browser. Everything
 * here is written by hand, name by name, as that release wrote it. A name that is changed in `src/tracking/keys.ts` loses a visit here,
 * doubles one, or sends one before its time.
 */
import { expect, test, trail, type Page, type Server } from '../../test.ts'

interface Left {
  /** The database's one store, by key. */
  database: Record<string, unknown>
  /** Notes of all tabs, and of this tab, without the prefix that both have. */
  journal: Record<string, unknown>
  session: Record<string, unknown>
  /** What the stub alone writes: no prefix. */
  stub: { local: Record<string, unknown>; session: Record<string, unknown> }
}

const nothing: Left = { database: {}, journal: {}, session: {}, stub: { local: {}, session: {} } }

/** In a page without the script. */
const leaveBehind = (page: Page, server: Server, left: Partial<Left>) =>
  page.evaluate(
    async ({ name, database, journal, session, stub }) => {
      const prefix = `tagalong-journal/${name}/`
      for (const [storage, prefixed, plain] of [
        [localStorage, journal, stub.local],
        [sessionStorage, session, stub.session],
      ] as const) {
        for (const [key, value] of Object.entries(prefixed)) storage.setItem(prefix + key, JSON.stringify(value))
        for (const [key, value] of Object.entries(plain)) storage.setItem(key, JSON.stringify(value))
      }
      await new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onupgradeneeded = () => opening.result.createObjectStore('kept')
        opening.onerror = reject
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('kept', 'readwrite')
          for (const [key, value] of Object.entries(database)) transaction.objectStore('kept').put(value, key)
          transaction.oncomplete = () => {
            opening.result.close()
            resolve()
          }
        }
      })
    },
    { name: `tagalong-${new URL(server.origin).host}`, ...nothing, ...left },
  )

/** Sends a visit that the page before has sent without learning of the answer. */
const report = async (server: Server, { token, href, title }: { token: string; href: string; title: string }) => {
  const { ok } = await fetch(`${server.origin}/api/v1/livechat/page.visited`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, pageInfo: { change: 'title', title, location: { href } } }),
  })
  expect(ok).toBe(true)
}

/** What `identify()` resolves with. */
const identify = (page: Page, guest: object) =>
  page.evaluate(
    (given) =>
      new Promise((resolve) => {
        const { Tagalong } = window as unknown as { Tagalong(run: (api: any) => void): void }
        Tagalong((api) => void api.identify(given).then(resolve))
      }),
    guest,
  )

/** A page in which the release before has run, and this one has not: its script comes when it is loaded again. */
test.beforeEach(async ({ visitor, site }) => {
  site.page('/here', { title: 'Here' })
  await visitor.go('/here')
})

test('visits that the release before left in database, journal and the stub’s notes arrive under their tokens, in order, once', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  const nowMs = Date.now()
  const visit = (path: string, minutesAgo: number, more: object = {}) => {
    const at = nowMs - minutesAgo * 60_000
    return {
      id: `${at.toString(36).padStart(9, '0')}0a1b2c3d`,
      at,
      href: `${site.origin}${path}`,
      title: path.slice(1),
      token: 'token-in-use',
      ...more,
    }
  }
  /** The journal's last id is ahead of the clock, as after a clock that was set back: whatever is new comes after it. */
  const ahead = visit('/ahead', -1)
  const inFlight = visit('/in-flight', 9)
  const givenUp = visit('/given-up', 8)
  const ofAnother = visit('/of-another', 7, { token: 'token-before-reset' })
  const ofSuccessor = visit('/of-successor', 6, { token: 'token-replaced' })
  const noted = visit('/noted', 5, { left: true })
  const stubMs = nowMs - 4 * 60_000
  /** Until then the server is to be left alone. */
  const untilMs = nowMs + 4000

  await server.settings({ limiter: false, 'settings.historyMonitorType': 'title' })
  await report(server, inFlight)

  const stored = [inFlight, givenUp, ofAnother, ofSuccessor, ahead]
  await leaveBehind(visitor.page, server, {
    database: {
      visitor: {
        token: 'token-in-use',
        visitor: { visitorId: 'visitor-of-before', username: 'guest-7', name: 'Vera' },
        told: { name: 'Vera' },
        became: { 'token-replaced': 'token-in-use' },
      },
      config: { at: nowMs, triedAt: nowMs, config: { enabled: true, settings: { historyMonitorType: 'title' } } },
      'lane/visit': { untilMs, spanMs: 4000, limited: true, failures: 0 },
      ...Object.fromEntries(stored.map((record) => [`visit/${record.id}`, record])),
    },
    journal: {
      last: ahead.at,
      hops: 0,
      tripMs: 900,
      [`visit/${noted.id}`]: noted,
      [`visit/${givenUp.id}`]: false,
      [`sent/visit/${inFlight.id}`]: [300, 900, true, null],
    },
    session: { last: `${site.origin}/here` },
    stub: {
      local: { 'tagalong-left/': 1 },
      session: { [`tagalong-left/${stubMs}`]: { href: `${site.origin}/stub`, title: 'stub' } },
    },
  })

  site.page('/here', { title: 'Here', head: tag() })
  await visitor.page.reload()
  await visitor.push('/new', 'New')
  const expected = ['/in-flight', '/of-another', '/of-successor', '/noted', '/stub', '/ahead']
  await expect
    .poll(() => trail(server, site), { timeout: 30_000 })
    .toEqual([...expected.map((path) => `${path} ${path.slice(1)}`), '/new New'])

  const visits = await server.visits()
  expect(visits.map(({ token }) => token)).toEqual(
    visits.map(({ href }) => (href.endsWith('/of-another') ? 'token-before-reset' : 'token-in-use')),
  )
  const reports = await server.ledger('POST /api/v1/livechat/page.visited')
  expect(reports).toHaveLength(visits.length)
  expect(Math.min(...reports.slice(1).map(({ at }) => at))).toBeGreaterThanOrEqual(untilMs)

  // What the server was told before is not told again.
  const guest = await identify(visitor.page, { name: 'Vera' })
  expect(guest).toMatchObject({ visitorId: 'visitor-of-before', username: 'guest-7' })
  expect(await server.ledger('POST /api/v1/livechat/visitor')).toEqual([])
})

for (const [where, notes] of [
  ['of all tabs', (href: string) => ({ journal: { at: href, last: Date.now() } })],
  ['of its tab', (href: string) => ({ session: { last: href }, journal: { last: Date.now() } })],
] as const)
  test(`a page that the release before has recorded in the notes ${where} is no new visit when it is loaded again`, async ({
    visitor,
    server,
    site,
    tag,
  }) => {
    const config = { enabled: true, settings: { historyMonitorType: 'title' } }
    await leaveBehind(visitor.page, server, {
      ...notes(`${site.origin}/here`),
      database: { config: { at: Date.now(), triedAt: Date.now(), config } },
    })
    // The server keeps changes of the title alone, and only the stored copy of its configuration says so.
    await server.settings({ 'settings.historyMonitorType': 'title' })
    await server.faults({ match: 'livechat/config', status: 500 })
    site.page('/here', { title: 'Here', head: tag() })
    await visitor.page.reload()
    await visitor.push('/next', 'Next')
    await expect.poll(() => trail(server, site), { timeout: 30_000 }).toEqual(['/next Next'])
  })

test('the journey that the release before has kept is told to the agent of the next conversation', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  const field = { _id: 'journey', label: 'Journey', type: 'input', required: false, scope: 'room' }
  await server.settings({ limiter: false, customFields: [field] })
  const page = { id: '0a1b2c3d4e5f6a7b8', at: Date.now() - 3 * 60_000, href: `${site.origin}/shoes`, title: 'Shoes' }
  const journey = { pages: [{ ...page, source: 'campaign spring' }], source: 'from google.com', toldRoomId: 'before' }
  await leaveBehind(visitor.page, server, { database: { 'chat/journey': journey } })
  site.page('/here', { title: 'Here', head: tag('data-context-field="journey"') })
  await visitor.page.reload()
  await visitor.widget.open()
  await visitor.widget.say('Hello')
  const told = async () =>
    (await server.do<{ rooms: { livechatData?: object }[] }>('GET', 'rooms')).rooms[0]?.livechatData
  await expect.poll(told).toEqual({
    journey: expect.stringMatching(
      /^from google\.com · … → campaign spring · \/shoes “Shoes” 3 min → \/here “Here” \(now/,
    ),
  })
})
