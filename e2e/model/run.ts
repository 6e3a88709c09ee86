import { createActions, usualWeights, type Action, type Weights } from './actions.ts'
import { createBrowser, type BrowserModel, type Planted } from './browser/browser.ts'
import { createChance, type Chance } from './chance.ts'
import type { Bundle } from './core.ts'
import { sayFarewell } from './farewell.ts'
import { judge } from './judge.ts'
import type { ServerCondition } from './browser/server.ts'
import { createShop } from './shop.ts'
import { createVisitor } from './visitor.ts'
import { createScheduler } from './scheduler.ts'

/** What a run may meet; nothing is left out unless a test wants it so. */
export interface Setup {
  weights?: Partial<Weights>
  actionCount?: number
  conditions?: ServerCondition[]
}

/** The newest of each family has the Navigation API; the WebKit without it is an older one, whose newer behaviour is not known. */
const pickFamily = (chance: Chance, engine: 'navigation' | 'history') =>
  engine === 'navigation'
    ? chance.pick(['chromium', 'chromium', 'firefox'] as const)
    : chance.pick(['chromium', 'firefox', 'webkit', 'webkit'] as const)

/** Which browser it is. */
const pickBrowser = (chance: Chance) => {
  const secure = !chance.odds(0.25)
  const engine = chance.odds(0.7) ? ('navigation' as const) : ('history' as const)
  const family = pickFamily(chance, engine)
  const isLocalStorageRefused = chance.odds(0.04)
  return {
    secure,
    engine,
    family,
    // Without local storage Firefox loses returns to pages it had kept, and reports them when they are loaded again: README says so.
    refusesLocalStorage: isLocalStorageRefused && family !== 'firefox',
  }
}

/** Until the next action: most come soon, a few after up to two minutes. */
const gapMs = (chance: Chance, isHurried: boolean): number => {
  if (isHurried && chance.odds(0.7)) return chance.next() ** 2 * 300
  return chance.odds(0.8) ? chance.next() * 3000 : chance.next() ** 3 * 120_000
}

const restMs = 60_000

/** One run: a visitor walks through the shop while things fail, then everything works again for as long as it takes; in the end they look in once more and never return. */
export const run = async (
  bundle: Bundle,
  seed: number,
  planted: Planted = (_name, real, given) => real(...given),
  setup: Setup = {},
) => {
  const chance = createChance(seed)
  const scheduler = createScheduler(chance)
  const pausing = seed % 4 === 3
  const kind = pickBrowser(chance)
  const browser = createBrowser({
    scheduler,
    core: pausing ? bundle.pausing : bundle.plain,
    planted,
    pausing,
    ...kind,
  })
  const weights = { ...usualWeights, ...(chance.odds(0.7) && { storage: 0, journal: 0 }), ...setup.weights }
  // Without the browser's locks, and without the chunk that has another, tabs do not know of each other.
  if (!kind.secure) weights.chunks = 0
  const lines: string[] = [`${kind.family}, ${kind.engine}${kind.secure ? '' : ', plain http'}`]
  const log = (what: string) => void lines.push(`${Math.round(scheduler.now())} ${what}`)
  browser.server.limit = { calls: 10, windowMs: chance.pick([60_000, 60_000, 10_000]) }
  browser.server.simplePosts = chance.pick(['read', 'read', 'empty', 'refused'])
  const areTitlesFirst = chance.odds(0.1)
  // A router that writes titles before addresses has no links to fragments.
  if (areTitlesFirst) weights.hash = 0
  const shop = createShop(chance)
  const visitor = createVisitor(browser, shop, areTitlesFirst, log)
  const act = createActions({ browser, shop, visitor, log, conditions: setup.conditions })

  act('open')
  const actionCount = setup.actionCount ?? 8 + chance.below(30)
  const isHurried = chance.odds(0.5)
  for (let n = 0; n < actionCount; n++) {
    await scheduler.run(scheduler.now() + gapMs(chance, isHurried))
    if (!visitor.awake().length && chance.odds(0.7)) act('open')
    const action: Action = chance.weighted(weights)
    if (action === 'rest') await scheduler.run(scheduler.now() + restMs)
    else act(action)
  }
  log('all is well')
  await scheduler.run(scheduler.now() + chance.next() * 2000)
  await heal(browser)
  log('the visitor looks in once more, and leaves for good')
  const missing = await sayFarewell(browser, shop, visitor)
  return { browser, log: lines, complaints: [...judge(browser), ...missing] }
}

/** How long the last visits have to arrive, and how often the run asks whether they have. */
const patienceMs = 45 * 60_000
const askEveryMs = 3000

/** Everything works again and one page is open: now all that waits must leave. */
const heal = async ({
  scheduler,
  server,
  network,
  database,
  local,
  tabs,
  open,
  setChunksReachable,
}: BrowserModel): Promise<void> => {
  const { now } = scheduler
  server.condition = 'fine'
  local.fill(false)
  database.setCondition('fine')
  setChunksReachable(true)
  if (!network.online()) {
    network.plug(true)
    for (const { document } of tabs)
      if (document && !document.owner.gone) scheduler.later(0, () => document.window.fire('online'), document.owner)
  }
  await scheduler.run(now() + 1500)
  open('/end', 'The end', {})
  const isWaiting = () =>
    [...database.kept.keys()].some((key) => key.startsWith('visit/')) ||
    [...local.kept.keys()].some((key) => /\/(sent\/)?visit\//.test(key)) ||
    !server.calls.some(({ href, readMs }) => href?.endsWith('/end') && readMs)
  const untilMs = now() + patienceMs
  while (now() < untilMs && isWaiting()) await scheduler.run(now() + askEveryMs)
  await scheduler.run(now() + 5000)
}
