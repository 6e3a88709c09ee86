import { expect, test } from 'playwright/test'
import { settled } from '../../e2e/fakes/core'
import { createLanes, delivered, lateMs, noAnswer } from '../../e2e/fakes/lane'
import type { Outcome } from './contracts'

const unanswered = () => new Promise<Outcome>(() => {})

test('what is put is stored at once, sent in the order of ids, and gone when it was answered', async () => {
  const { tab, clock, sent, waiting, events } = createLanes()
  const { put } = tab()
  for (const id of ['b', 'a', 'c']) await put(id)
  expect([waiting(), sent]).toEqual([['a', 'b', 'c'], []])
  await clock.advance(600)
  expect([waiting(), sent]).toEqual([[], ['a', 'b', 'c']])
  expect(events).toEqual(['delivered a', 'delivered b', 'delivered c'])
})

test('nothing is deleted before its answer, and nothing else is sent meanwhile', async () => {
  const { tab, clock, sent, waiting, outcomes, events } = createLanes()
  let answer!: (outcome: Outcome) => void
  outcomes.push(new Promise((resolve) => (answer = resolve)))
  const { put } = tab()
  await put('a')
  await put('b')
  await clock.advance(5000)
  expect([waiting(), sent, events]).toEqual([['a', 'b'], ['a'], []])
  answer(delivered)
  await settled()
  expect([waiting(), sent]).toEqual([[], ['a', 'b']])
})

test('a page is quiet for its first half second, longer after every hop, eight seconds at most', async () => {
  for (const [hops, quietMs] of [[0, 500], [1, 1000], [2, 2000], [4, 8000], [9, 8000]] as const) {
    const { tab, clock, sent } = createLanes()
    const { put } = tab({ hops })
    await put('a')
    await clock.advance(quietMs - 100)
    expect(sent).toEqual([])
    await clock.advance(200)
    expect(sent).toEqual(['a'])
  }
})

test('a page’s own visit is not sent before it has settled, however long that takes', async () => {
  const { tab, clock, sent } = createLanes()
  const { put } = tab({ doc: 'here' })
  await put('a', { open: 'here', text: 'early' })
  await clock.advance(60_000)
  expect(sent).toEqual([])
  await put('a', { text: 'settled' })
  await settled()
  expect(sent).toEqual(['a settled'])
})

test('of a page of another tab it is waited for two and a half seconds; of one this tab has left, not at all', async () => {
  const { tab, clock, sent } = createLanes()
  const there = tab({ tab: 'there', doc: 'there' })
  await there.put('a', { open: 'there', text: 'open' })
  there.die()
  tab({ tab: 'here' })
  await clock.advance(2000)
  expect(sent).toEqual([])
  await clock.advance(3100)
  expect(sent).toEqual(['a open'])

  const other = createLanes()
  const before = other.tab({ tab: 'here', doc: 'before' })
  await before.put('a', { open: 'before', text: 'open' })
  before.die()
  other.tab({ tab: 'here', doc: 'after' })
  await other.clock.advance(600)
  expect(other.sent).toEqual(['a open'])
})

test('what was sent for a page that seemed dead is not stored again when it settles after all', async () => {
  const { tab, clock, sent, waiting } = createLanes()
  const slow = tab({ tab: 'slow', doc: 'slow' })
  await slow.put('a', { open: 'slow', text: 'open' })
  tab({ tab: 'here' })
  await clock.advance(6000)
  expect(sent).toEqual(['a open'])
  await slow.put('a', { text: 'settled' })
  await clock.advance(6000)
  expect([sent, waiting()]).toEqual([['a open'], []])
})

test('each of many that wait costs the database its deletion, and a fraction of a reading', async () => {
  const { tab, clock, sent, waiting, cost } = createLanes()
  const { put } = tab()
  for (let n = 0; n < 100; n++) await put(`a${100 + n}`)
  cost()
  await clock.advance(600)
  const { reads, changes, lists } = cost()
  expect([sent.length, waiting(), changes]).toEqual([100, [], 100])
  expect(reads + lists).toBeLessThan(10)
})

test('what is put while others are sent has its place among them', async () => {
  const { tab, clock, sent, outcomes } = createLanes()
  let answer!: (outcome: Outcome) => void
  outcomes.push(new Promise((resolve) => (answer = resolve)))
  const { put } = tab()
  for (const id of ['a', 'd', 'e']) await put(id)
  await clock.advance(600)
  await put('c')
  await tab({ tab: 'other' }).put('b')
  await settled()
  answer(delivered)
  await settled()
  expect(sent).toEqual(['a', 'b', 'c', 'd', 'e'])
})

test('what is wiped away while others are sent is not sent any more', async () => {
  const { tab, clock, sent, outcomes, values } = createLanes()
  let answer!: (outcome: Outcome) => void
  outcomes.push(new Promise((resolve) => (answer = resolve)))
  const { put, lane } = tab()
  for (const id of ['a', 'b', 'c']) await put(id)
  await clock.advance(600)
  values.clear()
  lane.wake()
  answer(delivered)
  await clock.advance(600)
  expect(sent).toEqual(['a'])
})

test('of the last of a batch the deletion is waited for before the next is read', async () => {
  const { tab, clock, sent } = createLanes()
  const { put } = tab()
  for (let n = 0; n < 41; n++) await put(`a${10 + n}`)
  await clock.advance(600)
  expect(sent).toHaveLength(41)
})

test('one tab delivers, whoever has put', async () => {
  const { tab, clock, sent, events } = createLanes()
  const tabs = [1, 2, 3].map((n) => tab({ tab: `tab${n}` }))
  for (const [n, { put }] of tabs.entries()) await put(`r${n}`)
  await clock.advance(3000)
  expect([[...sent].sort(), events.length]).toEqual([['r0', 'r1', 'r2'], 3])
})

test('what is refused for good is dropped with its reason and holds nobody up', async () => {
  const { tab, clock, sent, outcomes, events, waiting } = createLanes()
  outcomes.push({ kind: 'never', code: 'invalid-params', says: 'no' })
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
  const { put } = tab({ tab: 'other' })
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

for (const [name, ms] of [['back', -86_400_000], ['forward', 86_400_000]] as const)
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

test('where help cannot be fetched nothing is lost: it is tried again every ten seconds', async () => {
  const { tab, clock, sent, outcomes, helpless, waiting } = createLanes()
  helpless()
  outcomes.push(lateMs(60_000), { kind: 'never', code: 'x', says: '' }, noAnswer)
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
  outcomes.push({ kind: 'held' })
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

test('what the visitor gives up is not sent', async () => {
  const { tab, clock, sent, waiting, noted } = createLanes()
  const { put, lane } = tab()
  await put('a')
  await put('b')
  await lane.drop('a')
  await clock.advance(600)
  expect([sent, waiting(), noted()]).toEqual([['b'], [], []])
})

test('the tab that delivers goes, and another takes over', async () => {
  const { tab, clock, sent, outcomes } = createLanes()
  outcomes.push(unanswered())
  const first = tab({ tab: 'first' })
  await first.put('a')
  await clock.advance(600)
  const second = tab({ tab: 'second' })
  await second.put('b')
  await clock.advance(600)
  expect(sent).toEqual(['a'])
  await first.leave()
  await clock.advance(3000)
  expect(sent).toEqual(['a', 'a', 'b'])
})
