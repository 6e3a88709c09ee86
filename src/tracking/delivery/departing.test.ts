import { expect, test } from 'playwright/test'
import { createLanes, lateMs, noAnswer, type Item } from '../../../e2e/fakes/lane'
import type { Verdict } from '../contracts'

const unanswered = () => new Promise<Verdict>(() => {})

/** A first page that has noted these and goes before anything was sent; nothing that it sends is ever answered. */
const leftAtOnce = async (items: Record<string, Item>, { isLastPage = true, lanes = createLanes() } = {}) => {
  for (let n = 0; n < 20; n++) lanes.outcomes.push(unanswered())
  const page = lanes.tab({ doc: 'page', isLastPage })
  for (const [id, item] of Object.entries(items)) await page.put(id, item)
  await page.leave()
  return lanes
}

test('what has not been sent leaves with the page, in order, and is noted as on its way', async () => {
  const { sent, marked, waiting } = await leftAtOnce({ a: {}, b: {} })
  expect([sent, marked(), waiting()]).toEqual([
    ['a', 'b'],
    ['a', 'b'],
    ['a', 'b'],
  ])
})

test('where another page of the site follows, it delivers', async () => {
  const { sent, tab, clock, outcomes } = await leftAtOnce({ a: {} }, { isLastPage: false })
  expect(sent).toEqual([])
  outcomes.length = 0
  tab({ doc: 'next' })
  await clock.advance(2000)
  expect(sent).toEqual(['a'])
})

test('what earlier pages have left behind leaves first', async () => {
  const { tab, sent, outcomes } = createLanes()
  outcomes.push(unanswered(), unanswered())
  const hop = tab({ doc: 'hop' })
  await hop.fire('leave')
  // Its title settles as it goes: from then on the journal alone has it.
  await hop.put('a')
  hop.die()
  const last = tab({ doc: 'last', isLastPage: true })
  await last.put('b')
  await last.leave()
  expect(sent).toEqual(['a', 'b'])
})

test('a next page takes it for delivered when the server answers and reads such requests', async () => {
  const { tab, clock, sent, events, marked, waiting, outcomes } = await leftAtOnce({ a: {} })
  outcomes.length = 0
  // The question of how the server reads is refused, as any server refuses it.
  outcomes.push({
    kind: 'drop',
    code: 'invalid-params',
    says: "must have required property 'pageInfo' [invalid-params]",
  })
  tab({ doc: 'next' })
  await clock.advance(2000)
  expect([sent.filter((title) => title === 'a'), marked(), waiting()]).toEqual([['a'], [], []])
  expect(events).toEqual(['delivered a'])
})

test('and sends it again when the server turns out to have read it as empty', async () => {
  const { tab, clock, sent, waiting, outcomes } = await leftAtOnce({ a: {} })
  outcomes.length = 0
  outcomes.push({ kind: 'drop', code: 'invalid-params', says: "must have required property 'token' [invalid-params]" })
  tab({ doc: 'next' })
  await clock.advance(2100)
  expect([sent.filter((title) => title === 'a'), waiting()]).toEqual([['a', 'a'], []])
})

test('in a limit, an outage or without a network nothing leaves', async () => {
  const limited = createLanes()
  limited.outcomes.push(lateMs(60_000))
  const page = limited.tab({ isLastPage: true })
  await page.put('a')
  await limited.clock.advance(700)
  expect(limited.sent).toEqual(['a'])
  await page.put('b')
  await page.leave()
  expect(limited.sent).toEqual(['a'])
  const offline = createLanes()
  offline.plug(false)
  await leftAtOnce({ a: {} }, { lanes: offline })
  expect(offline.sent).toEqual([])
})

test('no more leaves than the server takes in a minute, whoever has sent before', async () => {
  const items = Object.fromEntries([...'abcdefghijkl'].map((id) => [id, {}]))
  const { sent, tab, clock } = await leftAtOnce(items)
  expect(sent.join('')).toBe('abcdefghij')
  await clock.advance(100)
  const next = tab({ doc: 'next', isLastPage: true })
  await next.put('m')
  await next.leave()
  expect(sent.join('')).toBe('abcdefghij')
})

test('nor after a try without an answer, though what knows about retries could not be fetched', async () => {
  const { tab, clock, sent, outcomes, helpless } = createLanes()
  helpless()
  outcomes.push(noAnswer)
  const page = tab({ isLastPage: true })
  await page.put('a')
  await clock.advance(700)
  await page.put('b')
  await page.leave()
  expect(sent).toEqual(['a'])
  const next = tab({ doc: 'next', isLastPage: true })
  await next.put('c')
  await next.leave()
  expect(sent).toEqual(['a'])
})

test('nonsense in the browser’s storage keeps nothing from leaving', async () => {
  for (const nonsense of ['5', '{}', '[null]', 'true']) {
    const lanes = createLanes()
    for (const key of ['sends', 'change', 'visitor', 'visit/x']) lanes.local.setItem(`journal/${key}`, nonsense)
    const { sent, changes } = await leftAtOnce({ a: {} }, { lanes })
    expect([sent, changes], nonsense).toEqual([['a'], ['url']])
  }
})
