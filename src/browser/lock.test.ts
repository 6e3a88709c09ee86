import { expect, test } from 'playwright/test'
import { settled } from '../../e2e/fakes/core'
import { createChance } from '../../e2e/model/chance'
import { createWebLocks } from '../../e2e/model/browser/locks'
import { createScheduler, newOwner } from '../../e2e/model/scheduler'
import type { Page, PageEvent } from './ports'
import { createLocks, type FallbackLock } from './lock'

const navigated = (locks: unknown) =>
  Object.defineProperty(globalThis, 'navigator', { value: { locks }, configurable: true, writable: true })

const createPage = () => {
  const listeners = new Set<(event: PageEvent) => void>()
  const page: Page = {
    visible: () => true,
    parsed: () => true,
    listen() {},
    observe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return {
    page,
    fire: (event: PageEvent) => [...listeners].forEach((listener) => listener(event)),
    heard: () => listeners.size,
  }
}
const job = () => {
  let stop!: () => void
  const done = new Promise<void>((resolve) => (stop = resolve))
  const state = { begun: 0 }
  return { state, stop: () => stop(), run: () => (state.begun++, done) }
}
const noHelp: FallbackLock = async () => {
  throw new Error('not to be had')
}

/** The browser's own locks, for two tabs. */
const web = () => {
  const scheduler = createScheduler(createChance(2))
  const twin = createWebLocks(scheduler)
  const tab = () => {
    const owner = newOwner()
    const { page, fire, heard } = createPage()
    const lock = createLocks(page, noHelp)('name')
    return {
      owner,
      fire,
      heard,
      /** The locks are looked up when they are asked for, as one document does. */
      hold(run: () => Promise<void>) {
        navigated(twin.of(owner))
        return lock.hold(run)
      },
    }
  }
  const granted = async () => {
    for (let turn = 0; turn < 4; turn++) {
      await settled()
      await scheduler.run(scheduler.now() + 20)
    }
    await settled()
  }
  return { twin, tab, granted }
}

test('one tab runs at a time, and lets go when it has run', async () => {
  const { tab, granted, twin } = web()
  const [a, b] = [job(), job()]
  const first = tab().hold(a.run)
  const second = tab().hold(b.run)
  await granted()
  expect([a.state.begun, b.state.begun]).toEqual([1, 0])
  a.stop()
  await first
  await granted()
  expect(b.state.begun).toBe(1)
  b.stop()
  await second
  expect(twin.holders()).toEqual([])
})

test('a page that leaves lets go at once, and stops waiting', async () => {
  const { tab, granted, twin } = web()
  const [a, b, c] = [job(), job(), job()]
  const holder = tab()
  const waiter = tab()
  const first = holder.hold(a.run)
  const second = waiter.hold(b.run)
  await granted()
  waiter.fire('leave')
  holder.fire('leave')
  await first
  await second
  const third = tab().hold(c.run)
  await granted()
  expect([a.state.begun, b.state.begun, c.state.begun]).toEqual([1, 0, 1])
  expect([holder.heard(), waiter.heard()]).toEqual([0, 0])
  c.stop()
  await third
  await granted()
  expect(twin.holders()).toEqual([])
})

test('where locks are refused, as in an opaque origin, it runs without', async () => {
  navigated({ request: () => Promise.reject(new Error('SecurityError')) })
  const { page, heard } = createPage()
  const a = job()
  a.stop()
  await createLocks(page, noHelp)('name').hold(a.run)
  expect([a.state.begun, heard()]).toEqual([1, 0])
})

test('what fails inside is not run a second time', async () => {
  navigated({ request: (_name: string, _options: object, run: () => Promise<void>) => run() })
  const { page } = createPage()
  let begun = 0
  await createLocks(
    page,
    noHelp,
  )('name').hold(async () => {
    begun++
    throw new Error('broken')
  })
  expect(begun).toBe(1)
})

test('where the browser has no locks the lease is asked, under the same name', async () => {
  navigated(undefined)
  const asked: string[] = []
  const lease: FallbackLock = async (name, _signal, run) => {
    asked.push(name)
    await run()
  }
  const a = job()
  a.stop()
  const { page } = createPage()
  await createLocks(page, lease)('name').hold(a.run)
  expect([asked, a.state.begun]).toEqual([['name'], 1])
})

test('where the lease cannot be fetched it runs all the same: tracking waits for no chunk', async () => {
  navigated(undefined)
  const a = job()
  a.stop()
  await createLocks(createPage().page, noHelp)('name').hold(a.run)
  expect(a.state.begun).toBe(1)
})
