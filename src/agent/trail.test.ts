import { expect } from 'playwright/test'
import { createAgent, type AgentError, type Visit } from '../agent.ts'
import type { Clock } from '../browser/ports.ts'
import { agentOf, outsiderOf, test, visitorWithRoom } from '../../e2e/desk/fixture.ts'

/** Time that passes only when it is told to. */
const createManualClock = () => {
  let nowMs = 1_000_000
  let timers: { at: number; run: () => void }[] = []
  const clock: Clock = {
    now: () => nowMs,
    after(delayMs, run) {
      if (!delayMs) queueMicrotask(run)
      if (!delayMs) return () => {}
      const timer = { at: nowMs + delayMs, run }
      timers.push(timer)
      return () => void (timers = timers.filter((one) => one !== timer))
    },
  }
  return {
    ...clock,
    waits: () => timers.map(({ at }) => at - nowMs),
    pass(ms: number) {
      nowMs += ms
      const due = timers.filter(({ at }) => at <= nowMs)
      timers = timers.filter(({ at }) => at > nowMs)
      due.forEach(({ run }) => run())
    },
  }
}

const setUp = () => {
  const clock = createManualClock()
  const titles: string[] = []
  const troubles: [code: string, retryInMs: number | undefined][] = []
  return {
    clock,
    titles,
    troubles,
    onPage: ({ title }: Visit) => void titles.push(title),
    options: {
      onTrouble: (error: unknown, retryInMs?: number) => void troubles.push([(error as AgentError).code, retryInMs]),
    },
    /** The next look is due in so many milliseconds. */
    async rests(ms: number) {
      await expect.poll(() => clock.waits()).toEqual([ms])
    },
  }
}

for (const dialect of ['v0', 'current'] as const) {
  test(`on a ${dialect} server each page comes once, in order: those already there, then the new ones within eight seconds`, async ({
    server,
  }) => {
    await server.settings({ dialect })
    const { rid, visit } = await visitorWithRoom(server, 3)
    const { clock, titles, onPage, rests } = setUp()
    const stop = agentOf(server, { clock }).watchTrail(rid, onPage)
    await rests(8000)
    expect(titles).toEqual(['p1', 'p2', 'p3'])
    await visit('p4')
    await visit('p3')
    clock.pass(8000)
    await rests(8000)
    expect(titles).toEqual(['p1', 'p2', 'p3', 'p4', 'p3'])
    clock.pass(8000)
    await rests(8000)
    expect(titles).toHaveLength(5)
    stop()
    await stop.ended
    expect(clock.waits()).toEqual([])
  })
}

test('a long trail is read whole at first and by its end later', async ({ server }) => {
  const { rid, visit } = await visitorWithRoom(server, 130)
  const { clock, titles, onPage, rests } = setUp()
  const stop = agentOf(server, { clock }).watchTrail(rid, onPage)
  await rests(8000)
  await visit('p131')
  clock.pass(8000)
  await rests(8000)
  expect(titles).toEqual(Array.from({ length: 131 }, (_, index) => `p${index + 1}`))
  const asked = (await server.ledger())
    .filter(({ path }) => path.includes('pagesVisited'))
    .map(({ query }) => (query as { offset: string }).offset)
  expect(asked).toEqual(['0', '100', '110'])
  stop()
})

test('a trail from which the server has removed pages still tells the new ones', async ({ server }) => {
  const { rid, visit } = await visitorWithRoom(server, 40)
  const { clock, titles, onPage, rests } = setUp()
  const stop = agentOf(server, { clock }).watchTrail(rid, onPage)
  await rests(8000)
  await server.faults({
    match: 'pagesVisited',
    times: 1,
    html: JSON.stringify({ success: true, pages: [], count: 0, offset: 20, total: 1 }),
  })
  await visit('p41')
  clock.pass(8000)
  await rests(8000)
  expect(titles.slice(-2)).toEqual(['p40', 'p41'])
  expect(titles).toHaveLength(41)
  stop()
})

test('after a limit it goes on when the server says, and misses nothing', async ({ server }) => {
  const { rid, visit } = await visitorWithRoom(server, 1)
  await server.settings({ limiter: true })
  await server.faults({ match: 'pagesVisited', limit: { calls: 1, windowMs: 1200 } })
  const { clock, titles, troubles, onPage, options, rests } = setUp()
  const stop = agentOf(server, { clock }).watchTrail(rid, onPage, options)
  await rests(8000)
  await visit('p2')
  clock.pass(8000)
  await expect.poll(() => troubles.length).toBe(1)
  const [code, retryInMs] = troubles[0]!
  expect(code).toBe('limited')
  expect(retryInMs).toBeLessThanOrEqual(2000)
  await rests(retryInMs!)
  await server.faults({})
  await server.settings({ limiter: false })
  clock.pass(retryInMs!)
  await rests(8000)
  expect(titles).toEqual(['p1', 'p2'])
  stop()
})

test('an outage is waited out ever more patiently, and told each time', async ({ server }) => {
  const { rid, visit } = await visitorWithRoom(server, 1)
  const { clock, titles, troubles, onPage, options, rests } = setUp()
  const stop = agentOf(server, { clock }).watchTrail(rid, onPage, options)
  await rests(8000)
  await visit('p2')
  await server.faults({ plug: true })
  let waitMs = 8000
  for (let failure = 1; failure <= 4; failure++) {
    clock.pass(waitMs)
    await expect.poll(() => troubles.length).toBe(failure)
    waitMs = troubles.at(-1)![1]!
    expect(waitMs).toBeGreaterThanOrEqual(8000)
    expect(waitMs).toBeLessThanOrEqual(60_000)
    await rests(waitMs)
  }
  expect(waitMs).toBeGreaterThan(16_000)
  await server.faults({})
  clock.pass(waitMs)
  await rests(8000)
  expect(titles).toEqual(['p1', 'p2'])
  expect(troubles.map(([code]) => code)).toEqual(Array(4).fill('unreachable'))
  stop()
})

test('a final refusal ends it and says so', async ({ server }) => {
  const { rid } = await visitorWithRoom(server, 1)
  const stranger = createAgent({ server: server.origin, userId: 'nobody-at-all', authToken: 'no-token' })
  const watches = [
    [outsiderOf(server), rid, 'not-permitted'],
    [stranger, rid, 'not-logged-in'],
    [agentOf(server), 'nowhere', 'not-found'],
    [agentOf(server), '..', 'bad-call'],
  ] as const
  for (const [agent, room, code] of watches) {
    const { troubles, onPage, options } = setUp()
    await expect(agent.watchTrail(room, onPage, options).ended).rejects.toMatchObject({ code })
    expect(troubles).toEqual([[code, undefined]])
  }
})

test('a hidden page looks once a minute and at once when it is seen again', async ({ server }) => {
  const { rid, visit } = await visitorWithRoom(server, 1)
  const { clock, titles, onPage, rests } = setUp()
  let hidden = true
  const stop = agentOf(server, { clock, hidden: () => hidden }).watchTrail(rid, onPage)
  const looks = async () => (await server.ledger()).filter(({ path }) => path.includes('pagesVisited')).length
  await rests(8000)
  await visit('p2')
  for (let ms = 8000; ms < 60_000; ms += 8000) {
    clock.pass(8000)
    await rests(8000)
  }
  expect(await looks()).toBe(1)
  clock.pass(8000)
  await rests(8000)
  expect(await looks()).toBe(2)
  await visit('p3')
  hidden = false
  clock.pass(8000)
  await rests(8000)
  expect(titles).toEqual(['p1', 'p2', 'p3'])
  stop()
})

test('two trails share the calls there are', async ({ server }) => {
  const first = await visitorWithRoom(server, 1)
  const second = await visitorWithRoom(server, 1, 'another-visitor')
  const { clock, onPage } = setUp()
  const agent = agentOf(server, { clock })
  const stops = [first, second].map(({ rid }) => agent.watchTrail(rid, onPage))
  await expect.poll(() => clock.waits()).toEqual([16_000, 16_000])
  stops[0]!()
  stops[0]!()
  await stops[0]!.ended
  clock.pass(16_000)
  await expect.poll(() => clock.waits()).toEqual([8000])
  stops[1]!()
})

test('a listener that throws neither stops the trail nor gets a page twice', async ({ server }) => {
  const { rid, visit } = await visitorWithRoom(server, 2)
  const { clock, titles, rests } = setUp()
  const troubles: unknown[] = []
  const onPage = ({ title }: Visit) => {
    titles.push(title)
    if (title === 'p1') throw new Error('of the listener')
  }
  const stop = agentOf(server, { clock }).watchTrail(rid, onPage, { onTrouble: (error) => troubles.push(error) })
  await rests(8000)
  await visit('p3')
  clock.pass(8000)
  await rests(8000)
  expect(titles).toEqual(['p1', 'p2', 'p3'])
  expect(troubles).toHaveLength(1)
  stop()
})

test('nothing comes after the stop, not even what was on its way', async ({ server }) => {
  const { rid } = await visitorWithRoom(server, 3)
  const { clock, titles, onPage } = setUp()
  let stop = () => {}
  const watch = agentOf(server, { clock }).watchTrail(rid, (visit) => {
    onPage(visit)
    stop()
  })
  stop = watch
  await watch.ended
  expect(titles).toEqual(['p1'])
  const early = agentOf(server, { clock }).watchTrail(rid, onPage)
  early()
  await early.ended
  await expect.poll(() => clock.waits()).toEqual([])
  expect(titles).toEqual(['p1'])
})
