import { expect, test } from 'playwright/test'
import { settled } from '../../../e2e/fakes/core'
import { createLanes, delivered, visitOf } from '../../../e2e/fakes/lane'
import type { Verdict } from '../contracts'

test('a record is noted until the database has it, and the note of a dead page is merged by the next', async () => {
  const { tab, clock, local, noted, sent, waiting } = createLanes()
  const { put } = tab({ doc: 'here' })
  const putting = put('a', { open: 'here' })
  expect(noted()).toEqual(['a'])
  await putting
  expect(noted()).toEqual(['a'])
  await put('a')
  expect([noted(), waiting()]).toEqual([[], ['a']])
  local.setItem(
    'journal/visit/b',
    JSON.stringify(visitOf('b', { at: clock.now() - 3000, open: 'dead', text: 'noted' })),
  )
  await clock.advance(600)
  await settled()
  expect([sent, noted(), waiting()]).toEqual([['a', 'b noted'], [], []])
})

test('a note that is older than the record is not believed', async () => {
  const { tab, clock, local, values, sent } = createLanes()
  values.set('visit/a', visitOf('a', { at: clock.now(), text: 'settled' }))
  local.setItem('journal/visit/a', JSON.stringify(visitOf('a', { at: clock.now() - 3000, open: 'dead', text: 'open' })))
  values.set('visit/b', visitOf('b', { at: clock.now() - 3000, open: 'dead', text: 'open' }))
  local.setItem('journal/visit/b', JSON.stringify(visitOf('b', { at: clock.now(), left: true, text: 'settled' })))
  tab()
  await clock.advance(600)
  expect(sent).toEqual(['a settled', 'b settled'])
})

test('a note that was left to another tab’s page is what is sent of it, however long what goes before it takes', async () => {
  const { tab, clock, local, values, outcomes, sent, noted } = createLanes()
  let answer!: (outcome: Verdict) => void
  outcomes.push(new Promise((resolve) => (answer = resolve)))
  values.set('visit/a', visitOf('a', { at: clock.now() }))
  values.set('visit/b', visitOf('b', { at: clock.now(), open: 'there', text: 'early' }))
  local.setItem('journal/visit/b', JSON.stringify(visitOf('b', { at: clock.now(), text: 'late' })))
  tab()
  await clock.advance(5000)
  answer(delivered)
  await clock.advance(3000)
  expect([sent, noted()]).toEqual([['a', 'b late'], []])
})

test('what another tab’s page has just noted is left to it, and nothing younger overtakes it', async () => {
  const { tab, clock, local, values, sent, noted } = createLanes()
  local.setItem('journal/visit/b', JSON.stringify(visitOf('b', { at: clock.now(), text: 'noted' })))
  for (const id of ['a', 'c']) values.set(`visit/${id}`, visitOf(id, { at: clock.now() }))
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
  tab({ doc: 'next' })
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
  local.setItem('journal/visit/a', JSON.stringify(visitOf('a', { at: clock.now() - 60_000 })))
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
  void first.lane.remove('a')
  expect(local.getItem('journal/visit/a')).toBe('false')
  await first.leave()
  // As if the database had never heard of it.
  values.set('visit/a', stored)
  local.setItem('journal/visit/a', 'false')
  tab({ doc: 'next' })
  await clock.advance(1200)
  expect([sent, [...values.keys()].filter((key) => key.startsWith('visit/'))]).toEqual([[], []])
})

test('a page that settles what another tab has taken over, while the database is refused, takes nothing away', async () => {
  const { tab, clock, local, values, sent, refuse } = createLanes()
  const sleeper = tab({ doc: 'sleeper' })
  await sleeper.put('a', { open: 'sleeper' })
  local.removeItem('journal/visit/a')
  refuse(true)
  await sleeper.put('a', { text: 'settled' })
  refuse(false)
  await sleeper.put('b', { open: 'sleeper' })
  expect(values.has('visit/a')).toBe(true)
  sleeper.die()
  tab()
  await clock.advance(6000)
  expect(sent).toEqual(['a', 'b'])
})

test('a note that has not its key for its id was written by somebody else: it is neither stored nor sent', async () => {
  const { tab, clock, local, noted, sent, waiting } = createLanes()
  for (const [key, text] of Object.entries({ a: 'true', b: '"text"', c: '7', d: '{}', e: '{"id":"f"}', g: '{' }))
    local.setItem(`journal/visit/${key}`, text)
  const { put } = tab({ doc: 'here' })
  await clock.advance(600)
  await put('z')
  await settled()
  expect([sent, noted(), waiting()]).toEqual([['z'], [], []])
})
