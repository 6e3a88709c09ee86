import type { BrowserModel } from './browser/browser.ts'
import { badConditions, type ServerCondition } from './browser/server.ts'
import type { Shop } from './shop.ts'
import type { createVisitor, Step } from './visitor.ts'

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
  | 'useUpLimit'
  | 'jump'
  | 'storage'
  | 'journal'
  | 'chunks'
  | 'monitor'
  | 'simplePosts'

export type Weights = Record<Action, number>

/** How often each action is chosen, in proportion to the others. */
export const usualWeights: Weights = {
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
  useUpLimit: 2,
  jump: 2,
  storage: 3,
  journal: 1,
  reset: 1,
  room: 2,
  recreate: 2,
  chunks: 1,
  monitor: 1,
  simplePosts: 1,
}

const mostTabs = 5
const hourMs = 3_600_000
const clockJumpsMs = [-24 * hourMs, 24 * hourMs, -hourMs, 40_000]

export interface ActionsParts {
  browser: BrowserModel
  shop: Shop
  visitor: ReturnType<typeof createVisitor>
  conditions?: ServerCondition[]
  log(what: string): void
}

type Act<A extends Action> = Record<A, () => void>

/** Tabs that come, sleep and go. */
const createTabActions = ({ browser, shop, log }: ActionsParts) => {
  const { chance } = browser.scheduler
  const sleeper = () => {
    const asleep = browser.tabs.flatMap((tab) =>
      tab.document?.owner.asleep && !tab.document.owner.gone ? [{ tab, document: tab.document }] : [],
    )
    return asleep[chance.below(asleep.length)]
  }
  return {
    open() {
      if (browser.tabs.filter(({ document }) => document && !document.owner.gone).length >= mostTabs) return
      const path = shop.nextPath()
      log(`a tab is opened at ${path}`)
      browser.open(path, shop.titleOf(path), { ...shop.pace(), visible: !chance.odds(0.2) })
    },
    kill() {
      log('the browser is killed')
      browser.kill()
    },
    thaw() {
      const found = sleeper()
      if (!found) return
      log(`tab ${found.tab.n}: thaw`)
      browser.thaw(found.document)
    },
    /** The browser takes the memory of a sleeping tab; the page is loaded again when the visitor comes back to it. */
    discard() {
      const found = sleeper()
      if (!found) return
      const { tab, document } = found
      log(`tab ${tab.n}: discard`)
      const href = document.window.href()
      browser.destroy(document)
      const next = browser.load(tab, href, shop.titleOf(href), { ...shop.pace(), kind: 'back_forward' })
      tab.entries[tab.at] = { document: next, href }
    },
    wait: () => undefined,
    rest: () => undefined,
  } satisfies Act<'open' | 'kill' | 'thaw' | 'discard' | 'wait' | 'rest'>
}

/** What the server, the network and the machine do. */
const createConditions = ({ browser, visitor, conditions, log }: ActionsParts) => {
  const { scheduler, server, network, local, documents } = browser
  const { chance } = scheduler
  return {
    condition() {
      server.condition = chance.pick(conditions ?? badConditions)
      log(`server: ${server.condition}`)
    },
    clear() {
      server.condition = 'fine'
      log('server: fine')
    },
    unplug() {
      network.plug(!network.online())
      const event = network.online() ? 'online' : 'offline'
      log(event)
      for (const { document } of visitor.awake())
        scheduler.later(
          chance.next() * 20,
          () => document.window.fire(network.online() ? 'online' : 'offline'),
          document.owner,
        )
    },
    useUpLimit() {
      log('others use up the limit')
      server.useUpLimit()
    },
    jump() {
      const ms = chance.pick(clockJumpsMs)
      log(`clock jumps ${ms}`)
      browser.jumpClock(ms)
    },
    storage() {
      const what = chance.pick(['fine', 'refused', 'hung', 'full', 'closed'] as const)
      log(`storage: ${what}`)
      if (what !== 'closed') return browser.setDatabaseCondition(what)
      for (const document of documents) {
        document.hasLostDatabase = true
        browser.database.closeFor(document.owner, chance.odds(0.5))
      }
    },
    journal() {
      local.fill(chance.odds(0.5))
      log(`local storage is ${local.writable() ? 'fine' : 'full'}`)
    },
    chunks() {
      const isReachable = chance.odds(0.5)
      log(isReachable ? 'chunks come' : 'chunks do not come')
      browser.setChunksReachable(isReachable)
    },
    simplePosts() {
      server.simplePosts = chance.pick(['read', 'empty', 'refused'])
      log(`simple posts: ${server.simplePosts}`)
    },
    monitor() {
      server.monitor = chance.pick(['url', 'title'])
      log(`monitors ${server.monitor}`)
    },
  } satisfies Partial<Act<Action>>
}

/** Does one of the things that may happen in a run, in a page picked at random where it takes one. */
export const createActions = (parts: ActionsParts): ((action: Action) => void) => {
  const { browser, visitor, log } = parts
  const actions = { ...createTabActions(parts), ...createConditions(parts) }
  return (action) => {
    const awake = visitor.awake()
    const page = awake[browser.scheduler.chance.below(awake.length)]
    if (visitor.isStep(action)) return page && visitor.take(action, page.tab, page.document)
    if (action !== 'close') return actions[action]()
    if (!page) return
    log(`tab ${page.tab.n} is closed`)
    visitor.close(page.tab)
  }
}
