import { expect, test } from 'playwright/test'
import { bundleCore } from './core.ts'
import { run } from './run.ts'

let bundle: Awaited<ReturnType<typeof bundleCore>>
test.beforeAll(async () => {
  bundle = await bundleCore()
})

const from = +(process.env.FROM ?? 0)
const count = +(process.env.COUNT ?? 300)
test('explores', async () => {
  test.setTimeout(600_000)
  let bad = 0
  const begun = Date.now()
  const kinds: Record<string, number[]> = {}
  let visits = 0, calls = 0
  for (let seed = from; seed < from + count; seed++) {
    const { complaints, log, browser } = await run(bundle, seed)
    visits += browser.tabs.reduce((s, t) => s + t.journey.seen.length, 0)
    calls += browser.server.calls.length
    for (const c of complaints) (kinds[c.split(':')[0]!] ??= []).push(seed)
    if (complaints.length) bad++
    if (process.env.SHOW || (complaints.length && bad <= +(process.env.BAD ?? 2))) console.log(seed, complaints, '\n' + log.join('\n'))
  }
  console.log({ bad, ms: Date.now() - begun, visits, calls })
  for (const [k, v] of Object.entries(kinds)) console.log(k, v.length, [...new Set(v)].slice(0, 30).join(' '))
  expect(bad).toBe(0)
})
