/** `npm run bench`: Tagalong, the official widget and no widget at all, in turn, on one machine in one run. A ratio is a result, a time is not. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { createBuilder } from 'vite'
import { needChromium } from '../build/browser.ts'
import { measureDelivery, sayDelivery } from './delivery.ts'
import { measureLoad, sayLoad } from './load.ts'
import { fetchOfficial, official } from './official.ts'

export interface Run {
  times: number
  seed: number
  cpu: number
  /** Journeys whose name has this in it. */
  only: string | undefined
  frameFolder: string
  tell(text: string): void
}

const results = 'e2e/bench/results'

const benches: Record<string, (run: Run) => Promise<{ text: string; figures: unknown }>> = {
  async load(run) {
    const measured = await measureLoad(run)
    return { text: sayLoad(measured), figures: Object.fromEntries(measured.all) }
  },
  async delivery(run) {
    const delivered = await measureDelivery(run, run.only)
    return { text: sayDelivery(delivered), figures: delivered.map(({ journey, sides }) => ({ journey: journey.name, ...Object.fromEntries([...sides].map(([{ name }, played]) => [name, played])) })) }
  },
}

export const bench = async (given: string[]): Promise<void> => {
  const text = (name: string) => given.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3)
  const option = (name: string, otherwise: number) => Number(text(name) ?? otherwise)
  const names = given.filter((arg) => !arg.startsWith('--'))
  const unknown = names.find((name) => !Object.hasOwn(benches, name))
  if (unknown) throw new Error(`There is no bench "${unknown}": ${Object.keys(benches).join(', ')}.`)
  needChromium()
  if (!process.env.TAGALONG_BUILT) await (await createBuilder({ logLevel: 'warn' })).buildApp()
  const run: Run = { times: option('times', 5), seed: option('seed', 1), cpu: option('cpu', 4), only: text('only'), frameFolder: fetchOfficial(), tell: (text) => console.error(text) }
  mkdirSync(results, { recursive: true })
  for (const name of names.length ? names : Object.keys(benches)) {
    const measured = await benches[name]!(run)
    const titled = `## ${name}\n\nMedians of ${run.times}, processor slowed ${run.cpu} times, against ${official.name} ${official.version}; seed ${run.seed}.\n\n${measured.text}\n`
    console.log(`\n${titled}`)
    writeFileSync(`${results}/${name}.md`, titled)
    writeFileSync(`${results}/${name}.json`, `${JSON.stringify({ ...run, figures: measured.figures }, undefined, 2)}\n`)
  }
  process.exit()
}
