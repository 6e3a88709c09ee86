import type { Run } from '../run.ts'
import { median, say } from '../figures.ts'
import { createSides, sideNamed } from '../stage/sides.ts'
import { onStage, until, type Stage } from '../stage/stage.ts'
import { table } from '../table.ts'

const few = 10
const many = 1000
const appends = 30
/** Both are measured in turns, so that a machine that slows down slows both. */
const turns = 5

interface QueueCost {
  /** One append to so many that wait, in the order of the counts. */
  appendMs: [few: number, many: number]
  drainMs: number
  bareMs: number
}

/** In the page: so many more records, and how long one took in the middle. */
const append = ([from, count]: readonly [number, number]) =>
  new Promise<number[]>((resolve) =>
    window.Tagalong(async (api) => {
      const tookMs: number[] = []
      for (let n = from; n < from + count; n++) {
        const beginMs = performance.now()
        await api.page({ href: `${location.origin}/queued/${n}`, title: `Queued ${n}` })
        tookMs.push(performance.now() - beginMs)
      }
      resolve(tookMs)
    }),
  )

const listen = () =>
  window.Tagalong((api) => {
    const times: number[] = []
    window.deliveredMs = times
    api.on('delivered', () => times.push(performance.now()))
  })

/** In the page: the same calls, one after the other, with nothing around them. */
const fetchBare = async ([server, count]: readonly [string, number]) => {
  const beginMs = performance.now()
  for (let n = 0; n < count; n++) {
    const body = JSON.stringify({
      token: 'bare',
      pageInfo: { change: 'url', title: `Queued ${n}`, location: { href: `${location.origin}/queued/${n}` } },
    })
    const answer = await fetch(`${server}/api/v1/livechat/page.visited`, {
      method: 'POST',
      keepalive: true,
      credentials: 'omit',
      headers: { 'Content-Type': 'application/json' },
      body,
    })
    JSON.parse(await answer.text())
  }
  return performance.now() - beginMs
}

const outage = { match: 'page.visited', status: 503 }

/** `bare` has no outage: the same calls go there while the queue waits. */
const cost = async (stage: Stage, bare: Stage): Promise<QueueCost> => {
  await bare.settings({ limiter: false })
  await stage.settings({ limiter: false })
  const { page } = await stage.tab()
  await page.goto(`${stage.site.origin}/queue`)
  await until(async () => (await stage.visits()).length === 1, 30_000)
  await stage.faults(outage)
  await page.evaluate(append, [0, few] as const)
  const toFew = await page.evaluate(append, [few, appends] as const)
  await page.evaluate(append, [few + appends, many - few - appends] as const)
  const toMany = await page.evaluate(append, [many, appends] as const)

  await page.evaluate(listen)
  const share = Math.floor((many + appends) / turns)
  const drains: number[] = []
  const bares: number[] = []
  for (let turn = 1; turn <= turns; turn++) {
    const left = () => page.evaluate(() => window.deliveredMs ?? [])
    const before = (await left()).length
    await stage.faults()
    // The lane waits for its next try; that the network has come back wakes it.
    await page.evaluate(() => void dispatchEvent(new Event('online')))
    if (!(await until(async () => (await left()).length >= turn * share, 120_000)))
      throw new Error(`Only ${(await left()).length} left the queue`)
    await stage.faults(outage)
    const times = (await left()).slice(before)
    drains.push((Math.max(...times) - Math.min(...times)) / (times.length - 1))
    bares.push((await page.evaluate(fetchBare, [bare.server, share] as const)) / share)
  }
  return { appendMs: [median(toFew), median(toMany)], drainMs: median(drains) * many, bareMs: median(bares) * many }
}

export const measureQueue = async (run: Run): Promise<QueueCost[]> => {
  const side = sideNamed(createSides(), 'tagalong')
  const costs: QueueCost[] = []
  for (let time = 0; time < run.times; time++) {
    const options = { side, frameFolder: run.frameFolder, cpu: run.cpu, attributes: ' data-queue-records="5000"' }
    const measured = await onStage(options, (stage) => onStage(options, (bare) => cost(stage, bare)))
    costs.push(measured)
    const { appendMs, drainMs, bareMs } = measured
    run.tell(
      `queue ${time + 1}/${run.times}: append ${say(appendMs[0], 'ms')} and ${say(appendMs[1], 'ms')}, drain ${say(drainMs, 'ms')} against ${say(bareMs, 'ms')}`,
    )
  }
  return costs
}

export const sayQueue = (costs: QueueCost[]): string => {
  const of = (figure: (cost: QueueCost) => number) => median(costs.map(figure))
  const row = (label: string, figure: (cost: QueueCost) => number, base: (cost: QueueCost) => number, most: number) => [
    label,
    say(of(figure), 'ms'),
    say(of(base), 'ms'),
    say(of((one) => figure(one) / base(one))),
    `${most}`,
  ]
  return table(
    ["the queue's own cost", 'Tagalong', 'compared with', 'ratio', 'ratio at most'],
    [
      row(
        `one append with ${many} waiting, to one with ${few}`,
        ({ appendMs }) => appendMs[1],
        ({ appendMs }) => appendMs[0],
        1.5,
      ),
      row(
        `sending ${many} waiting records, to as many bare fetches in a row`,
        ({ drainMs }) => drainMs,
        ({ bareMs }) => bareMs,
        1.3,
      ),
    ],
  )
}
