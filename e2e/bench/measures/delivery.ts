import { createRandom, sum } from '../figures.ts'
import type { Run } from '../run.ts'
import { judge, type Journey, type Verdict } from '../journey.ts'
import { journeys } from '../journeys.ts'
import { createStubbedSides, type Side } from '../stage/sides.ts'
import { canPlay, onAnyStage } from '../stage/anyEngine.ts'
import { table } from '../table.ts'

interface Played extends Verdict {
  seed: number
  visits: unknown[]
  ledger: unknown[]
}
export interface Delivered {
  journey: Journey
  sides: Map<Side, Played[]>
}

const whole = ({ pages, delivered, rightTitle, doubled, phantoms }: Verdict) =>
  delivered === pages && rightTitle === pages && !doubled && !phantoms

export const measureDelivery = async (run: Run): Promise<Delivered[]> => {
  const sides = createStubbedSides().filter(({ name }) => name !== 'none')
  const all: Delivered[] = []
  for (const journey of journeys.filter(({ name }) => !run.only || name.includes(run.only))) {
    if (!canPlay(run.engine, !!journey.refusesStorage)) {
      run.tell(`${journey.name}: cannot be played in ${run.engine}, and is left out`)
      continue
    }
    const played = new Map<Side, Played[]>(sides.map((side) => [side, []]))
    for (let time = 0; time < run.times; time++)
      for (const side of sides) {
        const seed = run.seed + time
        const options = {
          side,
          frameFolder: run.frameFolder,
          cpu: run.cpu,
          refusesStorage: !!journey.refusesStorage,
          ...(journey.page && { page: journey.page(createRandom(seed)) }),
        }
        const verdict = await onAnyStage(run.engine, options, async (stage) => {
          const visits = await journey.play(stage, createRandom(seed))
          return { seed, visits, ...(await judge(stage, visits, journey.quietMs)) }
        })
        played.get(side)?.push(verdict)
        const { pages, delivered, rightTitle, doubled, phantoms, reports, refused } = verdict
        run.tell(
          `${journey.name}, seed ${seed}, ${side.title}: ${delivered}/${pages} delivered, ${rightTitle} right, ${doubled} doubled, ${phantoms} phantoms, ${reports} reports (${refused} refused)`,
        )
        if (side.name === 'tagalong' && !whole(verdict)) run.tell(JSON.stringify(verdict, undefined, 1))
      }
    all.push({ journey, sides: played })
  }
  return all
}

export const sayDelivery = (all: Delivered[]): string => {
  const rows = all.flatMap(({ journey, sides }) =>
    [...sides].map(([side, played]) => {
      const total = (figure: Exclude<keyof Played, 'visits' | 'ledger'>) => sum(played.map((one) => one[figure]))
      const of = (count: number) => `${count}/${total('pages')} (${Math.round((100 * count) / total('pages'))} %)`
      return [
        journey.name,
        side.title,
        of(total('delivered')),
        of(total('rightTitle')),
        `${total('doubled')}`,
        `${total('phantoms')}`,
        `${Math.max(...played.map(({ visitors }) => visitors))}`,
        `${total('reports')}`,
        `${total('refused')}`,
        `${total('calls') - total('reports')}`,
        `${total('preflights')}`,
      ]
    }),
  )
  return `${table(['journey', 'widget', 'delivered', 'right title', 'doubled', 'phantoms', 'visitors seen', 'reports', 'of these refused', 'other calls', 'preflights'], rows)}

${all.map(({ journey }) => `- *${journey.name}*: ${journey.says}.`).join('\n')}`
}

export const figuresOfDelivery = (all: Delivered[]): unknown =>
  all.map(({ journey, sides }) => ({
    journey: journey.name,
    ...Object.fromEntries([...sides].map(([{ name }, played]) => [name, played])),
  }))
