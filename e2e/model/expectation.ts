import type { Window } from './browser/window.ts'

/** A page the visitor was on, as README's rules have it: what the server must end up with. */
export interface ExpectedVisit {
  tab: number
  href: string
  /** Addresses it had before it was replaced. */
  former: string[]
  window: Window
  sinceMs: number
  /** From here its title has a second to settle. */
  settlesFromMs: number
  /** While it settled the page was hidden or asleep: timers came late. */
  timersLate: boolean
  /** Until it settled, or was left, or died. */
  closed?: { atMs: number; title: string }
  died?: boolean
  /** How long before the browser was killed the visit began, where it had changed so late that the disk may not know. */
  killedAfterMs?: number
  token?: string
  /** Local storage could not be written to. */
  unjournaled: boolean
  /** The visit waited when the database broke down, or came while it was down: an older copy of it may be left. */
  uncertain: boolean
  /** The first page of this tab has died there: it may be taken for that one, loaded again. */
  mayPassForReload?: boolean
}

/** How long a page must keep its title before it is reported with it. */
export const settleMs = 1000
/** How late the timers of a page may be that nobody sees. */
const hiddenTimersLateMs = 2500
/** The same of a page that is on screen. */
const timersLateMs = 45
/** Router and timer may come in either order. */
const edgeMs = 100
/** However often a router replaces the address, a page has settled by then. */
const longestSettleMs = 10_000

const parts = (href: string) => {
  const at = href.indexOf('#')
  return at < 0 ? [href, ''] : [href.slice(0, at), href.slice(at)]
}
const onlyScrolls = (from: string, to: string) => parts(from)[0] === parts(to)[0] && !/^#[/!]/.test(parts(to)[1] ?? '')

/** The visits of one tab. Told what the visitor does as it happens, it lists what the server must end up with. */
export interface Journey {
  visits: ExpectedVisit[]
  /** Addresses that turned out to be no visit: a killed browser may not have stored that. */
  withdrawn: string[]
  /** Addresses of which nobody can say whether they were a visit: the clock jumped while they settled, and one of them was taken back. */
  unclear: string[]
  last(): string | undefined
  /** The page that has not settled yet. */
  open(): ExpectedVisit | undefined
  /** The open page is so close to the end of settling that either answer would be right. */
  onEdge(): boolean
  moved(
    window: Window,
    how: 'load' | 'return' | 'push' | 'replace' | 'traverse',
    titleBefore: string,
    token?: string,
  ): void
  parsed(): void
  /** Nobody may see the page any more: what it is called now, it is reported as. */
  hidden(title: string): void
  /** Whether the open page has settled cannot be told any more. */
  unsure(): void
  left(title: string): void
  died(title: string): void
}

export const createJourney = (
  tab: number,
  now: () => number,
  writable: () => boolean,
  uncertain: () => boolean,
): Journey => {
  const visits: ExpectedVisit[] = []
  const withdrawn: string[] = []
  const unclear: string[] = []
  let last: string | undefined
  /** Whether a page of this tab was ever left in order, and where the first has died. */
  let hasLeftInOrder = false
  const diedAt = new Set<string>()
  let before: string | undefined
  let open: ExpectedVisit | undefined

  const settled = () => !!open && now() >= open.settlesFromMs + settleMs + (open.timersLate ? hiddenTimersLateMs : 0)
  const close = (title: string) => {
    if (open) Object.assign(open, { closed: { atMs: now(), title }, unjournaled: open.unjournaled || !writable() })
    open = undefined
  }
  return {
    visits,
    withdrawn,
    unclear,
    last: () => last,
    open: () => (settled() ? undefined : open),
    onEdge: () =>
      !!open &&
      now() > open.settlesFromMs + settleMs - edgeMs &&
      now() < open.settlesFromMs + settleMs + (open.timersLate ? hiddenTimersLateMs : edgeMs),
    moved(window, how, titleBefore, token) {
      const href = window.href()
      if (href === last && how !== 'load') return
      if (how === 'replace' && last !== undefined) {
        if (onlyScrolls(last, href)) return void (last = href)
        if (open && !settled() && now() - open.sinceMs < longestSettleMs) {
          last = href
          if (href === before) {
            visits.splice(visits.indexOf(open), 1)
            withdrawn.push(open.href, ...open.former)
            if (open.uncertain) unclear.push(href, open.href, ...open.former)
            open = undefined
          } else Object.assign(open, { href, former: [...open.former, open.href], settlesFromMs: now() })
          return
        }
      }
      close(titleBefore)
      before = how === 'load' ? undefined : last
      last = href
      open = {
        tab,
        href,
        former: [],
        window,
        sinceMs: now(),
        settlesFromMs: now(),
        timersLate: !window.visible(),
        unjournaled: !writable(),
        uncertain: uncertain(),
        token,
        mayPassForReload: how === 'return' && diedAt.has(href),
      }
      visits.push(open)
    },
    parsed: () => void (open && (open.settlesFromMs = now())),
    hidden: close,
    unsure: () => void (open && (open.uncertain = true)),
    left(title) {
      hasLeftInOrder = true
      close(title)
    },
    died(title) {
      if (!hasLeftInOrder && last !== undefined) diedAt.add(last)
      if (open && !settled()) open.died = true
      close(title)
    },
  }
}

/** The titles in effect between two moments. */
const between = ({ titles }: Window, fromMs: number, untilMs: number): string[] =>
  titles
    .filter(({ atMs }, at) => atMs <= untilMs && (titles[at + 1]?.atMs ?? Infinity) >= fromMs)
    .map(({ title }) => title)

/** The titles a page may rightly be reported with: the one it settled on, or what it had when it was left. */
export const rightTitles = ({
  window,
  sinceMs,
  settlesFromMs,
  timersLate,
  closed,
  killedAfterMs,
  unjournaled,
  uncertain,
}: ExpectedVisit): string[] => {
  const settlesMs = settlesFromMs + settleMs
  const lateMs = timersLate ? hiddenTimersLateMs : timersLateMs
  const titles =
    closed && closed.atMs <= settlesMs
      ? []
      : between(window, settlesMs, Math.min(settlesMs + lateMs, closed?.atMs ?? Infinity))
  if (closed && closed.atMs <= settlesMs + lateMs) titles.push(closed.title)
  if (killedAfterMs !== undefined || unjournaled || uncertain)
    titles.push(...between(window, sinceMs, closed?.atMs ?? Infinity))
  return titles
}
