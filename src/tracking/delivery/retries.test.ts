import { expect, test } from 'playwright/test'
import { settled } from '../../../e2e/fakes/core'
import { createLanes, lateMs, noAnswer, visitOf } from '../../../e2e/fakes/lane'

test('what is refused for good is dropped with its reason and holds nobody up', async () => {
  const { tab, clock, sent, outcomes, events, waiting } = createLanes()
  outcomes.push({ kind: 'drop', code: 'invalid-params', says: 'no' })
  const { put } = tab()
  await put('a')
  await put('b')
  await clock.advance(600)
  expect([sent, events, waiting()]).toEqual([['a', 'b'], ['dropped a refused invalid-params', 'delivered b'], []])
})

test('a limit is waited for as told, by every tab and the next page', async () => {
  const { tab, clock, sent, outcomes, events } = createLanes()
  outcomes.push(lateMs(37_000))
  const first = tab()
  await first.put('a')
  await clock.advance(600)
  expect([sent, events]).toEqual([['a'], ['waits 37 s, limited']])
  await first.leave()
  const { put } = tab()
  await put('b')
  await clock.advance(35_000)
  expect(sent).toEqual(['a'])
  await clock.advance(2000)
  expect(sent).toEqual(['a', 'a', 'b'])
})

test('without a word of the server’s it is tried again ever later, a minute at most', async () => {
  const { tab, clock, sent, outcomes } = createLanes()
  for (let n = 0; n < 12; n++) outcomes.push(lateMs())
  const { put } = tab()
  await put('a')
  await clock.advance(600)
  const atMs: number[] = []
  for (let second = 0; second < 400; second++) {
    const before = sent.length
    await clock.advance(1000)
    if (sent.length > before) atMs.push(second)
  }
  const gaps = atMs.slice(1).map((at, n) => at - atMs[n]!)
  expect(sent.length).toBeGreaterThan(9)
  expect(sent.length).toBeLessThan(16)
  expect(Math.max(...gaps)).toBeLessThanOrEqual(61)
  expect(gaps.at(-1)!).toBeGreaterThan(gaps[0]!)
})

test('the network’s return hurries what was waiting by itself, and no limit', async () => {
  const { tab, clock, sent, outcomes } = createLanes()
  outcomes.push(lateMs(), lateMs(), lateMs(60_000))
  const { put, fire } = tab()
  await put('a')
  await clock.advance(600)
  expect(sent).toHaveLength(1)
  for (let turn = 0; turn < 2; turn++) {
    await fire('online')
    await clock.advance(1)
  }
  expect(sent).toHaveLength(3)
  await fire('online')
  expect(sent).toHaveLength(3)
  await clock.advance(61_000)
  expect(sent).toHaveLength(4)
})

test('the network’s return costs what waits no more than its own time would have', async () => {
  const { tab, clock, sent, outcomes, cost } = createLanes()
  outcomes.push(lateMs())
  const { put, fire } = tab()
  for (let n = 0; n < 100; n++) await put(`a${100 + n}`)
  await clock.advance(600)
  cost()
  await fire('online')
  await clock.advance(1)
  const { reads, lists } = cost()
  expect(sent).toHaveLength(101)
  expect(reads + lists).toBeLessThan(12)
})

for (const [name, ms] of [
  ['back', -86_400_000],
  ['forward', 86_400_000],
] as const)
  test(`a clock that is set ${name} stops nothing`, async () => {
    const { tab, clock, sent, outcomes, jump } = createLanes()
    outcomes.push(lateMs(), lateMs(30_000))
    const { put } = tab()
    await put('a')
    await clock.advance(700)
    jump(ms)
    await clock.advance(70_000)
    await put('b')
    await settled()
    expect(sent.slice(-2)).toEqual(['a', 'b'])
  })

test('too many and too old fall out, oldest first, and are told', async () => {
  const { tab, clock, outcomes, events, sent } = createLanes({ records: 3, days: 2 })
  outcomes.push(lateMs(30_000))
  const { put } = tab()
  const day = 86_400_000
  await put('a', { at: clock.now() - 3 * day })
  await clock.advance(600)
  for (const id of ['b', 'c', 'd']) await put(id)
  await put('e')
  await clock.advance(40_000)
  expect(events.filter((event) => event.startsWith('dropped'))).toEqual(['dropped a too-many', 'dropped b too-many'])
  expect(sent).toEqual(['a', 'c', 'd', 'e'])
  const other = createLanes({ days: 2 })
  other.outcomes.push(lateMs(30_000))
  const old = other.tab()
  await old.put('a', { at: other.clock.now() - 3 * day })
  await old.put('b')
  await other.clock.advance(40_000)
  expect(other.events.filter((event) => event.startsWith('dropped'))).toEqual(['dropped a too-old'])
  expect(other.sent).toEqual(['a', 'b'])
})

test('too many and too old fall out where recovery cannot be fetched, and are told', async () => {
  const { tab, clock, outcomes, events, waiting, helpless } = createLanes({ records: 3, days: 2 })
  helpless()
  outcomes.push(...Array.from({ length: 20 }, () => lateMs(30_000)))
  const { put } = tab()
  await put('a', { at: clock.now() - 3 * 86_400_000 })
  for (const id of ['b', 'c', 'd', 'e']) await put(id)
  await clock.advance(40_000)
  expect(events.filter((event) => event.startsWith('dropped'))).toEqual(['dropped a too-many', 'dropped b too-many'])
  expect(waiting()).toEqual(['c', 'd', 'e'])
  const other = createLanes({ days: 2 })
  other.helpless()
  other.outcomes.push(lateMs(30_000))
  const old = other.tab()
  await old.put('a', { at: other.clock.now() - 3 * 86_400_000 })
  await old.put('b')
  await other.clock.advance(40_000)
  expect(other.events.filter((event) => event.startsWith('dropped'))).toEqual(['dropped a too-old'])
  expect(other.sent).toEqual(['a', 'b'])
})

test('what the server refuses whatever it is told is held and said once, tried by each page once, and dropped when it is too old', async () => {
  const { tab, clock, sent, outcomes, events, waiting } = createLanes({ days: 2 })
  const refused = { kind: 'hold', refused: 'Read-only' } as const
  outcomes.push(refused, refused)
  const first = tab()
  await first.put('a')
  await clock.advance(600_000)
  await first.put('b')
  await clock.advance(600_000)
  expect([sent, events, waiting()]).toEqual([['a'], ['said refused'], ['a', 'b']])
  await first.leave()
  const second = tab()
  await clock.advance(600_000)
  expect([sent, waiting()]).toEqual([
    ['a', 'a'],
    ['a', 'b'],
  ])
  await second.leave()
  await clock.advance(3 * 86_400_000)
  await tab().put('c')
  await clock.advance(600)
  expect(events.filter((event) => event.startsWith('dropped'))).toEqual(['dropped a too-old', 'dropped b too-old'])
  expect([sent, waiting()]).toEqual([['a', 'a', 'c'], []])
})

test('where help cannot be fetched nothing is lost: it is tried again every ten seconds', async () => {
  const { tab, clock, sent, outcomes, helpless, waiting } = createLanes()
  helpless()
  outcomes.push(lateMs(60_000), { kind: 'drop', code: 'x', says: '' }, noAnswer)
  const { put } = tab()
  await put('a')
  await clock.advance(600)
  expect([sent, waiting()]).toEqual([['a'], ['a']])
  await clock.advance(9000)
  expect(sent).toEqual(['a'])
  await clock.advance(31_000)
  expect([sent, waiting()]).toEqual([['a', 'a', 'a', 'a'], []])
})

test('held, it is tried again when something has happened', async () => {
  const { tab, clock, sent, outcomes, waiting } = createLanes()
  outcomes.push({ kind: 'hold' })
  const { put, lane } = tab()
  await put('a')
  await clock.advance(600_000)
  await put('b')
  await clock.advance(600_000)
  expect([sent, waiting()]).toEqual([['a'], ['a', 'b']])
  lane.wake()
  await settled()
  expect([sent, waiting()]).toEqual([['a', 'a', 'b'], []])
})

test('a tab that slept while it asked does not hold up what another has got through since', async () => {
  const { tab, clock, sent, outcomes, answers, waiting, local } = createLanes()
  let answer!: (reply: 'TypeError') => void
  const sleeper = tab()
  await clock.advance(600)
  outcomes.push(noAnswer)
  await sleeper.put('a')
  await clock.advance(100)
  expect(local.getItem('journal/pause')).toBe('true')
  answers(new Promise((resolve) => (answer = resolve)))
  await clock.advance(10_000)
  await sleeper.fire('leave')
  answers({ status: 200, text: '{"config":{},"success":true}' })
  tab()
  await clock.advance(10_000)
  expect([sent, waiting(), local.getItem('journal/pause')]).toEqual([['a', 'a'], [], null])
  await sleeper.fire('restore')
  answer('TypeError')
  await clock.advance(10_000)
  expect(local.getItem('journal/pause')).toBeNull()
})

test('what somebody else has written into the database is swept out, and what waits behind it leaves once', async () => {
  for (const nonsense of [
    { 'visit/0': true, 'visit/1': null, 'visit/2': 'text', 'visit/3': { at: 1 } },
    { 'visit/0': visitOf('0other', {}) },
  ]) {
    const { tab, clock, sent, values, waiting } = createLanes()
    Object.entries(nonsense).forEach(([key, value]) => values.set(key, value))
    const { put } = tab()
    await put('a')
    await put('b')
    await clock.advance(30_000)
    expect([sent.filter((title) => title !== '0other'), waiting()]).toEqual([['a', 'b'], []])
    // What looks like a visit leaves as one, and does not keep the lane busy.
    expect(sent.length).toBeLessThanOrEqual(4)
  }
})
