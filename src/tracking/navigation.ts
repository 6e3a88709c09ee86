import type { Clock, Page, Undo, Journal, Title } from '../browser/ports'
import { entriesOf, watchMoves, type Move } from '../browser/addressChanges'
import type { Recovery } from '../recovery'

/** A page the visitor is on; told again under the same id when it has settled. */
export interface Visit {
  id: string
  at: number
  href: string
  title: string
  /** The document in which address and title may still change. */
  open?: string
}

/** Titles come up to a second after the address; redirects and search boxes replace it until then. */
const settleMs = 1000
/** An address that is replaced without end is reported all the same. */
const longestSettleMs = 10_000

export interface NavigationParts {
  doc: string
  page: Page
  clock: Clock
  title: Title
  /** Common to all tabs. */
  journal: Journal
  /** This tab's own memory; survives the document. */
  session: Journal
  redact(href: string): string | undefined
  newId(): { id: string; at: number }
  guard<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void
  trouble(): Promise<Pick<Recovery, 'watchHistory'> | undefined>
  /** The same object each time it is told. */
  onVisit(visit: Visit): void
  /** It turned out to be no visit. */
  onUndone(id: string): void
}

/** Where a first page in use is. */
const place = 'at'
/** Where the last addresses of tabs are, each under a name of its tab that begins with the time it was given. */
const tabPlace = 'tab/'
/** Of so many tabs, the newest, the last address is kept. */
const tabsKept = 8

/** A replace of scroll position, as scroll-spies do: no page of its own. */
const onlyScrolls = (from: string, to: string): boolean => from.split('#')[0] === to.split('#')[0] && !/^[^#]*#[/!]/.test(to)

export const createNavigation = (parts: NavigationParts): { start(): void; stop: Undo } => {
  const { doc, page, clock, title, journal, session, redact } = parts
  /** As nothing was ever noted, the tab's own memory is not asked for before the page goes: the first such question holds it up. The journal has its place until then. */
  let first: boolean
  /** The address this tab last recorded, whichever document did. */
  let last: string | undefined
  /** What it was before the visit that is settling. */
  let before: string | undefined
  let pending: Visit | undefined
  let sinceMs = 0
  /** What the page before was called. */
  let called: string | undefined
  /** It is called as the page before was, and the task that brought the visitor here still runs: a title written now is its own. */
  let late = false
  /** As many had the tab's history at first. */
  let entries = 0
  let undoTimer: Undo = () => {}
  let undo: Undo[] = []

  /**
   * In Firefox (seen in 153) a document that comes back from the back/forward cache sees its tab's session storage as it was when it left,
   * while local storage is up to date: the name of the tab, which never changes, is kept in the one and the tab's last address in both.
   */
  let tab: string | undefined
  const remember = (href: string | undefined) => {
    last = href
    if (first && journal.write(place, href)) return
    session.write('last', href)
    if (tab) journal.write(tabPlace + tab, href)
  }
  const nameTab = (given: string | undefined) => {
    tab = given
    if (tab) return
    tab = clock.now() + doc
    session.write('tab', tab)
    journal.keys(tabPlace).sort().slice(0, 1 - tabsKept).forEach(journal.remove)
  }
  /** What this tab has last recorded, whichever document did. */
  const recall = () => {
    const told = session.read<string>('last')
    return told === last ? (journal.read<string>(tabPlace + tab) ?? told) : told
  }
  /** The next page of the tab may have been faster. */
  const keep = () => {
    if (!first) return
    first = false
    nameTab(session.read('tab'))
    if (!session.read('last')) remember(last)
    journal.remove(place)
  }
  const retitle = () => {
    if (!pending) return
    pending.title = title.read()
    parts.onVisit(pending)
  }
  const settle = (text: string) => {
    if (!pending) return
    undoTimer()
    title.listen()
    called = pending.title = text
    pending.open = undefined
    parts.onVisit(pending)
    pending = undefined
  }
  const wait = () => {
    undoTimer()
    undoTimer = clock.after(page.parsed() ? settleMs : longestSettleMs, parts.guard(() => settle(title.read())))
  }
  const begin = (href: string) => {
    before = last
    remember(href)
    const text = title.read()
    late = text === called
    queueMicrotask(() => (late = false))
    sinceMs = clock.now()
    pending = { ...parts.newId(), href, title: text, open: doc }
    title.listen((was) => {
      // A router may have heard of a traversal before us, and have written its title.
      look(undefined, was)
      retitle()
    })
    parts.onVisit(pending)
    wait()
  }
  const replace = (href: string) => {
    if (!pending) return
    if (href === before) {
      // Sent back to where the visitor was: nothing has happened.
      undoTimer()
      title.listen()
      parts.onUndone(pending.id)
      pending = undefined
      return remember(href)
    }
    remember(href)
    pending.href = href
    pending.at = Math.max(pending.at, clock.now())
    retitle()
    wait()
  }
  /** Where nobody tells which kind of move it was: a replace adds no entry to the tab's history. */
  const look = (move?: Move, was?: string) => {
    const href = redact(location.href)
    // A host that wraps listeners may keep ours after we have gone.
    if (!undo.length || href === last) return
    if (href && last && (move ? move === 'replace' : entriesOf() === entries)) {
      if (onlyScrolls(last, href)) return remember(href)
      if (pending && clock.now() - sinceMs < longestSettleMs) return replace(href)
    }
    settle(was ?? (late ? title.read() : title.before()))
    if (href) begin(href)
  }
  /** Whether this document may be the same visit come again: `reload` or `back_forward`, as the return of a discarded tab is too. */
  const returned = () => /^[rb]/.test((performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.type as string)

  return {
    start() {
      first = !journal.read('last')
      last = undefined
      entries = entriesOf()
      // In a tab that has just been opened, a name is that of the tab it was opened from.
      if (!first) nameTab(entries > 1 ? session.read('tab') : undefined)
      if (returned()) {
        const href = redact(location.href)
        last = session.read('last')
        if (journal.read(place) === href) {
          // A first page that has died could not tell its tab.
          journal.remove(place)
          remember(href)
        }
      }
      const moved = parts.guard(look)
      const begun = (undo = [
        keep,
        page.observe((event) => {
          if (event === 'leave') {
            look()
            settle(title.read())
            keep()
          }
          if (event === 'parsed' && pending) wait()
          if (event === 'restore') {
            remember(recall())
            look('traverse')
          }
        }),
      ])
      const told = watchMoves(moved)
      if (told) begun.push(told)
      else void parts.trouble().then((help) => help && undo === begun && begun.push(help.watchHistory(moved, clock, title.watch)))
      look('traverse')
    },
    stop() {
      settle(title.read())
      undo.forEach((run) => run())
      undo = []
    },
  }
}
