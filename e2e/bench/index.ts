/** `npm run bench`: Tagalong, the official widget and no widget at all, in turn, on one machine in one run. A ratio is a result, a time is not. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { createBuilder } from 'vite'
import { needChromium } from '../stage/browser.ts'
import { figuresOfChat, measureChat, sayChat } from './chat.ts'
import { figuresOfDelivery, measureDelivery, sayDelivery } from './delivery.ts'
import { measureHandover, sayHandover } from './handover.ts'
import { figuresOfLoad, measureLoad, sayLoad } from './load.ts'
import { fetchOfficial, official } from './official.ts'
import { figuresOfPaint, measurePaint, sayPaint } from './paint.ts'
import { measureQueue, sayQueue } from './queue.ts'
import { figuresOfSum, measureSum, saySum } from './sum.ts'

export interface Run {
  times: number
  seed: number
  /** How many times slower the processor is made. */
  cpu: number
  /** Journeys whose name has this in it. */
  only?: string | undefined
  frameFolder: string
  tell(text: string): void
}

const results = 'e2e/bench/results'

const part =
  <T>(measure: (run: Run) => Promise<T>, words: (measured: T) => string, figures: (measured: T) => unknown) =>
  async (run: Run) => {
    const measured = await measure(run)
    return { text: words(measured), figures: figures(measured) }
  }

const parts = {
  load: part(measureLoad, sayLoad, figuresOfLoad),
  paint: part(measurePaint, sayPaint, figuresOfPaint),
  sum: part(measureSum, saySum, figuresOfSum),
  journeys: part(measureDelivery, sayDelivery, figuresOfDelivery),
  handover: part(measureHandover, sayHandover, (all) => all),
  queue: part(measureQueue, sayQueue, (costs) => costs),
  chat: part(measureChat, sayChat, figuresOfChat),
}
type Part = keyof typeof parts

const groups: Record<string, Part[]> = { load: ['load', 'paint', 'sum'], delivery: ['journeys', 'queue'], chat: ['chat'] }

export const bench = async (given: string[]): Promise<void> => {
  const text = (name: string) => given.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3)
  const number = (name: string, otherwise: number) => Number(text(name) ?? otherwise)
  const names = given.filter((arg) => !arg.startsWith('--'))
  const wanted = (names.length ? names : Object.keys(groups)).flatMap((name) => groups[name] ?? (Object.hasOwn(parts, name) ? [name as Part] : []))
  if (wanted.length < names.length || !wanted.length) throw new Error(`npm run bench -- [${[...new Set([...Object.keys(groups), ...Object.keys(parts)])].join('|')}] [--times=5] [--seed=1] [--cpu=4] [--only=part of a journey's name]`)
  needChromium()
  if (!process.env.TAGALONG_BUILT) await (await createBuilder({ logLevel: 'warn' })).buildApp()
  const run: Run = { times: number('times', 5), seed: number('seed', 1), cpu: number('cpu', 4), only: text('only'), frameFolder: fetchOfficial(), tell: (line) => console.error(line) }
  mkdirSync(results, { recursive: true })
  for (const name of wanted) {
    const measured = await parts[name](run)
    const machine = `${cpus().length} processors, load ${loadavg()[0]!.toFixed(1)}`
    const page = `## ${name}\n\n${run.times} runs of each in turn (figures are their medians, counts their sums), processor slowed ${run.cpu} times, seed ${run.seed}; official is ${official.name} ${official.version}; ${machine}.\n\n${measured.text}\n`
    console.log(`\n${page}`)
    writeFileSync(`${results}/${name}.md`, page)
    writeFileSync(`${results}/${name}.json`, `${JSON.stringify({ ...run, machine, figures: measured.figures }, undefined, 1)}\n`)
  }
  process.exit()
}
