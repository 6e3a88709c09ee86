import { expect, test } from 'playwright/test'
import { createManualClock, settled } from '../../e2e/fakes/core'
import { createChance } from '../../e2e/model/chance'
import { createDatabase as createDatabaseModel, keyRange } from '../../e2e/model/browser/database'
import { createScheduler, newOwner } from '../../e2e/model/scheduler'
import type { Database, PageEvent } from './ports'
import { createMemory } from './memory'
import { createMemoryOverlay } from '../recovery/memoryOverlay'
import { createDatabase } from './database'
import { createStorage } from '../tracking/storage'

/** A database that can be told to fail. */
const create = (dormant = false) => {
  const values = new Map<string, unknown>()
  const memory = createMemory(values)
  const clock = createManualClock()
  let trouble: 'none' | 'refuses' | 'refuses to write' | 'hangs' = 'none'
  const through = <K extends keyof Database>(name: K): Database[K] =>
    ((...given: unknown[]) => {
      if (trouble === 'refuses' || (trouble === 'refuses to write' && name !== 'get' && name !== 'list'))
        return Promise.reject(new Error('refused'))
      // Without a reason, as when its time is over.
      if (trouble === 'hangs') return Promise.reject()
      return (memory[name] as (...all: unknown[]) => unknown)(...given)
    }) as Database[K]
  const database: Database = {
    get: through('get'),
    update: through('update'),
    clear: through('clear'),
    list: through('list'),
  }
  return {
    values,
    clock,
    storage: createStorage({
      database,
      clock,
      overlayMemory: async (...given) => createMemoryOverlay(clock, ...given),
      isDormant: dormant,
    }),
    fail: (what: typeof trouble) => void (trouble = what),
  }
}
const record = (id: string, more = {}) => ({ id, ...more })

test('what is stored is read, listed in the order of keys, and cleared by prefix', async () => {
  const { storage } = create()
  for (const id of ['b', 'a', 'c']) await storage.update(`visit/${id}`, () => record(id))
  await storage.update('visitor', () => ({ token: 't' }))
  expect(await storage.get('visitor')).toEqual({ token: 't' })
  expect(await storage.list('visit/')).toEqual([record('a'), record('b'), record('c')])
  expect(await storage.list('visit/', 2)).toEqual([record('a'), record('b')])
  await storage.update('visit/a', () => undefined)
  expect(await storage.list('visit/', 1)).toEqual([record('b')])
  await storage.clear('visit/')
  expect([await storage.list('visit/'), await storage.get('visitor')]).toEqual([[], { token: 't' }])
})

test('changes made at once are all kept', async () => {
  const { storage } = create()
  await Promise.all(Array.from({ length: 20 }, () => storage.update<number>('count', (old = 0) => old + 1)))
  expect(await storage.get('count')).toBe(20)
})

test('what the database refuses is kept in memory, for reading, listing and changing', async () => {
  const { storage, values, fail } = create()
  await storage.update('visit/a', () => record('a'))
  fail('refuses')
  await storage.update('visit/b', () => record('b'))
  await storage.update<{ n: number }>('count', (old) => ({ n: (old?.n ?? 0) + 1 }))
  await storage.update<{ n: number }>('count', (old) => ({ n: (old?.n ?? 0) + 1 }))
  expect([await storage.get('visit/b'), await storage.get('count')]).toEqual([record('b'), { n: 2 }])
  expect(await storage.list('visit/')).toEqual([record('b')])
  expect([storage.volatile('visit/b'), storage.volatile('visit/a')]).toEqual([true, false])
  await storage.clear('visit/')
  expect(await storage.list('visit/')).toEqual([])
  expect([...values.keys()]).toEqual(['visit/a'])
})

test('a deletion the database refuses holds all the same, and hides nothing else', async () => {
  const { storage, values, fail } = create()
  for (const id of ['a', 'b', 'c']) await storage.update(`visit/${id}`, () => record(id))
  fail('refuses to write')
  await storage.update('visit/a', () => undefined)
  expect(await storage.get('visit/a')).toBeUndefined()
  expect(await storage.list('visit/', 1)).toEqual([record('b')])
  fail('none')
  await storage.update('any', () => 1)
  expect(values.has('visit/a')).toBe(false)
})

test('the deletion of one record by its whole key holds as well, though the database refuses it', async () => {
  const { storage, values, fail } = create()
  for (const id of ['a', 'b']) await storage.update(`visit/${id}`, () => record(id))
  fail('refuses to write')
  await storage.clear('visit/a')
  expect(await storage.list('visit/', 1)).toEqual([record('b')])
  fail('none')
  await storage.update('any', () => 1)
  expect([...values.keys()].sort()).toEqual(['any', 'visit/b'])
})

test('a database that answers again is given what it had refused, except visits, which are the journal’s', async () => {
  const { storage, values, fail } = create()
  fail('refuses')
  await storage.update('visitor', () => ({ token: 't' }))
  await storage.update('message/m', () => record('m'))
  await storage.update('visit/v', () => record('v'))
  fail('none')
  await storage.update('config', () => ({}))
  expect([...values.keys()].sort()).toEqual(['config', 'message/m', 'visitor'])
  expect([storage.volatile('visitor'), storage.volatile('visit/v')]).toEqual([false, true])
  expect(await storage.list('visit/')).toEqual([record('v')])
  await storage.update('visit/v', (old) => old)
  expect([storage.volatile('visit/v'), values.get('visit/v')]).toEqual([false, record('v')])
})

test('what is only in memory can be given up', async () => {
  const { storage, values, fail } = create()
  await storage.update('visit/a', () => record('a', { title: 'kept' }))
  fail('refuses')
  await storage.update('visit/a', () => record('a', { title: 'newer' }))
  storage.leave('visit/a')
  fail('none')
  expect([await storage.get('visit/a'), values.get('visit/a')]).toEqual([
    record('a', { title: 'kept' }),
    record('a', { title: 'kept' }),
  ])
})

test('a database that hung is let alone for half a minute', { tag: '@slow' }, async () => {
  const { storage, values, fail, clock } = create()
  fail('hangs')
  await storage.update('a', () => 1)
  fail('none')
  await storage.update('b', () => 2)
  expect([...values.keys()]).toEqual([])
  await clock.advance(30_001)
  await storage.update('c', () => 3)
  expect([...values.keys()].sort()).toEqual(['a', 'b', 'c'])
})

test('what was found nowhere and written nowhere while the database refused is not deleted from it later', async () => {
  const { storage, values, fail } = create()
  fail('refuses')
  expect(await storage.update('visit/1', () => undefined)).toBeUndefined()
  fail('none')
  values.set('visit/1', { id: '1' })
  await storage.update('visitor', () => ({ token: 't' }))
  expect([await storage.get('visit/1'), [...values.keys()].sort()]).toEqual([{ id: '1' }, ['visit/1', 'visitor']])
})

test('nothing is asked of the database before somebody agrees to it', async () => {
  const { storage, values } = create(true)
  await storage.update('visitor', () => ({ token: 't' }))
  expect([await storage.get('visitor'), [...values.keys()]]).toEqual([{ token: 't' }, []])
  storage.wake()
  await storage.update('config', () => ({}))
  expect([...values.keys()].sort()).toEqual(['config', 'visitor'])
})

/** The real thing, on the model's IndexedDB. */
const open = async () => {
  const scheduler = createScheduler(createChance(1))
  // As strict as WebKit's.
  const database = createDatabaseModel(scheduler, true)
  const owner = newOwner()
  const clock = createManualClock()
  const listeners = new Set<(event: PageEvent) => void>()
  let isHeard = true
  const page = {
    observe: (listener: (event: PageEvent) => void) => (listeners.add(listener), () => listeners.delete(listener)),
    stop: () => void (isHeard = false),
  }
  Object.assign(globalThis, { indexedDB: database.factory(owner), IDBKeyRange: keyRange })
  const storage = createStorage({
    database: createDatabase('tagalong-test', clock, page),
    clock,
    overlayMemory: async (...given) => createMemoryOverlay(clock, ...given),
    isDormant: false,
  })
  const given = async <T>(promise: Promise<T>): Promise<T> => {
    for (let turn = 0; turn < 20; turn++) {
      await scheduler.run(scheduler.now() + 100)
      await settled()
    }
    return promise
  }
  return {
    scheduler,
    database,
    owner,
    clock,
    storage,
    given,
    tell: (event: PageEvent) => listeners.forEach((listener) => isHeard && listener(event)),
    isHeard: () => isHeard,
  }
}

test('a connection that the browser has closed is opened once more', { tag: '@slow' }, async () => {
  const { database, owner, storage, given } = await open()
  await given(storage.update('a', () => 1))
  database.closeFor(owner, false)
  await given(storage.update('b', () => 2))
  database.closeFor(owner, true)
  expect(await given(storage.get('a'))).toBe(1)
  expect([...database.kept]).toEqual([
    ['a', 1],
    ['b', 2],
  ])
  expect([storage.volatile('a'), storage.volatile('b')]).toEqual([false, false])
})

test('what is under way as the page goes into the back/forward cache keeps no other waiting, and is asked again when the page comes back', async () => {
  const { scheduler, database, owner, storage, given, tell } = await open()
  await given(storage.update('count', () => 1))
  const settledInOrder: string[] = []
  const note = (what: string) => () => void settledInOrder.push(what)
  const began = storage.update<number>('count', (old = 0) => old + 1).then(note('update'))
  const reading = storage.list('').then(note('list'))
  // Its transactions exist, and nothing has been answered.
  await settled()
  tell('leave')
  const late = storage.get('count').then(note('get'))
  tell('asleep')
  await settled()
  owner.asleep = true

  const other = newOwner()
  Object.assign(globalThis, { indexedDB: database.factory(other) })
  const clock = createManualClock()
  const next = createStorage({
    database: createDatabase('tagalong-test', clock, { observe: () => () => undefined }),
    clock,
    overlayMemory: async (...layOver) => createMemoryOverlay(clock, ...layOver),
    isDormant: false,
  })
  expect(await given(next.update<number>('count', (old = 0) => old + 10))).toBe(11)
  expect([next.volatile('count'), settledInOrder]).toEqual([false, []])

  Object.assign(globalThis, { indexedDB: database.factory(owner) })
  tell('restore')
  scheduler.wake(owner)
  await given(Promise.all([began, reading, late]))
  expect(settledInOrder.sort()).toEqual(['get', 'list', 'update'])
  expect(database.kept.get('count')).toBe(12)
})

test('what still runs when everything stops hears that the page falls asleep, and nobody does when it has run', async () => {
  const stopped = await open()
  await stopped.given(stopped.storage.update('a', () => 1))
  stopped.storage.stop()
  await stopped.given(Promise.resolve())
  expect(stopped.isHeard()).toBe(false)

  const { database, owner, storage, given, tell, isHeard } = await open()
  await given(storage.update('a', () => 1))
  void storage.update('a', () => 2)
  await settled()
  storage.stop()
  await settled()
  expect(isHeard()).toBe(true)
  tell('asleep')
  owner.asleep = true
  await given(Promise.resolve())
  expect(database.busy(owner)).toBe(false)
})

test('a deletion begun before the page goes into the back/forward cache is carried out there', async () => {
  const { database, owner, storage, given, tell } = await open()
  await given(storage.update('visit/a', () => record('a')))
  void storage.clear('visit/a')
  await settled()
  tell('leave')
  tell('asleep')
  owner.asleep = true
  await given(Promise.resolve())
  expect([...database.kept]).toEqual([])
})

test('a change that throws is refused and leaves what was there', async () => {
  const { database, storage, given } = await open()
  await given(storage.update('a', () => 1))
  const broken = storage.update('a', () => {
    throw new Error('broken')
  })
  broken.catch(() => {})
  await given(Promise.resolve())
  expect(database.kept.get('a')).toBe(1)
})

test('a database that never answers is waited for twice over, for a page that slept hears its timer first', async () => {
  const { database, clock, storage, given } = await open()
  await given(storage.update('a', () => 1))
  database.setCondition('hung')
  let value: unknown = 'waiting'
  void storage.update('a', () => 2).then((is) => (value = is))
  await clock.advance(2001)
  expect(value).toBe('waiting')
  await clock.advance(2001)
  expect([value, storage.volatile('a')]).toEqual([2, true])

  const slept = await open()
  slept.database.setCondition('hung')
  let heard: unknown = 'waiting'
  void slept.storage.update('b', () => 3).then((is) => (heard = is))
  await slept.clock.advance(2001)
  slept.database.setCondition('fine')
  await slept.given(Promise.resolve())
  expect([heard, slept.storage.volatile('b')]).toEqual([3, false])
})

test('a full disk, or a database that is refused, is no error', async () => {
  for (const trouble of ['full', 'refused'] as const) {
    const { database, storage, given } = await open()
    database.setCondition(trouble)
    expect(await given(storage.update('a', () => 1))).toBe(1)
    expect([storage.volatile('a'), await given(storage.get('a')), await given(storage.list('x/'))]).toEqual([
      true,
      1,
      [],
    ])
  }
})

test('the end throws nothing where the database was lost and is refused by now', async () => {
  const { database, owner, storage, given } = await open()
  await given(storage.update('a', () => 1))
  database.closeFor(owner, true)
  // The word of it arrives.
  await given(Promise.resolve())
  const refuse = () => {
    throw new DOMException('refused', 'SecurityError')
  }
  Object.assign(globalThis, { indexedDB: { open: refuse } })
  expect(() => storage.stop()).not.toThrow()
})
