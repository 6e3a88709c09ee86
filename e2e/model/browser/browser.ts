import type { Core } from '../core.ts'
import { createDatabase } from './database.ts'
import { createLifecycle, type Document, type Tab } from './lifecycle.ts'
import { createWebLocks } from './locks.ts'
import { createNetwork, createServer } from './server.ts'
import { createLocalStorage, createSessionCopies, createSessionStorage } from './storage.ts'
import { createJourney } from '../expectation.ts'
import { createWindow, serverAddress, site, type Browser } from './window.ts'
import { newOwner, type Owner, type Scheduler } from '../scheduler.ts'

export type Planted = (name: string, real: (...given: unknown[]) => unknown, given: unknown[]) => unknown

export interface BrowserOptions {
  scheduler: Scheduler
  core: Core
  planted: Planted
  hop: boolean
  secure: boolean
  /** Local storage is refused. */
  private: boolean
  engine: Browser['engine']
  /** Whose faults it has: Firefox shows a document from its back/forward cache old session storage, WebKit keeps one there that keeps others waiting. */
  family: 'chromium' | 'firefox' | 'webkit'
  queue?: { records?: number; days?: number }
}

/** One visitor's browser and the server it talks to, moved by hand. */
export const createBrowser = ({
  scheduler,
  core,
  planted,
  hop,
  secure,
  private: refused,
  engine,
  family,
  queue,
}: BrowserOptions) => {
  const { chance } = scheduler
  const { module, enter } = core
  const server = createServer(scheduler)
  const network = createNetwork(scheduler, server)
  const tokens: { atMs: number; token: string }[] = []
  const database = createDatabase(scheduler, family === 'webkit', (key, value) => {
    const token = key === 'visitor' && (value as { token?: string } | undefined)?.token
    if (token && tokens.at(-1)?.token !== token) tokens.push({ atMs: scheduler.now(), token })
  })
  const locks = createWebLocks(scheduler)
  const local = createLocalStorage(scheduler, refused)
  const tabs: Tab[] = []
  const documents: Document[] = []
  const drops: { href: string; reason: string }[] = []
  const said: string[] = []
  /** The ids of the visits that were announced to the host as stored. */
  const announced: string[] = []
  let skewMs = 1_700_000_000_000
  let killedAtMs: number | undefined
  let broken = false
  let jumped = false
  let helpless = false
  const shared: Browser = {
    scheduler,
    database,
    locks,
    network,
    secure,
    engine,
    wallMs: () => scheduler.now() + skewMs,
    channels: new Map(),
    said,
  }
  /** The chunk that knows what to do in trouble comes over the network like anything else; where it holds the lock, it came with the first page. */
  let chunks = true
  const fetched = <T>(owner: Owner, what: T): Promise<T> =>
    new Promise((resolve, reject) =>
      scheduler.later(
        engine === 'history' ? 0 : chance.next() * 50,
        () =>
          (chunks && network.online()) || !secure || engine === 'history'
            ? resolve(what)
            : reject(new TypeError('Failed to fetch dynamically imported module')),
        owner,
      ),
    )

  const destroy = (document: Document) => {
    const { owner } = document
    if (owner.gone) return
    owner.gone = true
    document.goneAtMs = scheduler.now()
    database.abandon(owner)
    locks.abandon(owner)
    shared.channels.delete(owner)
    for (const call of server.calls) if (call.owner === owner && call.readMs === undefined) call.left = true
  }
  const begin = (document: Document) => {
    const { window, tab, tracking } = document
    if (document.begun || !tracking || !window.visible()) return
    document.begun = true
    const returned = document.kind !== 'navigate'
    tab.journey.moved(window, returned ? 'return' : 'load', '', tracking.visitor.current()?.token)
  }
  /** The launcher's file has come. */
  const arrive = (document: Document) => {
    if (document.settings) return
    document.settings = module.createServerSettings(document.tracking!)
    module.arrive(document.tracking!, document.settings, () => inside(document))
  }
  /** What the host's first word fetches. */
  const inside = (document: Document) => {
    const { owner, tracking } = document
    arrive(document)
    document.inside ??= fetched(owner, module).then(
      ({ createVisitor }) => createVisitor(tracking!, document.settings!),
      (error: unknown) => {
        document.inside = undefined
        throw error
      },
    )
    return document.inside
  }
  /** The script has arrived and runs. */
  const start = (document: Document) => {
    const { owner } = document
    const tracking = module.createTracking({
      options: { server: serverAddress, queue },
      server: serverAddress,
      version: '0',
      fetchRecovery: () => fetched(owner, module),
    })
    document.tracking = tracking
    tracking.on('drop', ({ href, reason }) => void drops.push({ href, reason }))
    tracking.on('visit', ({ id }) => void announced.push(id))
    begin(document)
    tracking.start()
    scheduler.later(
      chance.between(1, 300),
      () =>
        void fetched(owner, module).then(
          () => arrive(document),
          () => {},
        ),
      owner,
    )
  }
  const load = (
    tab: Tab,
    href: string,
    title: string,
    how: { kind?: Document['kind']; visible?: boolean; startMs?: number; parseMs?: number } = {},
  ): Document => {
    const { kind = 'navigate', visible = true, startMs = 0, parseMs = 0 } = how
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
      hop,
    })
    const document: Document = { owner, window, tab, begun: false, kind, kept: false }
    documents.push(document)
    owner.enter = () => enter(window.globals)
    tab.document = document
    scheduler.later(startMs, () => start(document), owner)
    if (parseMs)
      scheduler.later(
        parseMs,
        () => {
          window.parse()
          tab.journey.parsed()
        },
        owner,
      )
    return document
  }
  const lifecycle = createLifecycle({
    scheduler,
    keepsBusy: family === 'webkit',
    server,
    network,
    database,
    locks,
    destroy,
    begin,
  })

  return {
    inside,
    scheduler,
    server,
    network,
    database,
    locks,
    local,
    tabs,
    documents,
    drops,
    said,
    announced,
    tokens,
    load,
    destroy,
    begin,
    ...lifecycle,
    shared,
    wallMs: shared.wallMs,
    /** The clock has been set. */
    jumped: () => jumped,
    jump(ms: number) {
      skewMs += ms
      jumped = true
      // Whether a page that is settling just then has had its second, nobody can tell.
      for (const { journey } of tabs) journey.unsure()
    },
    /** The database behaves like this from now on; what it may have forgotten is uncertain. */
    setDatabaseCondition(what: Parameters<typeof database.setCondition>[0]) {
      database.setCondition(what)
      if (what === 'fine') return
      // On plain http the lock lies in the database too.
      broken = true
      const delivered = server.calls.flatMap((call) =>
        call.stored && call.readMs !== undefined && call.readMs < scheduler.now() - 1000 ? [call.href] : [],
      )
      const all = tabs.flatMap(({ journey }) => journey.seen)
      const count = (hrefs: (string | undefined)[], href: string) => hrefs.filter((each) => each === href).length
      for (const seen of all)
        seen.uncertain ||=
          count(delivered, seen.href) <
          count(
            all.map(({ href }) => href),
            seen.href,
          )
    },
    /** Tabs know nothing of each other: on plain http all they share is the database. */
    apart: () => (broken && !secure) || database.wasFull(),
    chunks(come: boolean) {
      chunks = come
      helpless ||= !come
    },
    /** For some time what is fetched in trouble did not come. */
    helpless: () => helpless,
    killedAtMs: () => killedAtMs,
    open(path: string, title: string, how: Parameters<typeof load>[3]) {
      const session = createSessionStorage()
      const tab: Tab = {
        n: tabs.length,
        session: family === 'firefox' ? createSessionCopies() : () => session,
        local: local.view(),
        journey: createJourney(
          tabs.length,
          scheduler.now,
          local.writable,
          () => database.condition() !== 'fine' || (broken && !secure),
        ),
        entries: [],
        at: 0,
      }
      tabs.push(tab)
      const document = load(tab, site + path, title, how)
      tab.entries = [{ document, href: site + path }]
      return tab
    },
    /** The renderer dies: no event, and nothing that was begun is finished. */
    crash(tab: Tab) {
      const { document } = tab
      if (!document || document.owner.gone) return
      if (document.begun) tab.journey.died(document.window.title())
      destroy(document)
      tab.document = undefined
    },
    /** The browser dies: all of its tabs, and what was not on the disk. */
    kill() {
      killedAtMs = scheduler.now()
      for (const document of documents) {
        if (document.owner.gone) continue
        if (document.begun && document.tab.document === document) document.tab.journey.died(document.window.title())
        destroy(document)
      }
      network.cut()
      local.lose()
      for (const tab of tabs) {
        tab.document = undefined
        for (const seen of tab.journey.seen) {
          const changedMs = Math.min(seen.closed?.atMs ?? Infinity, seen.settlesFromMs + 1000)
          if (killedAtMs - changedMs < 600)
            seen.killedAfterMs = Math.min(seen.killedAfterMs ?? Infinity, killedAtMs - seen.sinceMs)
        }
      }
    },
  }
}
export type BrowserModel = ReturnType<typeof createBrowser>
