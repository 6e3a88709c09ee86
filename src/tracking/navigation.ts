import { countHistoryEntries, watchAddress } from '../browser/addressChanges'
import { inDocument } from '../browser/document'
import type { AddressChange, Clock, Departures, Journal, Page, PageEvent, Title, Undo } from '../browser/ports'
import type { ErrorCode } from '../options'
import type { Recovery } from './contracts'
import type { Visit } from './stored'
import { createTabAddress } from './tabAddress'

/** Titles come up to a second after the address; redirects and search boxes replace the address until then. */
const settleMs = 1000
/** An address that is replaced without end is reported all the same. */
const longestSettleMs = 10_000

/** More pages than this in so much time no visitor has seen: of what a loop of a script pushes, the last is looked at when the time is over. */
const mostChanges = 50
const changesWithinMs = 1000

export interface NavigationParts {
  /** Of database and journal. */
  name: string
  documentId: string
  page: Page
  clock: Clock
  departures: Departures
  title: Title
  /** Notes of all tabs. */
  journal: Journal
  /** Notes of this tab alone; they survive the document. */
  session: Journal
  redact(href: string): string | undefined
  newId(): { id: string; at: number }
  guard<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void
  warnOnce(code: ErrorCode, says: string): void
  /** Rejects where it cannot be fetched. */
  needRecovery(): Promise<Pick<Recovery, 'patchHistory'>>
  /** The same object each time it is told. */
  onVisit(visit: Visit): void
  /** It turned out to be no visit. */
  onUndone(id: string): void
}

type NavigationState =
  /** Not started, or stopped: a host that wraps listeners may go on calling ours. */
  | { kind: 'stopped' }
  /** The visitor is on a page that was recorded as it is, or on one that is not recorded. */
  | { kind: 'settled' }
  /** A new page, whose address and title may still change. */
  | { kind: 'settling'; visit: Visit; sinceMs: number; addressBefore: string | undefined }

/** A replace of the scroll position, as scroll-spies do: no page of its own. A fragment that begins with `/` or `!` is a hash router's page. */
const onlyScrolls = (from: string, to: string): boolean =>
  from.split('#')[0] === to.split('#')[0] && !/^[^#]*#[/!]/.test(to)

/** `reload` or `back_forward`; the return of a tab the browser had discarded is one of the two as well. */
const isReturn = (): boolean => {
  try {
    const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    return /^(reload|back_forward)$/.test(entry?.type ?? '')
  } catch {
    // `performance` may be a variable of the page's own.
    return false
  }
}

// oxlint-disable-next-line max-lines-per-function -- the state and every way to change it stand in one closure, so that nobody else can enter a state
export const createNavigation = (parts: NavigationParts): { start(): void; stop: Undo } => {
  const {
    name,
    documentId,
    page,
    clock,
    departures,
    title,
    redact,
    guard,
    newId,
    warnOnce,
    needRecovery,
    onVisit,
    onUndone,
  } = parts
  const address = createTabAddress(parts)
  let state: NavigationState = { kind: 'stopped' }
  let cancelSettling: Undo = () => {}
  /** What the page before was called. */
  let titleBefore: string | undefined
  /** The new page is still called as the page before, and the task that brought the visitor here still runs: a title written now is its own. */
  let isTitleToCome = false
  /**
   * history.length when tracking started. A replace does not change it, a push does: the only way to tell them apart without the
   * Navigation API (Safari before 26.2, Firefox before 147).
   */
  let entriesAtStart = 0
  let undos: Undo[] = []

  /** The one place where the state changes. */
  const enter = (next: NavigationState) => {
    if (state.kind === 'settling') {
      cancelSettling()
      title.listen()
    }
    state = next
  }
  const settle = (text: string) => {
    if (state.kind !== 'settling') return
    const { visit } = state
    enter({ kind: 'settled' })
    titleBefore = visit.title = text
    visit.open = undefined
    onVisit(visit)
  }
  /** The page has had its time, or goes. */
  const settleNow = () => {
    settle(title.read())
    address.handOver()
  }
  const settleLater = () => {
    cancelSettling()
    cancelSettling = clock.after(page.parsed() ? settleMs : longestSettleMs, guard(settleNow))
  }
  const begin = (href: string) => {
    const addressBefore = address.last()
    address.remember(href)
    const text = title.read()
    isTitleToCome = text === titleBefore
    queueMicrotask(() => (isTitleToCome = false))
    const visit: Visit = { ...newId(), href, title: text, open: documentId }
    enter({ kind: 'settling', visit, sinceMs: clock.now(), addressBefore })
    title.listen((was) => {
      // A router may have heard of a traversal before us, and have written its title.
      lookAtAddress(undefined, was)
      readTitle()
    })
    onVisit(visit)
    settleLater()
  }
  const readTitle = () => {
    if (state.kind !== 'settling') return
    state.visit.title = title.read()
    onVisit(state.visit)
  }
  /** The page that is settling was no visit: the tab is where it was before. */
  const undoVisit = () => {
    if (state.kind !== 'settling') return
    const { visit, addressBefore } = state
    address.remember(addressBefore)
    enter({ kind: 'settled' })
    onUndone(visit.id)
  }
  /** The address of the page that is settling was replaced: it is the same visit. */
  const replaceAddress = (href: string) => {
    if (state.kind !== 'settling') return
    const { visit, addressBefore } = state
    // Sent back to where the visitor was: nothing has happened.
    if (href === addressBefore) return undoVisit()
    address.remember(href)
    visit.href = href
    visit.at = Math.max(visit.at, clock.now())
    readTitle()
    settleLater()
  }
  /** `change`: undefined where nobody tells which kind it was. `titleWas`: the title before a change of it that has just been seen. */
  const lookAtAddress = (change?: AddressChange, titleWas?: string) => {
    const href = redact(location.href)
    const last = address.last()
    if (state.kind === 'stopped' || href === last) return
    const isReplace = change ? change === 'replace' : countHistoryEntries() === entriesAtStart
    if (href && last && isReplace) {
      if (onlyScrolls(last, href)) return address.remember(href)
      if (state.kind === 'settling' && clock.now() - state.sinceMs < longestSettleMs) return replaceAddress(href)
    }
    settle(titleWas ?? (isTitleToCome ? title.read() : title.before()))
    if (href) begin(href)
  }
  const hearPage = (event: PageEvent) => {
    if (event === 'leave') {
      lookAtAddress()
      // The first half of a redirect.
      if (departures.toOwnSite()?.navigationType === 'replace') undoVisit()
      settleNow()
    } else if (event === 'hidden') {
      // On phones this may be the last that is heard of a page.
      settleNow()
    } else if (event === 'parsed') {
      if (state.kind === 'settling') settleLater()
    } else if (event === 'restore') {
      address.recall()
      lookAtAddress('traverse')
    }
  }
  const watch = () => {
    let changes = 0
    /** Of those that were not looked at: a push, if one was among them. */
    let thinned: AddressChange | undefined
    const lookAgain = guard(() => {
      if (changes > mostChanges) lookAtAddress(thinned)
      changes = 0
      thinned = undefined
    })
    const changed = guard((change?: AddressChange) => {
      if (!changes++) clock.after(changesWithinMs, lookAgain)
      if (changes <= mostChanges) return lookAtAddress(change)
      if (thinned !== 'push') thinned = change
      if (change !== 'replace') warnOnce('too-fast', 'Addresses change too fast: not all are visits.')
    })
    const undo = watchAddress(changed)
    if (undo) return void undos.push(undo)
    const begun = undos
    const patch = ({ patchHistory }: Pick<Recovery, 'patchHistory'>) => {
      // Tracking may have stopped meanwhile.
      if (undos === begun) begun.push(patchHistory(changed, clock, title.watch, departures))
    }
    // Where it cannot be fetched, changes of the address are seen when the title changes and when the page goes.
    void needRecovery().then(patch, () => {})
  }

  return {
    start() {
      entriesAtStart = countHistoryEntries()
      const href = redact(location.href)
      // A component that is mounted twice, or a module that was loaded anew, destroys one widget and makes another: no visit lies between.
      const isSuccessor = inDocument.read(name) === href
      address.start(href, isReturn() || isSuccessor, entriesAtStart)
      enter({ kind: 'settled' })
      undos = [page.observe(hearPage)]
      watch()
      lookAtAddress('traverse')
    },
    stop() {
      settleNow()
      // Of a page that nobody has seen since, the widget before this one knew where the visitor was.
      if (state.kind !== 'stopped') inDocument.write(name, address.last())
      enter({ kind: 'stopped' })
      undos.forEach((undo) => undo())
      undos = []
    },
  }
}
