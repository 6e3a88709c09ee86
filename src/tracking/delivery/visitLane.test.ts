import { expect, test } from 'playwright/test'
import { settled } from '../../../e2e/fakes/core'
import { createLanes } from '../../../e2e/fakes/lane'

/** A tab of a browser whose stored config says which change the server watches. */
const create = (monitor: string) => {
  const lanes = createLanes()
  lanes.values.set('config', { at: 1, config: { settings: { historyMonitorType: monitor } } })
  return { ...lanes, ...lanes.tab() }
}

test('the stored config is read for the first visit, and not once more while visits are kept', async () => {
  const { put, clock, changes, cost } = create('title')
  await put('a')
  await clock.advance(600)
  cost()
  await put('b')
  await settled()
  expect(changes).toEqual(['title', 'title'])
  // What the lane has learnt of the server is asked before every run, and nothing else.
  expect(cost().reads).toBe(1)
})

test('where somebody has read it already, what they say holds', async () => {
  const { visits, put, clock, changes } = create('url')
  visits.learn({ at: 1, config: { settings: { historyMonitorType: 'title' } } })
  await put('a')
  await clock.advance(600)
  visits.learn({ at: 2, config: {} })
  await put('b')
  await settled()
  expect(changes).toEqual(['title', 'url'])
})
