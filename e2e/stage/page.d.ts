import type { Tagalong } from '../../src/index.ts'
import type { Seen } from '../bench/stage/observer.ts'
import type { createCannedCore } from '../hosts/gallery/core.ts'
import type { PageGlobals, Resources } from './page-resources.ts'

/** What the script tag, the stage and the specs leave on a page's window. A member is there only on pages whose spec has put it there. */
declare global {
  interface Window {
    // Of the stage and the benchmark.
    /** Counters of what the page has opened and not closed. */
    pageResources: Resources
    pageGlobals: PageGlobals
    /** What the benchmark's observer has seen; undefined in frames where it does not run. */
    seen?: Seen
    /** When each visit was delivered, by `performance.now()`. */
    deliveredMs?: number[]
    /** Details of the `delivered` events, as a page keeps them. */
    delivered?: { href: string; evidence?: true }[]

    // Of the gallery.
    /** The chat of the scene; specs write its messages as they like. */
    chat: { messages: { value: object[] } }
    core: ReturnType<typeof createCannedCore>
    ui: { destroy(): void }
    axe: { run(context: unknown, options: object): Promise<{ violations: Finding[] }> }

    // Of single specs.
    api?: Tagalong
    /** When the page's session storage was first looked up, by `performance.now()`, and how many keys it has. */
    firstSessionStorageLookMs: number | undefined
    sessionStorageSize(): number
    /** Every layout shift there was. */
    layoutShifts: number[]
    /** What `onerror` was told. */
    failures: string[]
    /** The details of the events of this name that the page has heard. */
    drops: { href: string; reason: string; title: string }[]
    errors: { says: string }[]
    /** The states of the conversation's connection that the page was told. */
    states: string[]
    /** Which of the host's wrappers of `pushState` were called. */
    wrapperCalls: string[]
    /** The databases the widget has used. */
    openedDatabases: IDBDatabase[]
    /** The page, hidden at first, is seen. */
    showPage(): void
    /** The body before the router replaced it. */
    formerBody: Element
  }
  /** What axe finds fault with. */
  interface Finding {
    id: string
    nodes: { target: unknown; failureSummary?: string }[]
  }
}
