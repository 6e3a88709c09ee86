import type { Core } from '../core.ts'
import { createDatabase, type DatabaseCondition } from './database.ts'
import { createEndings } from './endings.ts'
import { createLifecycle, type Document, type Tab } from './lifecycle.ts'
import { createWebLocks } from './locks.ts'
import { createRecreate, createScripts, type HostEvents } from './scripts.ts'
import { createNetwork, createServer, type Server } from './server.ts'
import { createLocalStorage, createSessionCopies, createSessionStorage, type LocalStorage } from './storage.ts'
import { createJourney } from '../expectation.ts'
import { createWindow, site, type Browser } from './window.ts'
import { newOwner, type Scheduler } from '../scheduler.ts'

export type Planted = (name: string, real: (...given: unknown[]) => unknown, given: unknown[]) => unknown

/** Whose faults the browser has: Firefox shows a document from its back/forward cache old session storage, WebKit keeps one there that keeps others waiting. */
export type Family = 'chromium' | 'firefox' | 'webkit'

export interface BrowserOptions {
  scheduler: Scheduler
  core: Core
  planted: Planted
  /** Every `await` takes time. */
  pausing: boolean
  /** Plain http has no Web Locks. */
  secure: boolean
  refusesLocalStorage: boolean
  engine: Browser['engine']
  family: Family
  queue?: { records?: number; days?: number }
}

interface LoadOptions {
  kind?: Document['kind']
  visible?: boolean
  startMs?: number
  parseMs?: number
}

/** Any date will do; the page's clock starts there. */
const startsAtWallMs = 1_700_000_000_000

interface TabsParts {
  shared: Browser
  local: LocalStorage
  /** The page's script has come. */
  start(document: Document): void
  /** What is stored just now may be lost. */
  isStorageUncertain(): boolean
}

/** The tabs of one browser, and the documents they load. */
const createTabs = (
  { scheduler, core, planted, pausing, family }: BrowserOptions,
  { shared, local, start, isStorageUncertain }: TabsParts,
) => {
  const tabs: Tab[] = []
  const documents: Document[] = []
  const load = (
    tab: Tab,
    href: string,
    title: string,
    { kind = 'navigate', visible = true, startMs = 0, parseMs = 0 }: LoadOptions = {},
  ): Document => {
    const owner = newOwner()
    const window = createWindow({
      browser: shared,
      owner,
      href,
      title,
      kind,
      entries: kind === 'navigate' ? Math.min(tab.at + 1, tab.entries.length) + 1 : tab.entries.length,
      visible,
      parsed: parseMs === 0,
      local: tab.local.storage,
      session: tab.session(),
      planted,
      pausing,
    })
    const document: Document = { owner, window, tab, begun: false, kind, kept: false }
    documents.push(document)
    owner.enter = () => core.enter(window.globals)
    tab.document = document
    scheduler.later(startMs, () => start(document), owner)
    const parse = () => {
      window.parse()
      tab.journey.parsed()
    }
    if (parseMs) scheduler.later(parseMs, parse, owner)
    return document
  }
  return {
    tabs,
    documents,
    load,
    open(path: string, title: string, how: LoadOptions) {
      const session = createSessionStorage()
      const tab: Tab = {
        n: tabs.length,
        session: family === 'firefox' ? createSessionCopies() : () => session,
        local: local.view(),
        journey: createJourney(tabs.length, scheduler.now, local.writable, isStorageUncertain),
        entries: [],
        at: 0,
      }
      tabs.push(tab)
      const document = load(tab, site + path, title, how)
      tab.entries = [{ document, href: site + path }]
      return tab
    },
  }
}

/** What was answered longer ago than this is no longer in the database. */
const surelyDeletedAfterMs = 1000

/** A visit may wait in a database that breaks down: what that keeps of the visit may be an older copy. */
const markWaitingVisits = (server: Server, tabs: Tab[], nowMs: number): void => {
  const delivered = server.calls.flatMap((call) =>
    call.stored && call.readMs !== undefined && call.readMs < nowMs - surelyDeletedAfterMs ? [call.href] : [],
  )
  const visits = tabs.flatMap(({ journey }) => journey.visits)
  for (const visit of visits) {
    const deliveredCount = delivered.filter((href) => href === visit.href).length
    const visitCount = visits.filter(({ href }) => href === visit.href).length
    visit.uncertain ||= deliveredCount < visitCount
  }
}

/** One visitor's browser and the server it talks to, moved by hand. */
export const createBrowser = (options: BrowserOptions) => {
  const { scheduler, core, secure, engine, family, queue } = options
  const server = createServer(scheduler)
  const network = createNetwork(scheduler, server)
  const database = createDatabase(scheduler, family === 'webkit')
  const locks = createWebLocks(scheduler)
  const local = createLocalStorage(scheduler, options.refusesLocalStorage)
  const events: HostEvents = { drops: [], announced: [] }
  let skewMs = startsAtWallMs
  let clockHasJumped = false
  let databaseHasFailed = false
  const shared: Browser = {
    scheduler,
    database,
    locks,
    network,
    secure,
    engine,
    wallMs: () => scheduler.now() + skewMs,
    channels: new Map(),
    said: [],
  }
  const scripts = createScripts({ scheduler, module: core.module, network, secure, engine, queue, events })
  // On plain http the lock lies in the database too.
  const isStorageUncertain = () => database.condition() !== 'fine' || (databaseHasFailed && !secure)
  const { tabs, documents, load, open } = createTabs(options, {
    shared,
    local,
    start: scripts.start,
    isStorageUncertain,
  })
  const endings = createEndings({ shared, server, network, database, locks, local, tabs, documents })
  const lifecycle = createLifecycle({
    scheduler,
    isDatabaseHeldByCachedPages: family === 'webkit',
    server,
    network,
    database,
    locks,
    refuseFiles: scripts.refuse,
    destroy: endings.destroy,
  })
  return {
    scheduler,
    server,
    network,
    database,
    local,
    tabs,
    documents,
    ...events,
    said: shared.said,
    load,
    open,
    ...endings,
    ...lifecycle,
    recreate: createRecreate(scripts, server),
    fetchHostApi: scripts.fetchHostApi,
    setChunksReachable: scripts.setReachable,
    chunksWereUnreachable: scripts.wereUnreachable,
    clockHasJumped: () => clockHasJumped,
    jumpClock(ms: number) {
      skewMs += ms
      clockHasJumped = true
      // Whether a page that is settling just then has had its second, nobody can tell.
      for (const { journey } of tabs) journey.unsure()
    },
    setDatabaseCondition(next: DatabaseCondition) {
      database.setCondition(next)
      if (next === 'fine') return
      databaseHasFailed = true
      markWaitingVisits(server, tabs, scheduler.now())
    },
    /** Tabs know nothing of each other: on plain http all they share is the database. */
    tabsWereIsolated: () => (databaseHasFailed && !secure) || database.wasFull(),
  }
}
export type BrowserModel = ReturnType<typeof createBrowser>
