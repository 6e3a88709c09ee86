import { expect, test } from 'playwright/test'
import { createManualClock } from '../../../e2e/fakes/clock'
import { createSessionStorage } from '../../../e2e/model/browser/storage'
import { createJournal } from '../../browser/journal'
import { createMemory } from '../../browser/memory'
import { reset, type ResetParts } from './index'
import { createStorage } from '../../tracking/storage'
import { createVisitorStore } from '../../tracking/token'
import type { VisitRecord } from '../../tracking/stored'

const visit = (id: string, more: Partial<VisitRecord> = {}): VisitRecord => ({
  id,
  at: 1,
  href: `https://shop.example/${id}`,
  title: id,
  ...more,
})

const browser = async (stored: VisitRecord[], noted: VisitRecord[]) => {
  const storage = createStorage({
    database: createMemory(),
    clock: createManualClock(),
    overlayMemory: () => Promise.reject(),
    isDormant: false,
  })
  const webStorage = createSessionStorage()
  const journal = createJournal('journal/', () => webStorage)
  for (const record of stored) await storage.update(`visit/${record.id}`, () => record)
  for (const record of noted) journal.write(`visit/${record.id}`, record)
  const visitor = createVisitorStore(storage, journal)
  const { token } = await visitor.state()
  const topics: string[] = []
  const visits = { waiting: () => storage.list<VisitRecord>('visit/') }
  const clock = createManualClock()
  const parts: ResetParts = {
    clock,
    documentId: 'here',
    storage,
    journal,
    visitor,
    tabs: { post: (topic: string) => void topics.push(topic) },
  }
  return {
    clock,
    token,
    topics,
    storage,
    noted: (id: string) => journal.read<VisitRecord>(`visit/${id}`),
    async reset() {
      await reset(parts)
      return (await visitor.state()).token
    },
    stored: async () => Object.fromEntries((await visits.waiting()).map((record) => [record.id, record])),
  }
}

test('the next visitor has a token of their own, and earlier visits leave under the old one', async () => {
  const { token, stored, reset: next, topics } = await browser([visit('a', { token: 'older' }), visit('b')], [])
  expect(await next()).not.toBe(token)
  const { a, b } = await stored()
  expect([a?.token, b?.token, topics]).toEqual(['older', token, ['reset']])
})

test('of a visit that is in the database and in the journal the newer copy stays the newer one', async () => {
  const {
    token,
    stored,
    noted,
    reset: next,
  } = await browser(
    [visit('a', { open: 'doc', title: 'early' })],
    [visit('a', { title: 'late', href: 'https://shop.example/#/a' })],
  )
  await next()
  expect(noted('a')).toEqual(visit('a', { token, title: 'late', href: 'https://shop.example/#/a' }))
  expect((await stored()).a).toMatchObject({ title: 'early', open: 'doc', token })
})

test('a visit that was delivered meanwhile does not come back', async () => {
  const { storage, stored, reset: next } = await browser([visit('a'), visit('b')], [])
  const resetting = next()
  await storage.update('visit/a', () => undefined)
  await resetting
  expect(Object.keys(await stored())).toEqual(['b'])
})

test('the conversation, its drafts and the waiting registrations are gone', async () => {
  const { storage, reset: next } = await browser([], [])
  for (const key of ['chat/room', 'ui/draft', 'message/1', 'register/1', 'config'])
    await storage.update(key, () => ({ id: '1' }))
  await next()
  expect(
    await Promise.all(['chat/room', 'ui/draft', 'message/1', 'register/1', 'config'].map((key) => storage.get(key))),
  ).toEqual([undefined, undefined, undefined, undefined, { id: '1' }])
})

test('a visit noticed before its page knew the token is waited for, as long as a page may take to settle', async () => {
  const {
    token,
    clock,
    storage,
    stored,
    reset: next,
  } = await browser([visit('a', { open: 'here', title: 'early' })], [])
  const resetting = next()
  await clock.advance(300)
  await storage.update<VisitRecord>('visit/a', () => visit('a', { token, title: 'settled' }))
  await clock.advance(100)
  expect(await resetting).not.toBe(token)
  expect((await stored()).a).toEqual(visit('a', { token, title: 'settled' }))
  const neverSettling = await browser([visit('b', { open: 'here' })], [])
  const resettingAnyway = neverSettling.reset()
  await neverSettling.clock.advance(1200)
  expect(await resettingAnyway).not.toBe(neverSettling.token)
  expect((await neverSettling.stored()).b?.token).toBe(neverSettling.token)
})
