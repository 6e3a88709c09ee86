import { expect, test } from 'playwright/test'
import {
  createObservedNavigation,
  type ObservedNavigation,
  type ObservedNavigationOptions,
} from '../../e2e/fakes/navigation'

let watched: ObservedNavigation
const start = (options?: ObservedNavigationOptions) => (watched = createObservedNavigation(options))
test.afterEach(() => watched.leave())

for (const engine of ['navigation', 'history'] as const)
  for (const afterMs of [0, 10, 160, 400, 900])
    test(`by ${engine}, a title that comes ${afterMs} ms after the address is the page’s`, async () => {
      const { push, pass, trail } = start({ engine })
      await pass(0)
      await pass(1100)
      await push('/a', 'A', afterMs)
      await pass(1100)
      await push('/b', 'B', afterMs)
      await pass(1100)
      expect(trail()).toEqual(['/ Home', '/a A', '/b B'])
    })

test('a title that is written just before the address is the next page’s', async () => {
  const { window, pass, trail } = start()
  await pass(200)
  for (const name of ['A', 'B', 'C']) {
    await watched.task(() => {
      window.retitle(name)
      window.go('pushState', `/${name}`)
    })
    await pass(40)
  }
  await pass(1100)
  expect(trail()).toEqual(['/ Home', '/A A', '/B B', '/C C'])
})

test('pages 40 ms apart keep their own titles, and one left too soon has what it had', async () => {
  const { push, pass, trail } = start()
  await pass(1100)
  await push('/a', 'A', 10)
  await pass(40)
  await push('/b', 'B', 10)
  await pass(40)
  await push('/c', 'C', 160)
  await pass(40)
  await push('/d', 'D', 10)
  await pass(1100)
  // The router of /c wrote its title after all, when /d was there already: that one is told last.
  expect(trail().slice(0, 4)).toEqual(['/ Home', '/a A', '/b B', '/c B'])
})

test('a counter in the title is told while the page settles and not afterwards', async () => {
  const { window, pass, told, trail } = start()
  await pass(1100)
  const { times } = told.get('v1')!
  for (let n = 1; n < 5; n++) {
    await watched.task(() => window.retitle(`(${n}) Home`))
    await pass(1000)
  }
  expect([told.get('v1')?.times, trail()]).toEqual([times, ['/ Home']])
})

test('an empty title in between is not the last word', async () => {
  const { window, push, pass, trail } = start()
  await pass(1100)
  await push('/a', '')
  await pass(300)
  await watched.task(() => window.retitle('A'))
  await pass(1000)
  expect(trail()).toEqual(['/ Home', '/a A'])
})
