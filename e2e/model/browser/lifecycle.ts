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
  inside?: Promise<ReturnType<CoreModule['createVisitor']>>
  settings?: ReturnType<CoreModule['createServerSettings']>
  /** Tracking has begun: the script ran and the page was seen. */
  begun: boolean
  kind: 'navigate' | 'reload' | 'back_forward'
  /** In the back/forward cache. */
  kept: boolean
  goneAtMs?: number
  /** It has been told, and no task of the host's runs any more. */
  freezing?: boolean
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

interface LifecycleParts {
  scheduler: Scheduler
  /** A page in the back/forward cache may keep others waiting for the database. */
  keepsBusy: boolean
  server: Server
  network: Network
  database: Database
  locks: WebLocks
  /** It is gone for good. */
  destroy(document: Document): void
  /** Tracking begins, if it may. */
  begin(document: Document): void
}

/** What becomes of a document that is left, put to sleep, or comes back. */
export const createLifecycle = ({
  scheduler,
  keepsBusy,
  server,
  network,
  database,
  locks,
  destroy,
  begin,
}: LifecycleParts) => {
  const { chance } = scheduler
  const sleep = (document: Document) => {
    document.owner.asleep = true
    document.frozenAtMs = scheduler.now()
    document.freezing = false
    for (const call of server.calls) if (call.owner === document.owner && call.readMs === undefined) call.left = true
    // A sleeper that keeps others waiting is put away.
    const look = () => {
      if (!document.owner.asleep || document.owner.gone) return
      if (locks.holders().includes(document.owner) || (database.busy(document.owner) && !(keepsBusy && document.kept)))
        destroy(document)
      else scheduler.later(1000, look)
    }
    scheduler.later(20, look)
  }
  /** The page goes as pages do; `then` once it has. */
  const leave = (document: Document, keep: boolean, then: () => void) => {
    const { owner, window, tab } = document
    scheduler.later(
      0,
      () => {
        if (network.busy(owner) && chance.odds(0.5)) network.refuse(owner)
        scheduler.later(
          0,
          () => {
            if (document.begun) tab.journey.left(window.title())
            window.fire('pagehide', { persisted: keep })
            window.show(false)
            scheduler.later(0, () => {
              // A page whose script is still on its way is not kept.
              document.kept = keep && document.begun
              if (document.kept) sleep(document)
              else destroy(document)
              then()
            })
          },
          owner,
        )
      },
      owner,
    )
  }
  /** It is awake again, and on screen. */
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
        begin(document)
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
          if (window.visible()) window.show(false)
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
