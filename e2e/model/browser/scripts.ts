import type { CoreModule } from '../core.ts'
import { mustHaveBegun, type Document } from './lifecycle.ts'
import { serverAddress, type Browser } from './window.ts'
import type { Network, Server } from './server.ts'
import type { Owner, Scheduler } from '../scheduler.ts'

/** What the page's scripts have told their host, for the judge. */
export interface HostEvents {
  drops: { href: string; reason: string }[]
  /** The ids of the visits that were announced as stored. */
  announced: string[]
}

type Tracking = ReturnType<CoreModule['createTracking']>

/** The widget's files in a page: tagalong.js runs first, the launcher's file and what the host's first call needs come later, over the network. */
export interface Scripts {
  /** tagalong.js has arrived and runs. */
  start(document: Document): void
  /** The API that the host's first call fetches. */
  fetchHostApi(document: Document, tracking: Tracking): Promise<ReturnType<CoreModule['createVisitor']>>
  /** Files that are on their way to this page do not come. */
  refuse(owner: Owner): void
  /** Whether the files that are fetched later can be. */
  setReachable(isReachable: boolean): void
  /** For some time they could not. */
  wereUnreachable(): boolean
}

interface ScriptsParts {
  scheduler: Scheduler
  module: CoreModule
  network: Pick<Network, 'online'>
  secure: boolean
  engine: Browser['engine']
  queue?: { records?: number; days?: number }
  events: HostEvents
}

export const createScripts = ({ scheduler, module, network, secure, engine, queue, events }: ScriptsParts): Scripts => {
  const { chance } = scheduler
  let isReachable = true
  let wereUnreachable = false
  /** Where the history patch or the storage lock is needed, recovery came with the first page; elsewhere it is fetched when it is needed. */
  const isRecoveryHere = !secure || engine === 'history'
  /** What refuses each file that has been on its way to a page. */
  const underWay = new Map<Owner, Set<() => void>>()
  const fetched = <T>(owner: Owner, what: T): Promise<T> =>
    new Promise((resolve, reject) => {
      const refuse = () => reject(new TypeError('Failed to fetch dynamically imported module'))
      if (!isRecoveryHere) underWay.set(owner, (underWay.get(owner) ?? new Set()).add(refuse))
      scheduler.later(
        engine === 'history' ? 0 : chance.next() * 50,
        () => ((isReachable && network.online()) || isRecoveryHere ? resolve(what) : refuse()),
        owner,
      )
    })
  /** The launcher's file runs. */
  const startLauncher = (document: Document, tracking: Tracking) => {
    if (document.settings) return document.settings
    const settings = module.createServerSettings(tracking, () => {})
    document.settings = settings
    module.arrive(tracking, settings, () => fetchHostApi(document, tracking))
    return settings
  }
  const fetchHostApi: Scripts['fetchHostApi'] = (document, tracking) => {
    const settings = startLauncher(document, tracking)
    document.hostApi ??= fetched(document.owner, module).then(
      ({ createVisitor }) => createVisitor(tracking, settings),
      (error: unknown) => {
        document.hostApi = undefined
        throw error
      },
    )
    return document.hostApi
  }
  const onReady = (document: Document, tracking: Tracking) => {
    if (document.begun || document.tracking !== tracking) return
    const { window, tab, kind, isRecreated } = document
    document.begun = true
    const returned = kind !== 'navigate' || isRecreated
    tab.journey.moved(window, returned ? 'return' : 'load', '', tracking.visitor.current()?.token)
  }
  return {
    fetchHostApi,
    start(document) {
      const { owner } = document
      const tracking = module.createTracking({
        options: { server: serverAddress, queue },
        server: serverAddress,
        version: '0',
        fetchRecovery: () => fetched(owner, module),
      })
      document.tracking = tracking
      tracking.on('drop', ({ href, reason }) => void events.drops.push({ href, reason }))
      tracking.on('visit', ({ id }) => void events.announced.push(id))
      tracking.on('ready', () => onReady(document, tracking))
      tracking.start()
      if (document.window.visible()) mustHaveBegun(document)
      const fetchLauncher = () =>
        void fetched(owner, module).then(
          () => document.tracking === tracking && startLauncher(document, tracking),
          () => {},
        )
      scheduler.later(chance.between(1, 300), fetchLauncher, owner)
    },
    refuse: (owner) => underWay.get(owner)?.forEach((refuse) => refuse()),
    setReachable(next) {
      isReachable = next
      wereUnreachable ||= !next
    },
    wereUnreachable: () => wereUnreachable,
  }
}

/** The widget of a page is destroyed, and another made in the same document: a component that is mounted anew. */
export const createRecreate =
  ({ start }: Scripts, { calls }: Pick<Server, 'calls'>) =>
  (document: Document): void => {
    const { owner, window, tab, tracking, begun } = document
    if (!tracking) return
    if (begun) tab.journey.hidden(window.title())
    tracking.destroy()
    // Nobody reads what is answered now.
    for (const call of calls) if (call.owner === owner && call.readMs === undefined) call.interrupted = true
    // A widget that had not begun leaves nothing behind for the next one.
    const isRecreated = begun || document.isRecreated
    Object.assign(document, { begun: false, isRecreated, settings: undefined, hostApi: undefined })
    start(document)
  }
