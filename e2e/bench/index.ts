/** `npm run bench`: Tagalong, the official widget and no widget at all, in turn, on one machine in one run. A ratio is a result, a time is not. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { createBuilder } from 'vite'
import { needChromium } from '../stage/browser.ts'
import { measureBouncesOfAll, sayBounces } from './measures/bounces.ts'
import { figuresOfChat, measureChat, sayChat } from './measures/chat.ts'
import { figuresOfDelivery, measureDelivery, sayDelivery } from './measures/delivery.ts'
import { measureHandover, sayHandover } from './measures/handover.ts'
import { figuresOfLoad, measureLoad, sayLoad } from './measures/load.ts'
import { fetchOfficial, official } from './stage/official.ts'
import { figuresOfPaint, measurePaint, sayPaint } from './measures/paint.ts'
import { measureQueue, sayQueue } from './measures/queue.ts'
import type { Run } from './run.ts'
import { engines } from './stage/anyEngine.ts'
import { figuresOfSum, measureSum, saySum } from './measures/sum.ts'
import { needed } from '../stage/needed.ts'

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
  bounces: part(measureBouncesOfAll, sayBounces, (all) => all),
  handover: part(measureHandover, sayHandover, (all) => all),
  queue: part(measureQueue, sayQueue, (costs) => costs),
  chat: part(measureChat, sayChat, figuresOfChat),
}
type Part = keyof typeof parts

const groups: Record<string, Part[]> = {
  load: ['load', 'paint', 'sum'],
  delivery: ['journeys', 'bounces', 'queue'],
  chat: ['chat'],
}

const usage = `npm run bench -- [${[...new Set([...Object.keys(groups), ...Object.keys(parts)])].join('|')}] [--times=5] [--seed=1] [--cpu=4] [--only=part of a journey's name] [--engine=${engines.join('|')}, of delivery's journeys]`

const options = {
  times: { type: 'string', default: '5' },
  seed: { type: 'string', default: '1' },
  cpu: { type: 'string', default: '4' },
  only: { type: 'string' },
  engine: { type: 'string', default: 'chromium' },
} as const

/** Only Chromium's processor can be slowed. */
const slowness = ({ engine, cpu }: Run) => (engine === 'chromium' ? `processor slowed ${cpu} times` : `in ${engine}`)

const isPart = (name: string): name is Part => Object.hasOwn(parts, name)

/** What the command line asks for; throws with its usage when there is no such thing. */
const readCommand = (args: string[]) => {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const names = positionals.length ? positionals : Object.keys(groups)
  const wanted = names.flatMap((name) => {
    const found = groups[name] ?? (isPart(name) ? [name] : undefined)
    if (!found) throw new Error(usage)
    return found
  })
  const engine = engines.find((name) => name === values.engine)
  if (!engine) throw new Error(usage)
  return {
    // Only the journeys are played in other engines.
    wanted: engine === 'chromium' ? wanted : wanted.filter((name) => name === 'journeys'),
    times: Number(values.times),
    seed: Number(values.seed),
    cpu: Number(values.cpu),
    only: values.only,
    engine,
  }
}

export const bench = async (args: string[]): Promise<void> => {
  const { wanted, ...asked } = readCommand(args)
  needChromium()
  if (!process.env.TAGALONG_BUILT) await (await createBuilder({ logLevel: 'warn' })).buildApp()
  const run: Run = { ...asked, frameFolder: fetchOfficial(), tell: (line) => console.error(line) }
  mkdirSync(results, { recursive: true })
  for (const name of wanted) {
    const measured = await parts[name](run)
    const machine = `${cpus().length} processors, load ${needed(loadavg()[0], 'load average').toFixed(1)}`
    const page = `## ${name}\n\n${run.times} runs of each in turn (figures are their medians, counts their sums), ${slowness(run)}, seed ${run.seed}; official is ${official.name} ${official.version}; ${machine}.\n\n${measured.text}\n`
    console.log(`\n${page}`)
    const file = `${results}/${name}${run.engine === 'chromium' ? '' : `-${run.engine}`}`
    writeFileSync(`${file}.md`, page)
    writeFileSync(`${file}.json`, `${JSON.stringify({ ...run, machine, figures: measured.figures }, undefined, 1)}\n`)
  }
  process.exit()
}
