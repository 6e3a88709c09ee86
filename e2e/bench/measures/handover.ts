import { setTimeout as wait } from 'node:timers/promises'
import type { Fault } from '../../backend/index.ts'
import { createRandom, sum } from '../figures.ts'
import type { Run } from '../run.ts'
import { judge, type Verdict } from '../journey.ts'
import { createStubbedSides, sideNamed } from '../stage/sides.ts'
import { onStage } from '../stage/stage.ts'
import { table } from '../table.ts'

/** Documents in a row, each left by a link about when its report is on its way. */
const hops = 48
const stayMs = [900, 1500] as const
const latencyMs = 100
/** The fault comes and goes. */
const spellMs = [2000, 5000] as const

const faults: Record<string, Fault | undefined> = {
  'no fault': undefined,
  'answers of 503': { match: 'page.visited', latencyMs, status: 503 },
  'requests dropped': { match: '/api/', latencyMs, drop: 'before' },
  'a server that hangs': { match: '/api/', latencyMs: 600_000 },
  'answers lost': { match: 'page.visited', latencyMs, drop: 'after' },
}

export interface HandedOver {
  fault: string
  verdicts: (Verdict & { answersLost: number })[]
}

const playOnce = async (run: Run, fault: Fault | undefined, seed: number) => {
  const side = sideNamed(createStubbedSides(), 'tagalong')
  const random = createRandom(seed)
  const stays = Array.from({ length: hops }, () => random.between(...stayMs))
  const page = (path: string) => {
    const n = Number(/^\/h(\d+)$/.exec(path)?.[1] ?? 0)
    const next =
      n && n < hops
        ? `<a href="/h${n + 1}">next</a><script>setTimeout(()=>document.querySelector('a').click(),${stays[n]})</script>`
        : ''
    return { title: `Page ${path}`, body: `<h1>${path}</h1>${next}` }
  }
  return onStage({ side, frameFolder: run.frameFolder, cpu: 1, page }, async (stage) => {
    const usual: Fault = { match: '/api/', latencyMs }
    await stage.settings({ limiter: false })
    await stage.faults(usual)
    const { page: tab } = await stage.tab()
    await tab.goto(`${stage.site.origin}/h1`)
    const arrived = tab.waitForURL(`**/h${hops}`, { timeout: 300_000 }).then(() => true)
    let there = false
    void arrived.then(() => (there = true))
    while (!there) {
      await Promise.race([arrived, wait(random.between(...spellMs))])
      if (fault && !there) await stage.faults(fault)
      await Promise.race([arrived, wait(random.between(...spellMs))])
      await stage.faults(usual)
    }
    const visits = Array.from({ length: hops }, (_, n) => ({
      href: `${stage.site.origin}/h${n + 1}`,
      title: `Page /h${n + 1}`,
    }))
    const verdict = await judge(stage, visits, 75_000)
    const answersLost = (await stage.ledger()).filter(
      ({ path, method, answered }) => method === 'POST' && path.endsWith('page.visited') && !answered,
    ).length
    return { ...verdict, answersLost }
  })
}

export const measureHandover = async (run: Run): Promise<HandedOver[]> => {
  const all: HandedOver[] = []
  for (const [name, fault] of Object.entries(faults).filter(([each]) => !run.only || each.includes(run.only))) {
    const verdicts: HandedOver['verdicts'] = []
    for (let time = 0; time < run.times; time++) {
      const { ledger: _ledger, ...verdict } = await playOnce(run, fault, run.seed + time)
      verdicts.push(verdict)
      run.tell(
        `${name}, seed ${run.seed + time}: ${verdict.pages - verdict.delivered} lost, ${verdict.doubled} doubled, ${verdict.answersLost} reports unanswered`,
      )
    }
    all.push({ fault: name, verdicts })
  }
  return all
}

export const sayHandover = (all: HandedOver[]): string =>
  `${table(
    [`documents left ${stayMs.join('–')} ms after they came`, 'pages', 'lost', 'doubled', 'reports unanswered'],
    all.map(({ fault, verdicts }) => [
      fault,
      `${sum(verdicts.map(({ pages }) => pages))}`,
      `${sum(verdicts.map(({ pages, delivered }) => pages - delivered))}`,
      `${sum(verdicts.map(({ doubled }) => doubled))}`,
      `${sum(verdicts.map(({ answersLost }) => answersLost))}`,
    ]),
  )}`
