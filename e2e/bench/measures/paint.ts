import { setTimeout as wait } from 'node:timers/promises'
import { median, say } from '../figures.ts'
import { createSides, type Side, type SideName } from '../stage/sides.ts'
import { line, onStage, until, type Stage } from '../stage/stage.ts'
import { table } from '../table.ts'
import type { Run } from '../run.ts'

/** A first paint differs more from one to the next than any widget makes it: many, with and without in turn. */
const paintsOfEach = 24
const restMs = 400

/** The middle of them, and of as many without the widget in between, in the same browser. */
export interface Paint {
  withMs: number
  withoutMs: number
}

const paint = async (stage: Stage): Promise<Paint> => {
  const { page, devtools } = await stage.tab()
  await stage.settings({ limiter: false })
  await devtools.send('Network.enable')
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  await devtools.send('Network.emulateNetworkConditions', { offline: false, ...line })
  const seen = { bare: [] as number[], one: [] as number[] }
  const paintMs = () => page.evaluate(() => performance.getEntriesByName('first-paint')[0]?.startTime)
  for (let n = 0; n < paintsOfEach; n++)
    for (const path of n % 2 ? (['bare', 'one'] as const) : (['one', 'bare'] as const)) {
      await page.goto(`${stage.site.origin}/${path}?${n}`)
      await until(async () => (await paintMs()) !== undefined, 20_000)
      seen[path].push((await paintMs()) ?? NaN)
      await wait(restMs)
    }
  return { withMs: median(seen.one), withoutMs: median(seen.bare) }
}

export interface Paints {
  sides: Side[]
  all: Map<SideName, Paint[]>
}

export const measurePaint = async (run: Run): Promise<Paints> => {
  const sides = createSides()
  const all = new Map<SideName, Paint[]>(sides.map(({ name }) => [name, []]))
  for (let time = 0; time < run.times; time++)
    for (const side of sides) {
      const painted = await onStage({ side, frameFolder: run.frameFolder, cpu: run.cpu }, paint)
      all.get(side.name)?.push(painted)
      run.tell(
        `paint ${time + 1}/${run.times} ${side.title}: ${say(painted.withMs, 'ms')}, without ${say(painted.withoutMs, 'ms')}`,
      )
    }
  return { sides, all }
}

export const sayPaint = ({ sides, all }: Paints): string => {
  const row = (label: string, figure: (paint: Paint) => number, unit = '') => [
    label,
    ...sides.map(({ name }) => say(median((all.get(name) ?? []).map(figure)), unit)),
  ]
  return table(
    ["the host's first paint", ...sides.map(({ title }) => title)],
    [
      row('with the widget', ({ withMs }) => withMs, 'ms'),
      row('without it, in between', ({ withoutMs }) => withoutMs, 'ms'),
      row('ratio, with the widget to without', ({ withMs, withoutMs }) => withMs / withoutMs),
    ],
  )
}

export const figuresOfPaint = ({ all }: Paints): unknown => Object.fromEntries(all)
