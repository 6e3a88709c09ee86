import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { officialTitles } from './official.ts'

const folder = 'e2e/specs/dropin'

/** Every title that a test of ours claims. */
const claimed = readdirSync(folder)
  .filter((file) => file.endsWith('.spec.ts'))
  .flatMap((file) => [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/\bofficial\(([^)]*)\)/g)])
  .flatMap(([, titles = '']) => [...titles.matchAll(/'([^']+)'/g)].map(([, title]) => title))

test('each of Rocket.Chat’s own tests of its widget’s API has a spec of ours', () => {
  expect([...claimed].sort()).toEqual([...officialTitles].sort())
})
