import type { BrowserModel } from './browser/browser.ts'
import type { Document, Tab } from './browser/lifecycle.ts'
import type { Shop } from './shop.ts'

/** What a single-page router does: the address changes, the document stays. */
export interface Routing {
  push(tab: Tab, document: Document): void
  replace(tab: Tab, document: Document): void
  hash(tab: Tab, document: Document): void
  /** To the entry before, which belongs to the same document. */
  back(tab: Tab, document: Document, href: string): void
}

/** A new entry of the tab's history; those that lay ahead are gone. */
export const addEntry = (tab: Tab, document: Document, href: string): void => {
  tab.entries = [...tab.entries.slice(0, tab.at + 1), { document, href }]
  tab.at = tab.entries.length - 1
}

const withoutFragment = (href: string): string => href.split('#')[0] ?? href

export const createRouting = (
  browser: BrowserModel,
  shop: Shop,
  areTitlesFirst: boolean,
  log: (what: string) => void,
): Routing => {
  const { scheduler } = browser
  const { chance } = scheduler
  const inPage = ({ owner }: Document, act: () => void) => scheduler.later(0, act, owner)
  const retitle = ({ owner, window }: Document, path: string, delayMs: number | undefined) => {
    const href = window.href()
    const title = shop.titleOf(path)
    if (delayMs === undefined) return
    const write = () => window.href() === href && window.retitle(title)
    if (delayMs === 0) write()
    else scheduler.later(delayMs, write, owner)
  }
  const tellJourney = (
    { journey }: Tab,
    { begun, window, tracking }: Document,
    kind: 'push' | 'replace' | 'traverse',
    titleBefore: string,
  ) => {
    if (begun) journey.moved(window, kind, titleBefore, tracking?.visitor.current()?.token)
  }
  /** Another fragment, the address of the entry before, or a new one. */
  const replacement = (tab: Tab, href: string): string => {
    if (chance.odds(0.3)) return `${withoutFragment(href)}#${chance.pick(['s1', 's2', '/deep'])}`
    return chance.odds(0.15) ? (tab.entries[tab.at - 1]?.href ?? shop.nextPath()) : shop.nextPath()
  }
  return {
    push: (tab, document) =>
      inPage(document, () => {
        const { window } = document
        const path = shop.nextPath()
        const titleBefore = window.title()
        if (areTitlesFirst) window.retitle(shop.titleOf(path))
        const isBlankAtFirst = !areTitlesFirst && chance.odds(0.05)
        window.go('pushState', path)
        tellJourney(tab, document, 'push', titleBefore)
        if (isBlankAtFirst) window.retitle('')
        if (!areTitlesFirst) retitle(document, path, shop.titleDelayMs())
        addEntry(tab, document, window.href())
        log(`tab ${tab.n} pushes ${path}`)
      }),
    replace: (tab, document) =>
      inPage(document, () => {
        if (tab.journey.onEdge()) return
        const { window } = document
        const path = replacement(tab, window.href())
        const titleBefore = window.title()
        window.go('replaceState', path)
        tellJourney(tab, document, 'replace', titleBefore)
        retitle(document, path, shop.titleDelayMs())
        tab.entries[tab.at] = { document, href: window.href() }
        log(`tab ${tab.n} replaces with ${path}`)
      }),
    hash: (tab, document) =>
      inPage(document, () => {
        const { window } = document
        const to = withoutFragment(window.href()) + shop.nextFragment()
        const titleBefore = window.title()
        window.move(to, 'push')
        tellJourney(tab, document, 'push', titleBefore)
        addEntry(tab, document, window.href())
        log(`tab ${tab.n} goes to ${to}`)
      }),
    back: (tab, document, href) =>
      inPage(document, () => {
        tab.at--
        const titleBefore = document.window.title()
        document.window.move(href, 'traverse')
        tellJourney(tab, document, 'traverse', titleBefore)
        retitle(document, `back ${href}`, shop.titleDelayMs())
      }),
  }
}
