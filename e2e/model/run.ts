import { createBrowser, type BrowserWorld, type Planted, type Tab } from './browser.ts'
import { createChance } from './chance.ts'
import type { bundleCore } from './core.ts'
import { judge } from './judge.ts'
import { badWeather, type Weather } from './server.ts'
import { site } from './window.ts'
import { createWorld } from './world.ts'

export type Bundle = Awaited<ReturnType<typeof bundleCore>>

/** What a run may meet; nothing is left out unless a test wants it so. */
export interface Setup {
  /** Which misfortunes, each with how often it is chosen. */
  deeds?: Partial<Record<Deed, number>>
  actions?: number
  weathers?: Weather[]
}

export type Deed =
  | 'push' | 'replace' | 'hash' | 'back' | 'leave' | 'reload' | 'return' | 'open' | 'close' | 'wait' | 'rest'
  | 'crash' | 'kill' | 'freeze' | 'thaw' | 'discard' | 'hide' | 'show' | 'weather' | 'clear' | 'unplug' | 'crowd' | 'jump' | 'storage' | 'journal' | 'reset' | 'room' | 'chunks' | 'monitor'

const usual: Record<Deed, number> = {
  push: 20, replace: 4, hash: 3, back: 4, leave: 16, reload: 2, return: 3, open: 4, close: 4, wait: 8, rest: 2,
  crash: 2, kill: 1, freeze: 2, thaw: 3, discard: 1, hide: 2, show: 4, weather: 6, clear: 6, unplug: 2, crowd: 2, jump: 2, storage: 3, journal: 1, reset: 1, room: 2, chunks: 1, monitor: 1,
}

/** A router writes its titles before its addresses or after them; -1: never. */
const delaysMs = [-1, 0, 0, 10, 160, 400, 900]

/** One run: a visitor at work, misfortunes, then everything is well again for as long as it takes. */
export const run = async (bundle: Bundle, seed: number, planted: Planted = (_name, real, given) => real(...given), setup: Setup = {}) => {
  const chance = createChance(seed)
  const world = createWorld(chance)
  const hop = seed % 4 === 3
  const secure = !chance.odds(0.25)
  const browser = createBrowser({ world, core: hop ? bundle.hopping : bundle.plain, planted, hop, secure, private: chance.odds(0.04), engine: chance.odds(0.7) ? 'navigation' : 'history' })
  const deeds = { ...usual, ...(chance.odds(0.7) && { storage: 0, journal: 0 }), ...setup.deeds }
  // Without the browser's locks, and without the chunk that has another, tabs do not know of each other.
  if (!secure) deeds.chunks = 0
  const log: string[] = []
  const note = (what: string) => void log.push(`${Math.round(world.now())} ${what}`)
  browser.server.limit = { calls: 10, windowMs: chance.pick([60_000, 60_000, 10_000]) }
  const titlesFirst = chance.odds(0.1)
  let pages = 0
  const nextPath = () => `/p${++pages}${chance.odds(0.02) ? '-poison' : chance.odds(0.01) ? '-too-large' : ''}`
  const titleOf = (path: string) => (chance.odds(0.1) ? 'Same' : `Title ${path}`)

  const awake = () => browser.tabs.filter(({ document }) => document && !document.owner.gone && !document.owner.asleep && !document.freezing)
  const host = (tab: Tab, act: () => void) => world.later(0, act, tab.document!.owner)
  const how = () => ({ startMs: chance.odds(0.8) ? chance.next() * 30 : chance.next() * 400, parseMs: chance.odds(0.2) ? chance.next() * 800 : 0 })
  const retitle = (tab: Tab, path: string, delayMs: number) => {
    const { document } = tab
    const at = document!.window.href()
    const text = titleOf(path)
    if (delayMs < 0) return
    const write = () => document!.window.href() === at && document!.window.retitle(text)
    if (delayMs === 0) write()
    else world.later(delayMs, write, document!.owner)
  }
  const moved = (tab: Tab, kind: 'push' | 'replace' | 'traverse', before: string) => {
    const document = tab.document!
    if (document.begun) tab.journey.moved(document.window, kind, before, document.tracking?.visitor.current()?.token)
  }
  const close = (tab: Tab) => {
    const { document } = tab
    if (!document || document.owner.gone) return
    if (document.owner.asleep) browser.destroy(document)
    else browser.leave(document, false, () => (tab.document = undefined))
    for (const { document: kept } of tab.entries) if (kept !== document && kept.kept) browser.destroy(kept)
  }
  const go = (tab: Tab, path: string, title: string) => {
    const { document } = tab
    browser.leave(document!, chance.odds(0.5), () => {
      const next = browser.load(tab, site + path, title, how())
      tab.entries = [...tab.entries.slice(0, tab.at + 1), { document: next, href: site + path }]
      tab.at = tab.entries.length - 1
    })
  }
  const inPage: Partial<Record<Deed, (tab: Tab) => void>> = {
    push: (tab) =>
      host(tab, () => {
        const { window } = tab.document!
        const path = nextPath()
        const before = window.title()
        const titled = titlesFirst
        if (titled) window.retitle(titleOf(path))
        const blank = !titled && chance.odds(0.05)
        window.go('pushState', path)
        moved(tab, 'push', before)
        if (blank) window.retitle('')
        if (!titled) retitle(tab, path, chance.pick(delaysMs))
        tab.entries = [...tab.entries.slice(0, tab.at + 1), { document: tab.document!, href: window.href() }]
        tab.at = tab.entries.length - 1
        note(`tab ${tab.n} pushes ${path}`)
      }),
    replace: (tab) => {
      host(tab, () => {
        if (tab.journey.onEdge()) return
        const { window } = tab.document!
        const path = chance.odds(0.3) ? `${window.href().split('#')[0]}#${chance.pick(['s1', 's2', '/deep'])}` : chance.odds(0.15) ? (tab.entries[tab.at - 1]?.href ?? nextPath()) : nextPath()
        const before = window.title()
        window.go('replaceState', path)
        moved(tab, 'replace', before)
        retitle(tab, path, chance.pick(delaysMs))
        tab.entries[tab.at] = { document: tab.document!, href: window.href() }
        note(`tab ${tab.n} replaces with ${path}`)
      })
    },
    hash: (tab) =>
      host(tab, () => {
        const { window } = tab.document!
        const to = `${window.href().split('#')[0]}#h${++pages}`
        const before = window.title()
        window.move(to, 'push')
        moved(tab, 'push', before)
        tab.entries = [...tab.entries.slice(0, tab.at + 1), { document: tab.document!, href: window.href() }]
        tab.at = tab.entries.length - 1
        note(`tab ${tab.n} goes to ${to}`)
      }),
    back: (tab) => {
      const entry = tab.entries[tab.at - 1]
      if (!entry) return
      const { document } = tab
      note(`tab ${tab.n} goes back to ${entry.href}`)
      if (entry.document === document)
        return void host(tab, () => {
          tab.at--
          const before = document!.window.title()
          document!.window.move(entry.href, 'traverse')
          moved(tab, 'traverse', before)
          retitle(tab, `back ${entry.href}`, chance.pick(delaysMs))
        })
      browser.leave(document!, chance.odds(0.5), () => {
        tab.at--
        if (entry.document.kept && !entry.document.owner.gone) return browser.restore(entry.document)
        entry.document = browser.load(tab, entry.href, titleOf(entry.href), { ...how(), kind: 'back_forward' })
      })
    },
    leave: (tab) => {
      const path = nextPath()
      note(`tab ${tab.n} leaves for ${path}`)
      go(tab, path, titleOf(path))
    },
    return: (tab) => {
      note(`tab ${tab.n} follows a link to itself`)
      go(tab, tab.document!.window.href().slice(site.length), titleOf('itself'))
    },
    reload: (tab) => {
      const { document } = tab
      const href = document!.window.href()
      note(`tab ${tab.n} reloads`)
      browser.leave(document!, false, () => {
        const next = browser.load(tab, href, document!.window.title(), { ...how(), kind: 'reload' })
        tab.entries[tab.at] = { document: next, href }
      })
    },
    crash: (tab) => {
      const href = tab.document!.window.href()
      note(`tab ${tab.n} crashes`)
      browser.crash(tab)
      if (!chance.odds(0.6)) return
      const next = browser.load(tab, href, titleOf(href), { ...how(), kind: 'reload' })
      tab.entries[tab.at] = { document: next, href }
    },
    hide: (tab) =>
      host(tab, () => {
        note(`tab ${tab.n} is hidden`)
        tab.journey.drowsy()
        tab.document!.window.show(false)
      }),
    show: (tab) =>
      host(tab, () => {
        tab.document!.window.show(true)
        browser.begin(tab.document!)
      }),
    freeze: (tab) => {
      note(`tab ${tab.n} freezes`)
      browser.freeze(tab.document!)
    },
    reset: (tab) => {
      note(`tab ${tab.n} resets`)
      host(tab, () => void (tab.document!.tracking && browser.inside(tab.document!).then(({ reset }) => reset()).catch(() => undefined)))
    },
    room: (tab) => host(tab, () => void (tab.document!.tracking && browser.inside(tab.document!).then(({ core }) => core.visitor.setRoom(chance.pick([undefined, `room${pages}`]))).catch(() => undefined))),
  }
  const act = (deed: Deed) => {
    const tab = chance.pick(awake())
    const { server } = browser
    if (inPage[deed]) return tab && inPage[deed]!(tab)
    const asleep = browser.tabs.filter(({ document }) => document?.owner.asleep && !document.owner.gone)
    switch (deed) {
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
        note(`tab ${sleeper.n}: ${deed}`)
        if (deed === 'thaw') return browser.thaw(sleeper.document!)
        const href = sleeper.document!.window.href()
        browser.destroy(sleeper.document!)
        sleeper.document = browser.load(sleeper, href, titleOf(href), { ...how(), kind: 'reload', discarded: true })
        sleeper.entries[sleeper.at] = { document: sleeper.document, href }
        return
      }
      case 'weather':
        server.weather = chance.pick(setup.weathers ?? badWeather)
        return note(`weather: ${server.weather}`)
      case 'clear':
        server.weather = 'fine'
        return note('weather: fine')
      case 'unplug': {
        browser.network.plug(!browser.network.online())
        note(browser.network.online() ? 'online' : 'offline')
        for (const { document } of awake()) world.later(chance.next() * 20, () => document!.window.fire(browser.network.online() ? 'online' : 'offline'), document!.owner)
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
        if (what === 'closed') return browser.documents.forEach(({ owner }) => browser.database.closeFor(owner, chance.odds(0.5)))
        return browser.befall(what)
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
  const actions = setup.actions ?? 8 + chance.below(30)
  const hurried = chance.odds(0.5)
  for (let n = 0; n < actions; n++) {
    const gapMs = hurried && chance.odds(0.7) ? chance.next() ** 2 * 300 : chance.odds(0.8) ? chance.next() * 3000 : chance.next() ** 3 * 120_000
    await world.run(world.now() + gapMs)
    if (!awake().length && chance.odds(0.7)) act('open')
    const deed = chance.weighted({ ...deeds, ...(titlesFirst && { hash: 0 }) })
    if (deed === 'rest') await world.run(world.now() + 60_000)
    else act(deed)
  }
  note('all is well')
  await world.run(world.now() + chance.next() * 2000)
  await heal(browser, world.now)
  return { browser, log, complaints: judge(browser), options: { seed, hop } }
}

/** Everything works again and one page is open: now all that waits must leave. */
const heal = async (browser: BrowserWorld, now: () => number) => {
  const { world, server, network, database, local } = browser
  server.weather = 'fine'
  local.fill(false)
  database.befall('fine')
  browser.chunks(true)
  if (!network.online()) {
    network.plug(true)
    for (const { document } of browser.tabs) if (document && !document.owner.gone) world.later(0, () => document.window.fire('online'), document.owner)
  }
  await world.run(now() + 1500)
  const tab = browser.open('/end', 'The end', {})
  const waiting = () =>
    [...database.kept.keys()].some((key) => key.startsWith('visit/')) || [...local.kept.keys()].some((key) => /\/(sent\/)?visit\//.test(key)) || !server.calls.some(({ href, readMs }) => href?.endsWith('/end') && readMs)
  const patienceMs = now() + 45 * 60_000
  while (now() < patienceMs && waiting()) await world.run(now() + 3000)
  await world.run(now() + 5000)
  void tab
}
