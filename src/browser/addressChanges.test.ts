import { createDepartures } from './departures'
import { expect, test } from 'playwright/test'
import { createFakeDocument, type FakeDocument, type FakeDocumentOptions } from '../../e2e/fakes/document'
import { watchAddress } from './addressChanges'
import type { AddressChange } from './ports'
import { patchHistory } from '../recovery/historyPatch'

let stage: FakeDocument
test.afterEach(() => stage.leave())

const watch = async (options: FakeDocumentOptions) => {
  stage = createFakeDocument(options)
  const heard: string[] = []
  const moved = (move?: AddressChange) =>
    void heard.push(`${move} ${location.href.replace('https://shop.example', '')}`)
  const stop = watchAddress(moved) ?? patchHistory(moved, stage.clock, () => {}, createDepartures(stage.clock))
  await stage.pass(1)
  await stage.pass(1)
  // What happened before this had come is looked for then.
  expect(heard.splice(0)).toEqual(options.engine === 'history' ? ['undefined /'] : [])
  return { heard, stop }
}

for (const engine of ['navigation', 'history'] as const) {
  test(`by ${engine}, every move is heard after it has happened, by its kind`, async () => {
    const { heard, stop } = await watch({ engine })
    await stage.task(() => stage.window.go('pushState', '/a'))
    await stage.task(() => stage.window.go('replaceState', '/b'))
    await stage.task(() => stage.window.move('/', 'traverse'))
    stop()
    await stage.task(() => stage.window.go('pushState', '/c'))
    await stage.task(() => stage.window.move('/', 'traverse'))
    // Looking once more at the same address changes nothing.
    expect(heard.filter((said, n) => said !== heard[n - 1])).toEqual(['push /a', 'replace /b', 'traverse /'])
  })

  test(`by ${engine}, a fragment that is followed is heard`, async () => {
    const { heard } = await watch({ engine })
    await stage.task(() => stage.window.move('#top', 'push'))
    await stage.pass(10)
    expect(new Set(heard.map((said) => said.split(' ')[1]))).toEqual(new Set(['/#top']))
  })
}

test('the host’s call keeps its this, its arguments, its result and its error', async () => {
  stage = createFakeDocument({ engine: 'history' })
  const seen: unknown[] = []
  Object.assign(Object.getPrototypeOf(history) as object, {
    pushState(this: unknown, ...given: unknown[]) {
      seen.push(this === history, given)
      if (given[2] === '/throws') throw new TypeError('refused')
      return 'result'
    },
  })
  const heard: unknown[] = []
  patchHistory(
    (move) => void heard.push(move),
    stage.clock,
    () => {},
    createDepartures(stage.clock),
  )
  await stage.pass(0)
  heard.length = 0
  expect((history.pushState as (...given: unknown[]) => unknown)({ a: 1 }, '', '/x')).toBe('result')
  expect(seen).toEqual([true, [{ a: 1 }, '', '/x']])
  expect(heard).toEqual(['push'])
  expect(() => history.pushState(null, '', '/throws')).toThrow('refused')
  expect(heard).toEqual(['push'])
})

test('without the Navigation API, history is left as it was found', async () => {
  const { stop } = await watch({ engine: 'history' })
  expect(Object.keys(history).sort()).toEqual(['pushState', 'replaceState'])
  stop()
  await stage.pass(0)
  expect(Object.keys(history)).toEqual([])
})

test('a wrapper laid over ours stays when we stop, and ours lets everything pass', async () => {
  const { heard, stop } = await watch({ engine: 'history' })
  const ours = history.pushState
  const theirs: unknown[] = []
  history.pushState = function (this: History, ...given) {
    theirs.push(given[2])
    return ours.apply(this, given)
  }
  const wrapper = history.pushState
  await stage.task(() => history.pushState(null, '', '/a'))
  stop()
  await stage.task(() => history.pushState(null, '', '/b'))
  expect(history.pushState).toBe(wrapper)
  expect([theirs, heard, location.href]).toEqual([['/a', '/b'], ['push /a'], 'https://shop.example/b'])
})

test('a frozen history is looked at when the visitor has done something', async () => {
  stage = createFakeDocument({ engine: 'history' })
  Object.defineProperty(globalThis, 'history', {
    value: Object.freeze({ pushState() {}, replaceState() {} }),
    configurable: true,
  })
  const heard: unknown[] = []
  const stop = patchHistory(
    (move) => void heard.push(move),
    stage.clock,
    () => {},
    createDepartures(stage.clock),
  )
  await stage.pass(1)
  await stage.pass(1)
  heard.length = 0
  await stage.task(() => stage.window.click())
  await stage.pass(10)
  expect(heard).toEqual([undefined])
  stop()
  await stage.task(() => stage.window.click())
  await stage.pass(10)
  expect(heard).toEqual([undefined])
})
