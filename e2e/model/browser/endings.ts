import type { Database } from './database.ts'
import type { Document, Tab } from './lifecycle.ts'
import type { WebLocks } from './locks.ts'
import type { Network, Server } from './server.ts'
import type { LocalStorage } from './storage.ts'
import type { Browser } from './window.ts'
import { settleMs } from '../expectation.ts'

/** A page that changed so shortly before its browser was killed may be known to the disk as it was before. */
const unsavedMs = 600

interface EndingsParts {
  shared: Browser
  server: Server
  network: Network
  database: Database
  locks: WebLocks
  local: LocalStorage
  tabs: Tab[]
  documents: Document[]
}

/** How documents end: one by one, with their renderer, or all at once with the browser. */
export interface Endings {
  /** The document is gone for good, and what it held is free. */
  destroy(document: Document): void
  /** The renderer dies: no event, and nothing that was begun is finished. */
  crash(tab: Tab): void
  /** The browser dies: all of its tabs, and what was not on the disk. */
  kill(): void
  killedAtMs(): number | undefined
}

export const createEndings = ({
  shared,
  server,
  network,
  database,
  locks,
  local,
  tabs,
  documents,
}: EndingsParts): Endings => {
  const { scheduler } = shared
  let killedAtMs: number | undefined
  const destroy = (document: Document) => {
    const { owner } = document
    if (owner.gone) return
    owner.gone = true
    document.goneAtMs = scheduler.now()
    database.abandon(owner)
    locks.abandon(owner)
    shared.channels.delete(owner)
    for (const call of server.calls) if (call.owner === owner && call.readMs === undefined) call.interrupted = true
  }
  return {
    destroy,
    crash(tab) {
      const { document } = tab
      if (!document || document.owner.gone) return
      if (document.begun) tab.journey.died(document.window.title())
      destroy(document)
      tab.document = undefined
    },
    kill() {
      const nowMs = scheduler.now()
      killedAtMs = nowMs
      for (const document of documents) {
        if (document.owner.gone) continue
        if (document.begun && document.tab.document === document) document.tab.journey.died(document.window.title())
        destroy(document)
      }
      network.cut()
      local.lose()
      for (const tab of tabs) {
        tab.document = undefined
        for (const visit of tab.journey.visits) {
          const changedMs = Math.min(visit.closed?.atMs ?? Infinity, visit.settlesFromMs + settleMs)
          if (nowMs - changedMs < unsavedMs)
            visit.killedAfterMs = Math.min(visit.killedAfterMs ?? Infinity, nowMs - visit.sinceMs)
        }
      }
    },
    killedAtMs: () => killedAtMs,
  }
}
