import { setTimeout as wait } from 'node:timers/promises'
import type { Run } from '../run.ts'
import { median, say } from '../figures.ts'
import { isCall, isPreflight } from './load.ts'
import { createSides, type Side } from '../stage/sides.ts'
import { onStage, untilQuiet, type Stage } from '../stage/stage.ts'
import { table } from '../table.ts'

const pages = 10
const visitors = 1000
/** Longer than browsers remember a preflight that is not told for how long: at the pace below none is spared. */
const stayMs = 6000

/** What one visitor who looks at ten pages and never chats asks of the server. */
interface Visit {
  reports: number
  configs: number
  others: number
  preflights: number
  sockets: number
}

/** How a day is taken to be; every figure below follows from these and from what was counted. */
const assumed = {
  pageSeconds: 30,
  /** Of a day's visitors, those of its busiest hour. */
  busiestHour: 0.1,
  /** Of the visitors, those who chat, and for how long. */
  chats: 0.02,
  chatSeconds: 600,
  limitCalls: 10,
}

const count = async (stage: Stage, kind: 'documents' | 'pushes'): Promise<Visit> => {
  await stage.settings({ limiter: false })
  const { page } = await stage.tab()
  for (let n = 1; n <= pages; n++) {
    if (kind === 'documents' || n === 1) await page.goto(`${stage.site.origin}/page${n}`)
    else
      await page.evaluate((to) => {
        history.pushState({}, '', `/page${to}`)
        document.title = `Page /page${to}`
      }, n)
    await wait(stayMs)
    await untilQuiet(stage, 0, 1000)
  }
  await untilQuiet(stage, 3000, 3000)
  const entries = await stage.ledger()
  const calls = entries.filter(isCall)
  const to = (path: string) => calls.filter((entry) => entry.path.endsWith(path)).length
  return {
    reports: to('/page.visited'),
    configs: to('/config'),
    others: calls.length - to('/page.visited') - to('/config'),
    preflights: entries.filter(isPreflight).length,
    sockets: stage.sockets(),
  }
}

export type Sums = Map<Side, { documents: Visit[]; pushes: Visit[] }>

export const measureSum = async (run: Run): Promise<Sums> => {
  const sides = createSides().filter(({ name }) => name !== 'none')
  const sums: Sums = new Map(sides.map((side) => [side, { documents: [], pushes: [] }]))
  // Counts hardly differ from run to run.
  for (let time = 0; time < Math.min(run.times, 3); time++)
    for (const side of sides)
      for (const kind of ['documents', 'pushes'] as const) {
        const visit = await onStage({ side, frameFolder: run.frameFolder, cpu: 1 }, (stage) => count(stage, kind))
        sums.get(side)?.[kind].push(visit)
        run.tell(`sum ${time + 1} ${side.title}, ${pages} ${kind}: ${JSON.stringify(visit)}`)
      }
  return sums
}

export const saySum = (sums: Sums): string => {
  const sides = [...sums.keys()]
  const of = (side: Side, kind: 'documents' | 'pushes', figure: (visit: Visit) => number) =>
    median((sums.get(side)?.[kind] ?? []).map(figure))
  const calls = ({ reports, configs, others }: Visit) => reports + configs + others
  const whole = (value: number) => Math.round(value).toLocaleString('en')
  const per = (label: string, kind: 'documents' | 'pushes', figure: (visit: Visit) => number) => [
    label,
    ...sides.map((side) => whole(of(side, kind, figure) * visitors)),
  ]
  const counted = table(
    [`${whole(visitors)} visitors × ${pages} pages`, ...sides.map(({ title }) => title)],
    (['documents', 'pushes'] as const).flatMap((kind) => {
      const site = kind === 'documents' ? 'a page each time' : 'single-page site'
      return [
        per(`${site}: server calls`, kind, calls),
        per('– page.visited', kind, ({ reports }) => reports),
        per('– config', kind, ({ configs }) => configs),
        per('– preflights beside them', kind, ({ preflights }) => preflights),
        per('– websockets opened', kind, ({ sockets }) => sockets),
      ]
    }),
  )

  const { pageSeconds, busiestHour, chats, chatSeconds, limitCalls } = assumed
  const visitSeconds = pages * pageSeconds
  /** Who keeps a socket for nothing keeps it for the whole visit. */
  const socketSeconds = (side: Side) =>
    (of(side, 'documents', ({ sockets }) => sockets) > 0 ? visitSeconds : 0) + chats * chatSeconds
  const perSecond = (day: number, amount: number) => (day * busiestHour * amount) / 3600
  const day = (visitorsADay: number) => [
    [
      `${whole(visitorsADay)} visitors a day: sockets open in the busiest hour`,
      ...sides.map((side) => whole(perSecond(visitorsADay, socketSeconds(side)))),
    ],
    [
      '– calls a second, preflights included',
      ...sides.map((side) =>
        say(
          perSecond(
            visitorsADay,
            of(side, 'documents', (visit) => calls(visit) + visit.preflights),
          ),
        ),
      ),
    ],
    [
      '– sockets opened a day without a word',
      ...sides.map((side) => whole(visitorsADay * of(side, 'documents', ({ sockets }) => sockets))),
    ],
  ]
  const reportsPerPage = (side: Side) => of(side, 'documents', ({ reports }) => reports) / pages
  const configsPerPage = (side: Side) => of(side, 'documents', ({ configs }) => configs) / pages
  const pagesAMinute = (side: Side) => limitCalls / Math.max(reportsPerPage(side), configsPerPage(side))
  const meaning = table(
    ['what it means', ...sides.map(({ title }) => title)],
    [
      [
        `the limiter (${limitCalls} calls a minute, route and address): pages a minute from one address`,
        ...sides.map((side) => say(pagesAMinute(side))),
      ],
      [
        `– visitors at once behind one address, a page every ${pageSeconds} s`,
        ...sides.map((side) => say((pagesAMinute(side) * pageSeconds) / 60)),
      ],
      ['– a page beyond that', ...sides.map(({ name }) => (name === 'official' ? 'is lost' : 'waits its turn'))],
      ...day(10_000),
      ...day(1_000_000),
    ],
  )
  return `${counted}

${meaning}

Counted: the first table. Assumed for the second: ${pageSeconds} s a page, ${busiestHour * 100} % of a day's visitors in its busiest hour, ${chats * 100} % of visitors chat for ${chatSeconds / 60} minutes; a visitor's ten pages are ten documents.`
}

export const figuresOfSum = (sums: Sums): unknown =>
  Object.fromEntries([...sums].map(([{ name }, visits]) => [name, visits]))
