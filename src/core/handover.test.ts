import { expect, test } from 'playwright/test'
import { settled } from '../../e2e/fakes/core'
import { createLanes, delivered, lateMs, noAnswer } from '../../e2e/fakes/lane'
import type { Outcome } from './contracts'

const unanswered = () => new Promise<Outcome>(() => {})

/** A tab whose last report was answered, and whose next is on its way. */
const onItsWay = async (lanes = createLanes()) => {
  const { tab, clock, outcomes } = lanes
  const first = tab({ doc: 'first' })
  await first.put('a')
  await clock.advance(600)
  outcomes.push(unanswered())
  await first.put('b')
  await settled()
  return { ...lanes, first, next: (more = {}) => tab({ doc: 'next', session: first.session, ...more }) }
}

test('what was on its way when the page went has arrived, if the server answers the next page', async () => {
  const { first, next, clock, sent, events, marked, waiting, asked } = await onItsWay()
  await first.leave()
  expect(marked()).toEqual(['b'])
  next()
  await clock.advance(600)
  expect([sent, marked(), waiting(), asked()]).toEqual([['a', 'b'], [], [], 1])
  expect(events).toEqual(['delivered a', 'delivered b'])
})

test('it is sent again, if the server does not', async () => {
  for (const silence of ['TypeError', 'TimeoutError', { status: 200, text: '<html>' }, { status: 502, text: '' }] as const) {
    const { first, next, clock, sent, answers } = await onItsWay()
    await first.leave()
    answers(silence)
    next()
    await clock.advance(600)
    expect(sent).toEqual(['a', 'b', 'b'])
  }
})

test('it is sent again, if the server answers only a later page', async () => {
  const { first, next, clock, sent, answers, marked } = await onItsWay()
  await first.leave()
  answers(new Promise(() => {}))
  const silent = next()
  await clock.advance(900)
  expect(marked()).toEqual(['b'])
  await clock.advance(600)
  await silent.leave()
  answers({ status: 200, text: '{"config":{},"success":true}' })
  next({ doc: 'later' })
  await clock.advance(1600)
  expect([sent, marked()]).toEqual([['a', 'b', 'b'], []])
})

test('a page that asks and is left at once has learnt nothing: the next one asks again', async () => {
  const { first, next, clock, sent, answers, waiting } = await onItsWay()
  await first.leave()
  answers(new Promise(() => {}))
  const hurried = next()
  await clock.advance(700)
  await hurried.leave()
  answers({ status: 200, text: '{"config":{},"success":true}' })
  next({ doc: 'later' })
  await clock.advance(1600)
  expect([sent, waiting()]).toEqual([['a', 'b'], []])
})

test('what was on its way too long is sent again without a question', async () => {
  const { first, next, clock, sent, asked } = await onItsWay()
  await clock.advance(1600)
  await first.leave()
  next()
  await clock.advance(600)
  expect([sent, asked()]).toEqual([['a', 'b', 'b'], 0])
})

test('nothing is taken for sent whose tab has had no good answer, or a bad one last', async () => {
  const fresh = createLanes()
  fresh.outcomes.push(unanswered())
  const page = fresh.tab()
  await page.put('a')
  await fresh.clock.advance(600)
  await page.leave()
  fresh.tab({ session: page.session })
  await fresh.clock.advance(600)
  expect(fresh.sent).toEqual(['a', 'a'])
  for (const bad of [lateMs(), lateMs(1000), noAnswer]) {
    const { tab, clock, outcomes, sent } = createLanes()
    outcomes.push(delivered, bad, unanswered())
    const { put, leave, session } = tab()
    await put('a')
    await put('b')
    await clock.advance(5000)
    await leave()
    tab({ session })
    await clock.advance(5000)
    expect(sent).toEqual(['a', 'b', 'b', 'b'])
  }
})

test('nothing is taken for sent for two minutes after a limit', async () => {
  const { tab, clock, outcomes, sent } = createLanes()
  outcomes.push(lateMs(10_000), delivered, unanswered())
  const { put, leave, session } = tab()
  await put('a')
  await clock.advance(12_000)
  await put('b')
  await settled()
  await leave()
  tab({ session })
  await clock.advance(600)
  expect(sent).toEqual(['a', 'a', 'b', 'b'])
})

test('nothing is taken for sent that was sent into the void of a machine offline', async () => {
  const { first, next, clock, plug, sent } = await onItsWay()
  plug(false)
  await first.leave()
  plug(true)
  next()
  await clock.advance(600)
  expect(sent).toEqual(['a', 'b', 'b'])
})

test('what was refused before the page went is not taken for sent, though nobody had judged it yet', async () => {
  const { tab, clock, outcomes, marked } = createLanes()
  let judge!: (outcome: Outcome) => void
  const { put, leave } = tab()
  await put('a')
  await clock.advance(600)
  outcomes.push(new Promise((resolve) => (judge = resolve)))
  await put('b')
  await settled()
  judge(lateMs(60_000))
  await Promise.resolve()
  await leave()
  expect(marked()).toEqual([])
})

test('a page that comes back from the cache goes on where it was', async () => {
  const { tab, clock, outcomes, sent, waiting } = createLanes()
  let answer!: (outcome: Outcome) => void
  const { put, fire } = tab()
  await put('a')
  await clock.advance(600)
  outcomes.push(new Promise((resolve) => (answer = resolve)))
  await put('b')
  await settled()
  await fire('leave')
  answer(delivered)
  await settled()
  await fire('restore')
  await put('c')
  await clock.advance(100)
  expect([sent, waiting()]).toEqual([['a', 'b', 'c'], []])
})

test('a record is noted until the database has it, and the note of a dead page is merged by the next', async () => {
  const { tab, clock, local, noted, sent, waiting } = createLanes()
  const { put } = tab({ doc: 'here' })
  const putting = put('a', { open: 'here' })
  expect(noted()).toEqual(['a'])
  await putting
  expect(noted()).toEqual(['a'])
  await put('a')
  expect([noted(), waiting()]).toEqual([[], ['a']])
  local.setItem('journal/visit/b', JSON.stringify({ id: 'b', at: clock.now(), tab: 'tab', open: 'dead', text: 'noted' }))
  await clock.advance(600)
  await settled()
  expect([sent, noted(), waiting()]).toEqual([['a', 'b noted'], [], []])
})

test('a note that is older than the record is not believed', async () => {
  const { tab, clock, local, values, sent } = createLanes()
  values.set('visit/a', { id: 'a', at: clock.now(), tab: 'tab', text: 'settled' })
  local.setItem('journal/visit/a', JSON.stringify({ id: 'a', at: clock.now(), tab: 'tab', open: 'dead', text: 'open' }))
  values.set('visit/b', { id: 'b', at: clock.now(), tab: 'tab', open: 'dead', text: 'open' })
  local.setItem('journal/visit/b', JSON.stringify({ id: 'b', at: clock.now(), tab: 'tab', text: 'settled' }))
  tab()
  await clock.advance(600)
  expect(sent).toEqual(['a settled', 'b settled'])
})

test('a note that was left to another tab’s page is what is sent of it, however long what goes before it takes', async () => {
  const { tab, clock, local, values, outcomes, sent, noted } = createLanes()
  let answer!: (outcome: Outcome) => void
  outcomes.push(new Promise((resolve) => (answer = resolve)))
  values.set('visit/a', { id: 'a', at: clock.now(), tab: 'other' })
  values.set('visit/b', { id: 'b', at: clock.now(), tab: 'other', open: 'there', text: 'early' })
  local.setItem('journal/visit/b', JSON.stringify({ id: 'b', at: clock.now(), tab: 'other', text: 'late' }))
  tab()
  await clock.advance(5000)
  answer(delivered)
  await clock.advance(3000)
  expect([sent, noted()]).toEqual([['a', 'b late'], []])
})

test('what another tab’s page has just noted is left to it, and nothing younger overtakes it', async () => {
  const { tab, clock, local, values, sent, noted } = createLanes()
  local.setItem('journal/visit/b', JSON.stringify({ id: 'b', at: clock.now(), tab: 'other', text: 'noted' }))
  for (const id of ['a', 'c']) values.set(`visit/${id}`, { id, at: clock.now(), tab: 'other' })
  tab()
  await clock.advance(700)
  expect([sent, noted()]).toEqual([['a'], ['b']])
  await clock.advance(3000)
  expect([sent, noted()]).toEqual([['a', 'b noted', 'c'], []])
})

test('what settles as the page goes is only noted, for the next page to store and send', async () => {
  const { tab, clock, sent, values } = createLanes()
  const first = tab({ doc: 'first' })
  await first.put('a', { open: 'first', text: 'early' })
  const stored = structuredClone(values.get('visit/a'))
  await first.fire('leave')
  await first.put('a', { text: 'late' })
  expect(values.get('visit/a')).toEqual(stored)
  await first.leave()
  tab({ doc: 'next', session: first.session })
  await clock.advance(1200)
  expect(sent).toEqual(['a late'])
})

test('a page that comes back stores and sends what it had noted', async () => {
  const { tab, clock, sent } = createLanes()
  const first = tab({ doc: 'first' })
  await first.put('a', { open: 'first', text: 'early' })
  await first.fire('leave')
  await first.put('a', { text: 'late' })
  await first.fire('restore')
  await clock.advance(100)
  await first.put('b')
  await clock.advance(100)
  expect(sent).toEqual(['a late', 'b'])
})

test('a note that is gone a moment later was another tab’s, and is not sent again', async () => {
  const { tab, clock, sent, local } = createLanes()
  local.setItem('journal/visit/a', JSON.stringify({ id: 'a', at: clock.now() - 60_000, tab: 'other' }))
  tab()
  await clock.advance(510)
  local.removeItem('journal/visit/a')
  await clock.advance(100)
  expect(sent).toEqual([])
})

test('what a page takes back as it goes is taken back by the next', async () => {
  const { tab, clock, sent, values, local } = createLanes()
  const first = tab({ doc: 'first' })
  await first.put('a', { open: 'first' })
  const stored = structuredClone(values.get('visit/a'))
  void first.lane.drop('a')
  expect(local.getItem('journal/visit/a')).toBe('false')
  await first.leave()
  // As if the database had never heard of it.
  values.set('visit/a', stored)
  local.setItem('journal/visit/a', 'false')
  tab({ doc: 'next', session: first.session })
  await clock.advance(1200)
  expect([sent, [...values.keys()].filter((key) => key.startsWith('visit/'))]).toEqual([[], []])
})

test('a page that settles what another tab has taken over, while the database is refused, takes nothing away', async () => {
  const { tab, clock, local, values, sent, refuse } = createLanes()
  const sleeper = tab({ tab: 'sleeper', doc: 'sleeper' })
  await sleeper.put('a', { open: 'sleeper' })
  local.removeItem('journal/visit/a')
  refuse(true)
  await sleeper.put('a', { text: 'settled' })
  refuse(false)
  await sleeper.put('b', { open: 'sleeper' })
  expect(values.has('visit/a')).toBe(true)
  sleeper.die()
  tab({ tab: 'here' })
  await clock.advance(6000)
  expect(sent).toEqual(['a', 'b'])
})
