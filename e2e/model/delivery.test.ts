import { expect, test } from 'playwright/test'
import { bundleCore, type Bundle } from './core.ts'
import { faults } from './faults.ts'
import { run } from './run.ts'

const runs = 10_000
const shards = 10
const only = process.env.TAGALONG_SEED

const again = (seed: number) =>
  `again with: TAGALONG_SEED=${seed} npx playwright test -c e2e --project=unit model/delivery`

let bundle: Bundle
test.beforeAll(async () => {
  bundle = await bundleCore()
})

if (only)
  test(`the journey of seed ${only} keeps the promises`, async () => {
    const { complaints, log } = await run(bundle, +only)
    console.log(log.join('\n'))
    expect(complaints).toEqual([])
  })
else
  for (let shard = 0; shard < shards; shard++) {
    const from = (shard * runs) / shards
    const to = from + runs / shards
    test(`journeys ${from} to ${to - 1}: nothing is lost, doubled, mistitled or out of order beyond the published rule`, async () => {
      test.setTimeout(600_000)
      for (let seed = from; seed < to; seed++) {
        const { complaints } = await run(bundle, seed)
        expect(complaints, again(seed)).toEqual([])
      }
    })
  }

for (const [name, planted] of Object.entries(faults))
  test(`it is noticed when ${name}`, async () => {
    test.setTimeout(600_000)
    for (let seed = 0; seed < runs; seed++) if ((await run(bundle, seed, planted)).complaints.length) return
    expect(false, `${name}: no complaint in ${runs} runs`).toBe(true)
  })
