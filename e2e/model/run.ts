import { createBrowser, type BrowserModel, type Planted } from './browser/browser.ts'
import { createChance } from './chance.ts'
import type { Bundle } from './core.ts'
import { judge } from './judge.ts'
import { badConditions, type ServerCondition } from './browser/server.ts'
import { createVisitor, type Step } from './visitor.ts'
import { createScheduler } from './scheduler.ts'

/** What a run may meet; nothing is left out unless a test wants it so. */
export interface Setup {
  /** How often each action is chosen, in proportion to the others. */
  weights?: Partial<Record<Action, number>>
  actionCount?: number
  conditions?: ServerCondition[]
}

export type Action =
  | Step
  | 'open'
  | 'close'
  | 'wait'
  | 'rest'
  | 'kill'
  | 'thaw'
  | 'discard'
  | 'condition'
  | 'clear'
  | 'unplug'
  | 'crowd'
  | 'jump'
  | 'storage'
  | 'journal'
  | 'chunks'
  | 'monitor'

const usual: Record<Action, number> = {
  push: 20,
  replace: 4,
  hash: 3,
  back: 4,
  leave: 16,
  reload: 2,
  return: 3,
  open: 4,
  close: 4,
  wait: 8,
  rest: 2,
  crash: 2,
  kill: 1,
  freeze: 2,
  thaw: 3,
  discard: 1,
  hide: 2,
  show: 4,
  condition: 6,
  clear: 6,
  unplug: 2,
  crowd: 2,
  jump: 2,
  storage: 3,
  journal: 1,
  reset: 1,
  room: 2,
  chunks: 1,
  monitor: 1,
}

/** One run: a visitor at work, misfortunes, then everything is well again for as long as it takes. */
export const run = async (
  bundle: Bundle,
  seed: number,
  planted: Planted = (_name, real, given) => real(...given),
  setup: Setup = {},
) => {
  const chance = createChance(seed)
  const scheduler = createScheduler(chance)
  const hop = seed % 4 === 3
  const secure = !chance.odds(0.25)
  const engine = chance.odds(0.7) ? 'navigation' : 'history'
  // The newest of each has the Navigation API; that WebKit is as it was before is not known.
  const family =
    engine === 'navigation'
      ? chance.pick(['chromium', 'chromium', 'firefox'] as const)
      : chance.pick(['chromium', 'firefox', 'webkit', 'webkit'] as const)
  // Without local storage Firefox loses returns to pages it had kept, and reports them when they are loaded again: README says so.
  const refused = chance.odds(0.04)
  const browser = createBrowser({
    scheduler,
    core: hop ? bundle.hopping : bundle.plain,
    planted,
    hop,
    secure,
    private: refused && family !== 'firefox',
    engine,
    family,
  })
  const weights = { ...usual, ...(chance.odds(0.7) && { storage: 0, journal: 0 }), ...setup.weights }
  // Without the browser's locks, and without the chunk that has another, tabs do not know of each other.
  if (!secure) weights.chunks = 0
  const log: string[] = [`${family}, ${engine}${secure ? '' : ', plain http'}`]
  const note = (what: string) => void log.push(`${Math.round(scheduler.now())} ${what}`)
  browser.server.limit = { calls: 10, windowMs: chance.pick([60_000, 60_000, 10_000]) }
  const titlesFirst = chance.odds(0.1)
  const { awake, nextPath, titleOf, how, close, steps } = createVisitor(browser, titlesFirst, note)
  const act = (action: Action) => {
    const tab = chance.pick(awake())
    const { server } = browser
    if (action in steps) return tab && steps[action as Step](tab)
    const asleep = browser.tabs.filter(({ document }) => document?.owner.asleep && !document.owner.gone)
    switch (action) {
      case 'open': {
        if (browser.tabs.filter(({ document }) => document && !document.owner.gone).length > 4) return
        const path = nextPath()
        note(`a tab is opened at ${path}`)
        return browser.open(path, titleOf(path), { ...how(), visible: !chance.odds(0.2) })
      }
      case 'close':
        if (tab) note(`tab ${tab.n} is closed`)
        return tab && close(tab)
      case 'kill':
        note('the browser is killed')
        browser.kill()
        return
      case 'thaw':
      case 'discard': {
        const sleeper = chance.pick(asleep)
        if (!sleeper) return
        note(`tab ${sleeper.n}: ${action}`)
        if (action === 'thaw') return browser.thaw(sleeper.document!)
        const href = sleeper.document!.window.href()
        browser.destroy(sleeper.document!)
        sleeper.document = browser.load(sleeper, href, titleOf(href), { ...how(), kind: 'back_forward' })
        sleeper.entries[sleeper.at] = { document: sleeper.document, href }
        return
      }
      case 'condition':
        server.condition = chance.pick(setup.conditions ?? badConditions)
        return note(`server: ${server.condition}`)
      case 'clear':
        server.condition = 'fine'
        return note('server: fine')
      case 'unplug': {
        browser.network.plug(!browser.network.online())
        note(browser.network.online() ? 'online' : 'offline')
        for (const { document } of awake())
          scheduler.later(
            chance.next() * 20,
            () => document!.window.fire(browser.network.online() ? 'online' : 'offline'),
            document!.owner,
          )
        return
      }
      case 'crowd':
        note('others use up the limit')
        return server.crowd()
      case 'jump': {
        const ms = chance.pick([-86_400_000, 86_400_000, -3_600_000, 40_000])
        note(`clock jumps ${ms}`)
        return browser.jump(ms)
      }
      case 'storage': {
        const what = chance.pick(['fine', 'refused', 'hung', 'full', 'closed'] as const)
        note(`storage: ${what}`)
        if (what === 'closed')
          return browser.documents.forEach(({ owner }) => browser.database.closeFor(owner, chance.odds(0.5)))
        return browser.setDatabaseCondition(what)
      }
      case 'journal':
        browser.local.fill(chance.odds(0.5))
        return note(`local storage is ${browser.local.writable() ? 'fine' : 'full'}`)
      case 'chunks': {
        const come = chance.odds(0.5)
        note(come ? 'chunks come' : 'chunks do not come')
        return browser.chunks(come)
      }
      case 'monitor':
        server.monitor = chance.pick(['url', 'title'])
        return note(`monitors ${server.monitor}`)
    }
  }

  act('open')
  const actionCount = setup.actionCount ?? 8 + chance.below(30)
  const hurried = chance.odds(0.5)
  for (let n = 0; n < actionCount; n++) {
    const gapMs =
      hurried && chance.odds(0.7)
        ? chance.next() ** 2 * 300
        : chance.odds(0.8)
          ? chance.next() * 3000
          : chance.next() ** 3 * 120_000
    await scheduler.run(scheduler.now() + gapMs)
    if (!awake().length && chance.odds(0.7)) act('open')
    const action = chance.weighted({ ...weights, ...(titlesFirst && { hash: 0 }) })
    if (action === 'rest') await scheduler.run(scheduler.now() + 60_000)
    else act(action)
  }
  note('all is well')
  await scheduler.run(scheduler.now() + chance.next() * 2000)
  await heal(browser, scheduler.now)
  return { browser, log, complaints: judge(browser), options: { seed, hop } }
}

/** Everything works again and one page is open: now all that waits must leave. */
const heal = async (browser: BrowserModel, now: () => number) => {
  const { scheduler, server, network, database, local } = browser
  server.condition = 'fine'
  local.fill(false)
  database.setCondition('fine')
  browser.chunks(true)
  if (!network.online()) {
    network.plug(true)
    for (const { document } of browser.tabs)
      if (document && !document.owner.gone) scheduler.later(0, () => document.window.fire('online'), document.owner)
  }
  await scheduler.run(now() + 1500)
  browser.open('/end', 'The end', {})
  const waiting = () =>
    [...database.kept.keys()].some((key) => key.startsWith('visit/')) ||
    [...local.kept.keys()].some((key) => /\/(sent\/)?visit\//.test(key)) ||
    !server.calls.some(({ href, readMs }) => href?.endsWith('/end') && readMs)
  const patienceMs = now() + 45 * 60_000
  while (now() < patienceMs && waiting()) await scheduler.run(now() + 3000)
  await scheduler.run(now() + 5000)
}
