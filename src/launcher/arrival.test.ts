import { expect, test } from 'playwright/test'
import { createManualClock, settled } from '../../e2e/fakes/core'
import { createPageByHand } from './arrival'
import { noRecovery } from '../../e2e/fakes/recovery'

test('a page the host reports waits for what it takes, however long that cannot be fetched', async () => {
  const clock = createManualClock()
  const reported: unknown[] = []
  let comes = false
  const recordByHand = async (...given: unknown[]) => void reported.push(given)
  const page = createPageByHand({
    clock,
    recovery: async () =>
      comes ? { kind: 'here', recovery: { ...noRecovery, recordByHand } } : { kind: 'unreachable' },
  })
  const here = { href: 'https://shop.example/', title: 'Home' }
  let done = false
  void page({ title: 'Step two' }, here).then(() => (done = true))
  await clock.advance(25_000)
  expect([reported, done]).toEqual([[], false])
  comes = true
  await clock.advance(10_000)
  await settled()
  expect([reported, done]).toEqual([[[here, { title: 'Step two' }]], true])
})
