import type { BrowserModel } from './browser/browser.ts'
import type { Tab } from './browser/lifecycle.ts'
import { site } from './browser/window.ts'

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

/** A router writes its titles before its addresses or after them; -1: never. */
const delaysMs = [-1, 0, 0, 10, 160, 400, 900]

/** The visitor, and the shop they walk through. */
export const createVisitor = (browser: BrowserModel, titlesFirst: boolean, note: (what: string) => void) => {
  const { scheduler } = browser
  const { chance } = scheduler
  let pages = 0
  const nextPath = () => `/p${++pages}${chance.odds(0.02) ? '-poison' : chance.odds(0.01) ? '-too-large' : ''}`
  const titleOf = (path: string) => (chance.odds(0.1) ? 'Same' : `Title ${path}`)

  const awake = () =>
    browser.tabs.filter(
      ({ document }) => document && !document.owner.gone && !document.owner.asleep && !document.freezing,
    )
  const host = (tab: Tab, act: () => void) => scheduler.later(0, act, tab.document!.owner)
  const how = () => ({
    startMs: chance.odds(0.8) ? chance.next() * 30 : chance.next() * 400,
    parseMs: chance.odds(0.2) ? chance.next() * 800 : 0,
  })
  const retitle = (tab: Tab, path: string, delayMs: number) => {
    const { document } = tab
    const at = document!.window.href()
    const text = titleOf(path)
    if (delayMs < 0) return
    const write = () => document!.window.href() === at && document!.window.retitle(text)
    if (delayMs === 0) write()
    else scheduler.later(delayMs, write, document!.owner)
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
  const steps: Record<Step, (tab: Tab) => void> = {
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
        const path = chance.odds(0.3)
          ? `${window.href().split('#')[0]}#${chance.pick(['s1', 's2', '/deep'])}`
          : chance.odds(0.15)
            ? (tab.entries[tab.at - 1]?.href ?? nextPath())
            : nextPath()
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
        tab.journey.timersLate()
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
      host(
        tab,
        () =>
          void (
            tab.document!.tracking &&
            browser
              .inside(tab.document!)
              .then(({ reset }) => reset())
              .catch(() => undefined)
          ),
      )
    },
    room: (tab) =>
      host(
        tab,
        () =>
          void (
            tab.document!.tracking &&
            browser
              .inside(tab.document!)
              .then(({ core }) => core.visitor.setRoom(chance.pick([undefined, `room${pages}`])))
              .catch(() => undefined)
          ),
      ),
  }
  return { awake, nextPath, titleOf, how, close, steps }
}
