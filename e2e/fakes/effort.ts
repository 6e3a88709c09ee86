import { readFileSync } from 'node:fs'
import { createContext, Script } from 'node:vm'

/** Text that makes careless patterns start again and again: its beginning, what is repeated, and its end. */
export type Pathological = [before: string, repeated: string, after: string]

export const pathological: Pathological[] = readFileSync('e2e/fakes/pathological.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Pathological)

/** Both texts are shorter than the bounds above which a text is shown without a look at its marks: what is below a bound must be linear as well. */
const smallLength = 2400
const times = 8
const largeLength = times * smallLength
/** Linear work grows by 8 from the small text to the large one, quadratic by 64; this lies in the middle of their ratio. */
const mostGrowth = 24
/** Below this the growth is not looked at: quadratic work on the large text takes more, and the clock's own steps would be measured. */
const negligibleMicroseconds = 5000
/** Exponential work never ends. This stops it, and is a thousand times what linear work takes. */
const tooLongMs = 20_000
const tries = 5

const context = createContext({ work: () => {} }) as { work(): void }
const script = new Script('work()')

/** Processor time, which does not grow because other processes are busy. */
const costMicroseconds = (work: () => void, endlessMs: number): number => {
  context.work = work
  const before = process.cpuUsage()
  script.runInContext(context, { timeout: endlessMs })
  const { user, system } = process.cpuUsage(before)
  return user + system
}

const textOf = ([before, repeated, after]: Pathological, length: number) =>
  before + repeated.repeat(Math.ceil(length / repeated.length)) + after

/** How many times more a text of eight times the length takes; undefined when it takes next to nothing. */
const growthOf = (apply: (text: string) => unknown, piece: Pathological, endlessMs: number): number | undefined => {
  const small = textOf(piece, smallLength)
  const large = textOf(piece, largeLength)
  const cost = (text: string) => costMicroseconds(() => void apply(text), endlessMs)
  let largeCost = cost(large)
  if (largeCost < negligibleMicroseconds) return undefined
  let smallCost = Infinity
  for (let n = 0; n < tries; n++) {
    smallCost = Math.min(smallCost, cost(small))
    largeCost = Math.min(largeCost, cost(large))
    // One good pair is proof enough: the rest of the tries is for a machine that was busy.
    if (largeCost < mostGrowth * smallCost) break
  }
  return largeCost / smallCost
}

/** The first of these texts for which the work grows faster than the text. */
export const superlinear = (
  apply: (text: string) => unknown,
  pieces: Pathological[] = pathological,
  endlessMs = tooLongMs,
): string | undefined => {
  for (const piece of pieces) {
    const said = JSON.stringify(piece)
    try {
      const growth = growthOf(apply, piece, endlessMs)
      if (growth !== undefined && growth > mostGrowth)
        return `${said}: ${growth.toFixed(0)} times the work for ${times} times the text`
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT')
        throw new Error(`${said}: ${error}`, { cause: error })
      return `${said}: without an end`
    }
  }
  return undefined
}
