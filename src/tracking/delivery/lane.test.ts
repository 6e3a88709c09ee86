import { expect, test } from 'playwright/test'
import { settled } from '../../../e2e/fakes/core'
import { createLanes, delivered } from '../../../e2e/fakes/lane'
import type { Verdict } from '../contracts'

const unanswered = () => new Promise<Verdict>(() => {})

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
  let answer!: (outcome: Verdict) => void
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
  for (const [hops, quietMs] of [
    [0, 500],
    [1, 1000],
    [2, 2000],
    [4, 8000],
    [9, 8000],
  ] as const) {
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

test('a page that does not settle what it has put is waited for two and a half seconds', async () => {
  const { tab, clock, sent } = createLanes()
  const there = tab({ doc: 'there' })
  await there.put('a', { open: 'there', text: 'open' })
  there.die()
  tab()
  await clock.advance(2000)
  expect(sent).toEqual([])
  await clock.advance(3100)
  expect(sent).toEqual(['a open'])
})

test('what was sent for a page that seemed dead is not stored again when it settles after all', async () => {
  const { tab, clock, sent, waiting } = createLanes()
  const slow = tab({ doc: 'slow' })
  await slow.put('a', { open: 'slow', text: 'open' })
  tab()
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
  let answer!: (outcome: Verdict) => void
  outcomes.push(new Promise((resolve) => (answer = resolve)))
  const { put } = tab()
  for (const id of ['a', 'd', 'e']) await put(id)
  await clock.advance(600)
  await put('c')
  await tab().put('b')
  await settled()
  answer(delivered)
  await settled()
  expect(sent).toEqual(['a', 'b', 'c', 'd', 'e'])
})

test('what is wiped away while others are sent is not sent any more', async () => {
  const { tab, clock, sent, outcomes, values } = createLanes()
  let answer!: (outcome: Verdict) => void
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
  const tabs = [1, 2, 3].map(() => tab())
  for (const [n, { put }] of tabs.entries()) await put(`r${n}`)
  await clock.advance(3000)
  expect([[...sent].sort(), events.length]).toEqual([['r0', 'r1', 'r2'], 3])
})

test('what the visitor gives up is not sent', async () => {
  const { tab, clock, sent, waiting, noted } = createLanes()
  const { put, lane } = tab()
  await put('a')
  await put('b')
  await lane.remove('a')
  await clock.advance(600)
  expect([sent, waiting(), noted()]).toEqual([['b'], [], []])
})

test('the tab that delivers goes, and another takes over', async () => {
  const { tab, clock, sent, outcomes } = createLanes()
  outcomes.push(unanswered())
  const first = tab()
  await first.put('a')
  await clock.advance(600)
  const second = tab()
  await second.put('b')
  await clock.advance(600)
  expect(sent).toEqual(['a'])
  await first.leave()
  await clock.advance(3000)
  expect(sent).toEqual(['a', 'a', 'b'])
})

test('what was left behind waits for the page’s own visit, which wakes the queue when it has settled or come to nothing', async () => {
  for (const ends of ['settles', 'is undone'] as const) {
    const { tab, clock, sent } = createLanes()
    const before = tab({ doc: 'before' })
    await before.put('a')
    await before.leave()
    const { put, lane } = tab({ doc: 'next' })
    await put('b', { open: 'next' })
    await clock.advance(1500)
    expect(sent).toEqual([])
    if (ends === 'settles') await put('b')
    else await lane.remove('b')
    // With nothing of its own left, the page listens first for what other tabs may have sent.
    await clock.advance(50)
    expect(sent).toEqual(ends === 'settles' ? ['a', 'b'] : ['a'])
  }
})
