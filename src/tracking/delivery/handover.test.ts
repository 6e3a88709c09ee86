import { expect, test } from 'playwright/test'
import { settled } from '../../../e2e/fakes/core'
import { createLanes, delivered, lateMs, noAnswer } from '../../../e2e/fakes/lane'
import type { Verdict } from '../contracts'

const unanswered = () => new Promise<Verdict>(() => {})

/** A tab whose last report was answered, and whose next is on its way. */
const onItsWay = async (lanes = createLanes()) => {
  const { tab, clock, outcomes } = lanes
  const first = tab({ doc: 'first' })
  await first.put('a')
  await clock.advance(600)
  outcomes.push(unanswered())
  await first.put('b')
  await settled()
  return { ...lanes, first, next: (more = {}) => tab({ doc: 'next', ...more }) }
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

test('the same, if it is the next tab, and word of what was on its way reaches that a moment later', async () => {
  const { first, next, clock, local, sent, waiting } = await onItsWay()
  next()
  await clock.advance(600)
  const write = local.setItem.bind(local)
  local.setItem = (key, value) =>
    key.includes('sent/visit/') ? void clock.after(30, () => write(key, value)) : write(key, value)
  await first.leave()
  await clock.advance(600)
  expect([sent, waiting()]).toEqual([['a', 'b'], []])
})

test('it is sent again, if the server does not', async () => {
  for (const silence of [
    'TypeError',
    'TimeoutError',
    { status: 200, text: '<html>' },
    { status: 502, text: '' },
  ] as const) {
    const { first, next, clock, sent, answers } = await onItsWay()
    await first.leave()
    answers(silence)
    next()
    await clock.advance(1600)
    expect(sent).toEqual(['a', 'b', 'b'])
  }
})

test('in a browser that breaks off what a going page has under way, nothing of it is taken for sent', async () => {
  const keepalive = Object.getOwnPropertyDescriptor(Request.prototype, 'keepalive')!
  Reflect.deleteProperty(Request.prototype, 'keepalive')
  try {
    const { first, next, clock, sent, marked, asked } = await onItsWay()
    await first.leave()
    expect(marked()).toEqual([])
    next()
    await clock.advance(600)
    expect([sent, asked()]).toEqual([['a', 'b', 'b'], 0])
  } finally {
    Object.defineProperty(Request.prototype, 'keepalive', keepalive)
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
  next({ doc: 'wait' })
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
  next({ doc: 'wait' })
  await clock.advance(1600)
  expect([sent, waiting()]).toEqual([['a', 'b'], []])
})

test('a page that goes just after nobody has answered has learnt nothing: a beginning navigation refuses what is on its way', async () => {
  const { first, next, clock, sent, answers, marked, waiting } = await onItsWay()
  await first.leave()
  answers('TypeError')
  const hurried = next()
  await clock.advance(900)
  await hurried.leave()
  expect(marked()).toEqual(['b'])
  answers({ status: 200, text: '{"config":{},"success":true}' })
  next({ doc: 'wait' })
  await clock.advance(2600)
  expect([sent, marked(), waiting()]).toEqual([['a', 'b'], [], []])
})

test('nor has one to which recovery did not come: a beginning navigation gives up files that are on their way as well', async () => {
  const { first, next, clock, sent, helpless, marked, waiting } = await onItsWay()
  await first.leave()
  helpless()
  const hurried = next()
  await clock.advance(900)
  await hurried.leave()
  expect([sent, marked()]).toEqual([['a', 'b'], ['b']])
  helpless(false)
  next({ doc: 'wait' })
  await clock.advance(2600)
  expect([sent, marked(), waiting()]).toEqual([['a', 'b'], [], []])
})

test('where recovery cannot be fetched at all, what was on its way is sent again', async () => {
  const { first, next, clock, sent, helpless } = await onItsWay()
  await first.leave()
  helpless()
  next()
  await clock.advance(1600)
  expect(sent).toEqual(['a', 'b', 'b'])
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
  fresh.tab()
  await fresh.clock.advance(600)
  expect(fresh.sent).toEqual(['a', 'a'])
  for (const bad of [lateMs(), lateMs(1000), noAnswer]) {
    const { tab, clock, outcomes, sent } = createLanes()
    outcomes.push(delivered, bad, unanswered())
    const { put, leave } = tab()
    await put('a')
    await put('b')
    await clock.advance(5000)
    await leave()
    tab()
    await clock.advance(5000)
    expect(sent).toEqual(['a', 'b', 'b', 'b'])
  }
})

test('nothing is taken for sent for two minutes after a limit', async () => {
  const { tab, clock, outcomes, sent } = createLanes()
  outcomes.push(lateMs(10_000), delivered, unanswered())
  const { put, leave } = tab()
  await put('a')
  await clock.advance(12_000)
  await put('b')
  await settled()
  await leave()
  tab()
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

test('nor that was begun there, though the network is back when the page goes', async () => {
  const lanes = createLanes()
  const { tab, clock, plug, outcomes, sent, marked } = lanes
  const { put, leave } = tab()
  await put('a')
  await clock.advance(600)
  plug(false)
  outcomes.push(unanswered())
  await put('b')
  await settled()
  plug(true)
  await leave()
  expect(marked()).toEqual([])
  tab()
  await clock.advance(600)
  expect(sent).toEqual(['a', 'b', 'b'])
})

test('what was refused before the page went is not taken for sent, though nobody had judged it yet', async () => {
  const { tab, clock, outcomes, marked } = createLanes()
  let judge!: (outcome: Verdict) => void
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

test('what is refused while the page goes is not taken for sent', async () => {
  const { tab, clock, outcomes, marked } = createLanes()
  let judge!: (outcome: Verdict) => void
  const { put, fire } = tab()
  await put('a')
  await clock.advance(600)
  outcomes.push(new Promise((resolve) => (judge = resolve)))
  await put('b')
  await settled()
  await fire('leave')
  expect(marked()).toEqual(['b'])
  judge(lateMs(60_000))
  await settled()
  expect(marked()).toEqual([])
})

test('silence in the task in which a page goes is none: browsers refuse then what is on its way', async () => {
  const { tab, clock, outcomes, marked } = createLanes()
  let judge!: (outcome: Verdict) => void
  const { put, fire } = tab()
  await put('a')
  await clock.advance(600)
  outcomes.push(new Promise((resolve) => (judge = resolve)))
  await put('b')
  await settled()
  judge(noAnswer)
  await settled()
  await fire('leave')
  expect(marked()).toEqual(['b'])
})

test('a page that comes back from the cache goes on where it was', async () => {
  const { tab, clock, outcomes, sent, waiting } = createLanes()
  let answer!: (outcome: Verdict) => void
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

test('what had ended without an answer was not on its way, though what knows about retries could not be fetched', async () => {
  const { tab, clock, sent, outcomes, helpless, marked } = createLanes()
  const first = tab({ doc: 'first' })
  await first.put('a')
  await clock.advance(600)
  helpless()
  outcomes.push(noAnswer)
  await first.put('b')
  await clock.advance(100)
  await first.leave()
  expect(marked()).toEqual([])
  tab({ doc: 'next' })
  await clock.advance(1600)
  expect(sent).toEqual(['a', 'b', 'b'])
})
