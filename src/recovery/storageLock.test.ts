import { expect, test } from 'playwright/test'
import { createManualClock, settled } from '../../e2e/fakes/core'
import type { Clock, Store, Tabs } from '../browser/ports'
import { createStorageLock } from './storageLock'
import { createMemory } from '../browser/memory'
import { createMemoryOverlay } from './memoryOverlay'
import { createStorage } from '../tracking/storage'

/** Tabs of one browser on plain http. */
const createTabs = () => {
  const clock = createManualClock()
  const memory = createMemory()
  let skewMs = 0
  const hearing = new Set<(from: string, topic: string) => void>()
  const order: string[] = []
  let inside = 0
  let together = 0
  const open = (doc: string) => {
    let alive = true
    const own: Clock = { now: () => clock.now() + skewMs, after: (ms, run) => clock.after(ms, () => alive && run()) }
    const tabs: Tabs = {
      post: (topic) => alive && setImmediate(() => hearing.forEach((hear) => hear(doc, topic))),
      observe(topic, listener) {
        const hear = (from: string, said: string) => alive && from !== doc && said === topic && listener(undefined)
        hearing.add(hear)
        return () => hearing.delete(hear)
      },
    }
    const exclusive = createStorageLock({
      storage: createStorage({
        database: memory,
        clock: own,
        overlayMemory: async (...given) => createMemoryOverlay(own, ...given),
        isDormant: false,
      }),
      clock: own,
      tabs,
      owner: doc,
    })
    return {
      /** Works until it is told to stop. */
      work(signal = new AbortController().signal) {
        let stop!: () => void
        const done = new Promise<void>((resolve) => (stop = resolve))
        const over = exclusive('lock', signal, async () => {
          order.push(doc)
          together = Math.max(together, ++inside)
          await done
          inside--
        })
        return { stop, over }
      },
      die: () => void (alive = false),
    }
  }
  return {
    clock,
    open,
    order,
    together: () => together,
    jump: (ms: number) => void (skewMs += ms),
    forgetDead: () => void (inside = 0),
  }
}

test('one works at a time, and the next begins when it is done', async () => {
  const { open, order, together } = createTabs()
  const jobs = ['a', 'b', 'c'].map((doc) => open(doc).work())
  await settled()
  expect(order).toEqual(['a'])
  jobs[0]!.stop()
  await jobs[0]!.over
  await settled()
  expect(order).toHaveLength(2)
  jobs.forEach(({ stop }) => stop())
  await Promise.all(jobs.map(({ over }) => over))
  expect([order.sort(), together()]).toEqual([['a', 'b', 'c'], 1])
})

test('a holder that lives keeps it for as long as its work takes', async () => {
  const { open, order, clock } = createTabs()
  const { stop, over } = open('a').work()
  await settled()
  open('b').work()
  await clock.advance(120_000)
  expect(order).toEqual(['a'])
  stop()
  await over
  await settled()
  expect(order).toEqual(['a', 'b'])
})

test('what a dead holder held is taken after a quarter of a minute without a sign of life', async () => {
  const { open, order, clock } = createTabs()
  const dead = open('a')
  void dead.work()
  await clock.advance(6000)
  open('b').work()
  await settled()
  dead.die()
  await clock.advance(14_000)
  expect(order).toEqual(['a'])
  await clock.advance(2000)
  expect(order).toEqual(['a', 'b'])
})

for (const [name, ms] of [
  ['back', -86_400_000],
  ['forward', 86_400_000],
] as const)
  test(`a clock that is set ${name} neither takes it from a holder that lives nor keeps it for a dead one`, async () => {
    const { open, order, clock, jump, together, forgetDead } = createTabs()
    const first = open('a')
    void first.work()
    await settled()
    open('b').work()
    await settled()
    jump(ms)
    await clock.advance(60_000)
    expect([order, together()]).toEqual([['a'], 1])
    first.die()
    forgetDead()
    await clock.advance(40_000)
    expect(order).toEqual(['a', 'b'])
  })

test('whoever gives up waiting leaves no trace and gets no turn', async () => {
  const { open, order, clock } = createTabs()
  const { stop, over } = open('a').work()
  await settled()
  const abort = new AbortController()
  const waiting = open('b').work(abort.signal)
  await settled()
  abort.abort()
  await waiting.over
  expect(clock.pending().every((ms) => ms <= 5000)).toBe(true)
  stop()
  await over
  await settled()
  expect(order).toEqual(['a'])
})

test('the same document asks again at once', async () => {
  const { open, order } = createTabs()
  const tab = open('a')
  for (let n = 0; n < 3; n++) {
    const { stop, over } = tab.work()
    await settled()
    stop()
    await over
  }
  expect(order).toEqual(['a', 'a', 'a'])
})

test('a sign of life that is on its way when the lease is given back keeps nobody out', async () => {
  const clock = createManualClock()
  const memory = createMemory()
  const late: (() => void)[] = []
  let slow = false
  const storage = {
    async update(key: string, change: (old: unknown) => unknown) {
      if (slow) await new Promise<void>((resolve) => late.push(resolve))
      return memory.update(key, change)
    },
  } as unknown as Store
  const exclusive = createStorageLock({ storage, clock, tabs: { post: () => {}, observe: () => () => {} }, owner: 'a' })
  let stop!: () => void
  const over = exclusive('lock', new AbortController().signal, () => new Promise<void>((resolve) => (stop = resolve)))
  await settled()
  slow = true
  await clock.advance(5000)
  stop()
  await settled()
  slow = false
  late.splice(0).forEach((go) => go())
  await over
  await clock.advance(60_000)
  expect(await memory.get('lease/lock')).toBeUndefined()
  expect(clock.pending()).toEqual([])
})
