import type { CoreModule } from '../core.ts'
import type { Database } from './database.ts'
import type { WebLocks } from './locks.ts'
import type { Network, Server } from './server.ts'
import type { LocalStorage } from './storage.ts'
import type { Journey } from '../expectation.ts'
import type { Window } from './window.ts'
import type { Owner, Scheduler } from '../scheduler.ts'

export interface Document {
  owner: Owner
  window: Window
  tab: Tab
  tracking?: ReturnType<CoreModule['createTracking']>
  /** What the host's first call has fetched. */
  hostApi?: Promise<ReturnType<CoreModule['createVisitor']>>
  settings?: ReturnType<CoreModule['createServerSettings']>
  /** Tracking has begun: the script ran and the page was seen, or went. */
  begun: boolean
  /** It has not, though it should have. */
  isMissed?: boolean
  kind: 'navigate' | 'reload' | 'back_forward'
  /** Its widget is not the first that has begun: what begins again is no new visit. */
  isRecreated?: boolean
  /** In the back/forward cache. */
  kept: boolean
  goneAtMs?: number
  /** The page has been told that it will be frozen, and no task of the host's runs any more. */
  freezing?: boolean
  /** Its connection to the database was closed once: what it writes then waits for another. */
  hasLostDatabase?: boolean
  /** When it was last put to sleep. */
  frozenAtMs?: number
}

export interface Tab {
  n: number
  /** Session storage, as a document that begins now sees it. */
  session(): globalThis.Storage
  local: ReturnType<LocalStorage['view']>
  journey: Journey
  entries: { document: Document; href: string }[]
  at: number
  document?: Document
}

/** The page has been seen, and its script has run: whatever becomes of it now, it is a visit. */
export const mustHaveBegun = (document: Document): void => {
  document.isMissed ||= !!document.tracking && !document.begun
}

interface LifecycleParts {
  scheduler: Scheduler
  /** As in WebKit, where a page in the back/forward cache may keep others waiting for the database. */
  isDatabaseHeldByCachedPages: boolean
  server: Server
  network: Network
  database: Database
  locks: WebLocks
  /** Files that are on their way to this page do not come. */
  refuseFiles(owner: Owner): void
  /** The document is gone for good. */
  destroy(document: Document): void
}

const firstEvictionMs = 20
const nextEvictionMs = 1000
/** From the beginning of a navigation to `pagehide`. */
const longestGoingMs = 80

/** A document is frozen. Browsers put a sleeper away that keeps others waiting. */
const createSleep =
  ({ scheduler, isDatabaseHeldByCachedPages, server, database, locks, destroy }: LifecycleParts) =>
  (document: Document): void => {
    document.owner.asleep = true
    document.frozenAtMs = scheduler.now()
    document.freezing = false
    for (const call of server.calls)
      if (call.owner === document.owner && call.readMs === undefined) call.interrupted = true
    const { owner, kept } = document
    const evictIfInTheWay = () => {
      if (!owner.asleep || owner.gone) return
      const holdsDatabase = database.busy(owner) && !(isDatabaseHeldByCachedPages && kept)
      if (locks.holders().includes(owner) || holdsDatabase) destroy(document)
      else scheduler.later(nextEvictionMs, evictIfInTheWay)
    }
    scheduler.later(firstEvictionMs, evictIfInTheWay)
  }

/** Nobody sees the page any more, who did until now. */
export const hideFromView = (document: Document): void => {
  document.window.show(false)
  mustHaveBegun(document)
}

/** What becomes of a document that is left, put to sleep, or comes back. */
export const createLifecycle = (parts: LifecycleParts) => {
  const { scheduler, network, refuseFiles, destroy } = parts
  const { chance } = scheduler
  const sleep = createSleep(parts)
  /** The page hears that it goes, and goes; `then` once it has. */
  const hide = (document: Document, keep: boolean, then: () => void) => {
    const { window, tab } = document
    const wasBegun = document.begun
    if (wasBegun) tab.journey.left(window.title())
    const isSeen = window.visible()
    window.fire('pagehide', { persisted: keep })
    if (isSeen) mustHaveBegun(document)
    if (document.begun && !wasBegun) tab.journey.left(window.title())
    window.show(false)
    scheduler.later(0, () => {
      // A page whose script is still on its way is not kept.
      document.kept = keep && document.begun
      if (document.kept) sleep(document)
      else destroy(document)
      then()
    })
  }
  const leave = (document: Document, keep: boolean, then: () => void) => {
    const { owner } = document
    scheduler.later(
      0,
      () => {
        // As Firefox and WebKit do when a navigation begins, some time before the page hears of it.
        if (chance.odds(0.5)) refuseFiles(owner)
        scheduler.later(
          chance.odds(0.5) ? 0 : chance.next() * longestGoingMs,
          () => {
            if (network.busy(owner) && chance.odds(0.5)) network.refuse(owner)
            scheduler.later(0, () => hide(document, keep, then), owner)
          },
          owner,
        )
      },
      owner,
    )
  }
  /** The document is awake again, and on screen. */
  const rise = (document: Document, type: 'pageshow' | 'resume') => {
    const { owner, window, tab } = document
    owner.asleep = false
    scheduler.later(
      0,
      () => {
        window.fire(type, { persisted: true })
        if (document.begun)
          tab.journey.moved(window, 'return', window.title(), document.tracking?.visitor.current()?.token)
        window.show(true)
        mustHaveBegun(document)
        scheduler.wake(owner)
      },
      owner,
    )
  }
  return {
    leave,
    freeze(document: Document) {
      const { owner, window, tab } = document
      scheduler.later(
        0,
        () => {
          if (window.visible()) hideFromView(document)
          if (document.begun) tab.journey.left(window.title())
          window.fire('freeze')
          document.freezing = true
          scheduler.later(chance.next() * 4, () => sleep(document), owner)
        },
        owner,
      )
    },
    thaw: (document: Document) => rise(document, 'resume'),
    /** From the back/forward cache. */
    restore(document: Document) {
      document.kept = false
      document.tab.document = document
      rise(document, 'pageshow')
    },
  }
}
