import type { BrowserModel } from './browser/browser.ts'
import { hideFromView, mustHaveBegun, type Document, type Tab } from './browser/lifecycle.ts'
import { site } from './browser/window.ts'
import { addEntry, createRouting } from './routing.ts'
import type { Shop } from './shop.ts'

/** What is done in one page, by the visitor, the host or the browser. */
export type Step =
  | 'push'
  | 'replace'
  | 'hash'
  | 'back'
  | 'leave'
  | 'return'
  | 'reload'
  | 'crash'
  | 'hide'
  | 'show'
  | 'freeze'
  | 'reset'
  | 'room'
  | 'recreate'

type Steps<S extends Step> = Record<S, (tab: Tab, document: Document) => void>
type Log = (what: string) => void

/** The document is exchanged for another. */
const createMoves = (
  browser: BrowserModel,
  shop: Shop,
  log: Log,
  backWithin: (tab: Tab, document: Document, href: string) => void,
): Steps<'back' | 'leave' | 'return' | 'reload'> => {
  const { chance } = browser.scheduler
  const goTo = (tab: Tab, document: Document, path: string, title: string) => {
    // An address that is typed gives no sign.
    if (chance.odds(0.8)) document.window.sendTo(site + path)
    browser.leave(document, chance.odds(0.5), () =>
      addEntry(tab, browser.load(tab, site + path, title, shop.pace()), site + path),
    )
  }
  return {
    back(tab, document) {
      const entry = tab.entries[tab.at - 1]
      if (!entry) return
      log(`tab ${tab.n} goes back to ${entry.href}`)
      if (entry.document === document) return backWithin(tab, document, entry.href)
      browser.leave(document, chance.odds(0.5), () => {
        tab.at--
        if (entry.document.kept && !entry.document.owner.gone) return browser.restore(entry.document)
        entry.document = browser.load(tab, entry.href, shop.titleOf(entry.href), {
          ...shop.pace(),
          kind: 'back_forward',
        })
      })
    },
    leave(tab, document) {
      const path = shop.nextPath()
      log(`tab ${tab.n} leaves for ${path}`)
      goTo(tab, document, path, shop.titleOf(path))
    },
    return(tab, document) {
      log(`tab ${tab.n} follows a link to itself`)
      goTo(tab, document, document.window.href().slice(site.length), shop.titleOf('itself'))
    },
    reload(tab, document) {
      const href = document.window.href()
      log(`tab ${tab.n} reloads`)
      browser.leave(document, false, () => {
        const next = browser.load(tab, href, document.window.title(), { ...shop.pace(), kind: 'reload' })
        tab.entries[tab.at] = { document: next, href }
      })
    },
  }
}

/** What browsers do with pages nobody looks at, and with broken ones. */
const createDisturbances = (
  browser: BrowserModel,
  shop: Shop,
  log: Log,
): Steps<'crash' | 'hide' | 'show' | 'freeze'> => {
  const { scheduler } = browser
  return {
    crash(tab, document) {
      const href = document.window.href()
      log(`tab ${tab.n} crashes`)
      browser.crash(tab)
      if (!scheduler.chance.odds(0.6)) return
      const next = browser.load(tab, href, shop.titleOf(href), { ...shop.pace(), kind: 'reload' })
      tab.entries[tab.at] = { document: next, href }
    },
    hide: (tab, document) =>
      scheduler.later(
        0,
        () => {
          const { window, begun } = document
          if (!window.visible()) return
          log(`tab ${tab.n} is hidden`)
          if (begun) tab.journey.hidden(window.title())
          hideFromView(document)
          if (document.begun && !begun) tab.journey.hidden(window.title())
        },
        document.owner,
      ),
    show: (_tab, document) =>
      scheduler.later(
        0,
        () => {
          const isNews = !document.window.visible()
          document.window.show(true)
          if (isNews) mustHaveBegun(document)
        },
        document.owner,
      ),
    freeze(tab, document) {
      log(`tab ${tab.n} freezes`)
      browser.freeze(document)
    },
  }
}

/** What a host calls of the widget. Its promise may reject: then nothing has happened. */
const createHostCalls = (browser: BrowserModel, shop: Shop, log: Log): Steps<'reset' | 'room' | 'recreate'> => {
  const { scheduler } = browser
  type HostApi = Awaited<ReturnType<BrowserModel['fetchHostApi']>>
  const call = (document: Document, use: (api: HostApi) => unknown) =>
    scheduler.later(
      0,
      () => {
        if (document.tracking)
          void browser
            .fetchHostApi(document, document.tracking)
            .then(use)
            .catch(() => undefined)
      },
      document.owner,
    )
  return {
    reset(tab, document) {
      log(`tab ${tab.n} resets`)
      call(document, ({ reset }) => reset())
    },
    recreate: (tab, document) =>
      scheduler.later(
        0,
        () => {
          log(`tab ${tab.n} destroys its widget and makes another`)
          browser.recreate(document)
        },
        document.owner,
      ),
    room: (_tab, document) =>
      call(document, ({ core }) => core.visitor.setRoom(scheduler.chance.pick([undefined, `room${shop.pageCount()}`]))),
  }
}

/** The visitor, who walks through the shop in as many tabs as they like. */
export const createVisitor = (browser: BrowserModel, shop: Shop, areTitlesFirst: boolean, log: Log) => {
  const { back, ...routing } = createRouting(browser, shop, areTitlesFirst, log)
  const steps: Steps<Step> = {
    ...routing,
    ...createMoves(browser, shop, log, back),
    ...createDisturbances(browser, shop, log),
    ...createHostCalls(browser, shop, log),
  }
  return {
    /** The tabs whose page runs, each with that page. */
    awake: () =>
      browser.tabs.flatMap((tab) => {
        const { document } = tab
        return document && !document.owner.gone && !document.owner.asleep && !document.freezing
          ? [{ tab, document }]
          : []
      }),
    isStep: (action: string): action is Step => Object.hasOwn(steps, action),
    take: (step: Step, tab: Tab, document: Document): void => steps[step](tab, document),
    close(tab: Tab): void {
      const { document } = tab
      if (!document || document.owner.gone) return
      if (document.owner.asleep) browser.destroy(document)
      else browser.leave(document, false, () => (tab.document = undefined))
      for (const { document: kept } of tab.entries) if (kept !== document && kept.kept) browser.destroy(kept)
    },
  }
}
