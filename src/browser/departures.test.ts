import { expect, test } from 'playwright/test'
import { createManualClock } from '../../e2e/fakes/clock'
import { createTarget } from '../../e2e/model/target'
import { createDepartures } from './departures'

const event = { defaultPrevented: false } as Event // All that is asked of it.
const prevented = { defaultPrevented: true } as Event // For the same reason.

/** A page at https://shop.example/, with the Navigation API or without. */
const createStage = (navigation: object | undefined = createTarget()) => {
  const clock = createManualClock()
  const location = { href: 'https://shop.example/', origin: 'https://shop.example' }
  Object.defineProperty(globalThis, 'location', { value: location, configurable: true })
  Object.defineProperty(globalThis, 'navigation', { value: navigation, configurable: true, writable: true })
  return { clock, location, departures: createDepartures(clock) }
}

test('a page of this site is a sign, one of another, a prevented one and none at all are not', () => {
  const { departures } = createStage()
  expect(departures.toOwnSite()).toBeUndefined()
  departures.expect(event, '/next')
  expect(departures.toOwnSite()).toBeDefined()
  departures.expect(prevented, '/next')
  expect(departures.toOwnSite()).toBeUndefined()
  departures.expect(event, 'https://elsewhere.example/')
  expect(departures.toOwnSite()).toBeUndefined()
})

test('a sign expires, and ends when a router has brought the page there', async () => {
  const { clock, location, departures } = createStage()
  departures.expect(event, '/next')
  await clock.advance(10_001)
  expect(departures.toOwnSite()).toBeUndefined()
  departures.expect(event, '/routed')
  location.href = 'https://shop.example/routed'
  expect(departures.toOwnSite()).toBeUndefined()
})

test('what is no address gives no sign, and throws nothing', () => {
  const { departures } = createStage()
  departures.expect(event, 'http://[')
  expect(departures.toOwnSite()).toBeUndefined()
})

test('the Navigation API tells of documents alone, and no more once it is stopped', () => {
  const navigation = createTarget()
  const { departures } = createStage(navigation)
  const navigate = (url: string, more = {}) =>
    navigation.dispatch({
      type: 'navigate',
      defaultPrevented: false,
      destination: { url, sameDocument: false },
      downloadRequest: null,
      ...more,
    })
  navigate('https://shop.example/file', { downloadRequest: 'file.pdf' })
  navigate('https://shop.example/#there', { destination: { url: 'https://shop.example/#there', sameDocument: true } })
  expect(departures.toOwnSite()).toBeUndefined()
  navigate('https://shop.example/next')
  expect(departures.toOwnSite()).toBeDefined()
  departures.stop()
  navigate('https://elsewhere.example/')
  expect(departures.toOwnSite()).toBeDefined()
})
