import type { Window } from './browser/window.ts'

/** A page the visitor was on, by the rules alone. */
export interface Seen {
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
  /** It was noticed, or changed last, so shortly before the browser was killed. */
  killedAfterMs?: number
  token?: string
  /** Nothing could be noted at once. */
  unjournaled: boolean
  /** It waited when the database broke down, or came while it was down: of what had been kept an older copy may be left. */
  uncertain: boolean
  /** The first page of this tab has died there: it may be taken for that one, loaded again. */
  takenForReload?: boolean
}

export const settleMs = 1000
/** How late the timers of a page may be that nobody sees. */
const hiddenTimersLateMs = 2500
const longestSettleMs = 10_000

const parts = (href: string) => {
  const at = href.indexOf('#')
  return at < 0 ? [href, ''] : [href.slice(0, at), href.slice(at)]
}
const onlyScrolls = (from: string, to: string) => parts(from)[0] === parts(to)[0] && !/^#[/!]/.test(parts(to)[1] ?? '')

/** What one tab's visitor did, told as it happens: the list the server must end up with. */
export interface Journey {
  seen: Seen[]
  /** Addresses that turned out to be no visit: a killed browser may not have noted that. */
  undone: string[]
  /** Addresses of which nobody can say whether they were a visit: the clock jumped while they settled, and one of them was taken back. */
  unclear: string[]
  last(): string | undefined
  /** The page that has not settled yet. */
  open(): Seen | undefined
  /** So close to the end of settling that either answer would be right. */
  onEdge(): boolean
  moved(
    window: Window,
    how: 'load' | 'return' | 'push' | 'replace' | 'traverse',
    titleBefore: string,
    token?: string,
  ): void
  parsed(): void
  /** Timers come late from now on: the page is hidden. */
  timersLate(): void
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
  const seen: Seen[] = []
  const undone: string[] = []
  const unclear: string[] = []
  let last: string | undefined
  /** Whether a page of this tab was ever left in order, and where the first has died. */
  let hasLeftInOrder = false
  const diedAt = new Set<string>()
  let before: string | undefined
  let open: Seen | undefined

  const settled = () => !!open && now() >= open.settlesFromMs + settleMs + (open.timersLate ? hiddenTimersLateMs : 0)
  const close = (title: string) => {
    if (open) Object.assign(open, { closed: { atMs: now(), title }, unjournaled: open.unjournaled || !writable() })
    open = undefined
  }
  return {
    seen,
    undone,
    unclear,
    last: () => last,
    open: () => (settled() ? undefined : open),
    onEdge: () =>
      !!open &&
      now() > open.settlesFromMs + settleMs - 100 &&
      now() < open.settlesFromMs + settleMs + (open.timersLate ? hiddenTimersLateMs : 100),
    moved(window, how, titleBefore, token) {
      const href = window.href()
      if (href === last && how !== 'load') return
      if (how === 'replace' && last !== undefined) {
        if (onlyScrolls(last, href)) return void (last = href)
        if (open && !settled() && now() - open.sinceMs < longestSettleMs) {
          last = href
          if (href === before) {
            seen.splice(seen.indexOf(open), 1)
            undone.push(open.href, ...open.former)
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
        takenForReload: how === 'return' && diedAt.has(href),
      }
      seen.push(open)
    },
    parsed: () => void (open && (open.settlesFromMs = now())),
    timersLate: () => void (open && (open.timersLate = true)),
    unsure: () => void (open && (open.uncertain = true)),
    left(title) {
      hasLeftInOrder = true
      close(title)
    },
    died(title) {
      if (!hasLeftInOrder) diedAt.add(last!)
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
}: Seen): string[] => {
  const settlesMs = settlesFromMs + settleMs
  const lateMs = timersLate ? hiddenTimersLateMs : 45
  const titles =
    closed && closed.atMs <= settlesMs
      ? []
      : between(window, settlesMs, Math.min(settlesMs + lateMs, closed?.atMs ?? Infinity))
  if (closed && closed.atMs <= settlesMs + lateMs) titles.push(closed.title)
  if (killedAfterMs !== undefined || unjournaled || uncertain)
    titles.push(...between(window, sinceMs, closed?.atMs ?? Infinity))
  return titles
}
