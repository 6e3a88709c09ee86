import type { BrowserModel } from './browser/browser.ts'
import type { Call } from './browser/server.ts'
import { rightTitles, type ExpectedVisit } from './expectation.ts'

/** An answer that its page read so shortly before an end may not have been written down. */
const unsavedBeforeEndMs = 600
const unsavedBeforeFreezeMs = 20
/** The browser itself writes what it was given a little later. */
const unsavedBeforeKillMs = 1200
/** Five refusals within this time: nobody waited as the server had said. */
const impatientCalls = 5
const impatientWithinMs = 1000

/** Two tabs that begin at once, in a browser that has never been here, have not heard of each other. */
const bothFirstWithinMs = 100

const groupedBy = <T>(list: T[], keyOf: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

/** Whether the sender may not know that a call was stored: no answer came, or its page died or fell asleep before it could write the answer down. */
const createUncertainty = (browser: BrowserModel) => {
  const goneAt = new Map(browser.documents.map(({ owner, goneAtMs = Infinity }) => [owner, goneAtMs]))
  const frozenAt = new Map(browser.documents.map(({ owner, frozenAtMs = Infinity }) => [owner, frozenAtMs]))
  const slow = new Set(browser.documents.flatMap(({ owner, hasLostDatabase }) => (hasLostDatabase ? [owner] : [])))
  const killedAtMs = browser.killedAtMs() ?? Infinity
  return ({ readMs, owner, interrupted }: Call): boolean =>
    readMs === undefined ||
    !!interrupted ||
    (goneAt.get(owner) ?? 0) - readMs < unsavedBeforeEndMs ||
    Math.abs((frozenAt.get(owner) ?? 0) - readMs) < (slow.has(owner) ? unsavedBeforeEndMs : unsavedBeforeFreezeMs) ||
    (killedAtMs >= readMs && killedAtMs - readMs < unsavedBeforeKillMs)
}

interface Evidence {
  browser: BrowserModel
  reports: Call[]
  stored: Call[]
  reportsOf: Map<string, Call[]>
  storedOf: Map<string, Call[]>
  visits: ExpectedVisit[]
  visitsOf: Map<string, ExpectedVisit[]>
  isUncertain(call: Call): boolean
  /** By README's rules this visit need not arrive. */
  mayBeLost(visit: ExpectedVisit): boolean
}

const collectEvidence = (browser: BrowserModel): Evidence => {
  const reports = browser.server.calls.filter(({ path }) => path === 'page.visited')
  const stored = reports.filter((call) => call.stored)
  const reportsOf = groupedBy(reports, ({ href = '' }) => href)
  const storedOf = groupedBy(stored, ({ href = '' }) => href)
  const visits = browser.tabs.flatMap(({ journey }) => journey.visits)
  // What a killed browser has written down may be what was true half a second before.
  for (const visit of visits)
    if (visit.killedAfterMs !== undefined && !storedOf.has(visit.href))
      visit.href = visit.former.find((href) => stored.some((call) => call.href === href)) ?? visit.href
  const firsts = browser.tabs.flatMap(({ journey }) => journey.visits.slice(0, 1))
  // One of two first pages kept its tab's address where the other has written its own: should it die, it is new when it is loaded again.
  for (const first of firsts)
    if (
      first.died &&
      firsts.some(({ sinceMs, tab }) => tab !== first.tab && Math.abs(sinceMs - first.sinceMs) < bothFirstWithinMs)
    )
      first.uncertain = true
  const isUncertain = createUncertainty(browser)
  const mayBeLost = (visit: ExpectedVisit): boolean =>
    // It was reported under an address it had before: a tab whose clock had jumped took its page for dead.
    (visit.uncertain && visit.former.some((each) => storedOf.has(each))) ||
    !!visit.mayPassForReload ||
    visit.killedAfterMs !== undefined ||
    visit.unjournaled ||
    browser.drops.some(
      ({ href, reason }) =>
        href === visit.href && (reason !== 'refused' || reportsOf.get(href)?.some((call) => call.final)),
    ) ||
    !!reportsOf.get(visit.href)?.some((call) => !call.stored && (call.interrupted || call.final || isUncertain(call)))
  return {
    browser,
    reports,
    stored,
    reportsOf,
    storedOf,
    visits,
    visitsOf: groupedBy(visits, ({ href }) => href),
    isUncertain,
    mayBeLost,
  }
}

/** Nobody can say what was kept under this address: its visit was reported under another in the end, or may have been withdrawn. */
const isAddressUncertain = ({ browser, visits }: Evidence, href: string): boolean =>
  visits.some(
    ({ uncertain, unjournaled, killedAfterMs, former }) =>
      (uncertain || unjournaled || killedAfterMs !== undefined) && former.includes(href),
  ) ||
  (browser.killedAtMs() !== undefined && browser.tabs.some(({ journey }) => journey.withdrawn.includes(href))) ||
  browser.tabs.some(({ journey }) => journey.unclear.includes(href))

/** What is stored, and should not be, or not so. */
const complainOfStored = (evidence: Evidence): string[] => {
  const { storedOf, visitsOf, isUncertain } = evidence
  return [...storedOf].flatMap(([href, calls]) => {
    const visits = visitsOf.get(href) ?? []
    if (isAddressUncertain(evidence, href) || visits.some(({ uncertain }) => uncertain)) return []
    if (!visits.length) return [`phantom: ${href} was reported and nobody was there`]
    const complaints: string[] = []
    const mayDouble = calls.filter(isUncertain).length
    if (calls.length > visits.length + mayDouble)
      complaints.push(
        `doubled: ${href} is stored ${calls.length} times, was visited ${visits.length} times, ${mayDouble} answers were lost`,
      )
    const tokens = new Set(visits.map(({ token }) => token))
    if (!tokens.has(undefined))
      for (const { token } of calls) if (!tokens.has(token)) complaints.push(`under another token: ${href}`)
    const titles = new Set(visits.flatMap(rightTitles))
    for (const { title = '' } of calls)
      if (!titles.has(title))
        complaints.push(
          `mistitled: ${href} as "${title}" instead of ${[...titles].map((text) => `"${text}"`).join(' or ')}`,
        )
    return complaints
  })
}

/** What should be stored, and is not. */
const complainOfLost = ({ storedOf, visitsOf, mayBeLost }: Evidence): string[] =>
  [...visitsOf].flatMap(([href, visits]) => {
    const arrived = storedOf.get(href)?.length ?? 0
    const excused = visits.filter(mayBeLost).length
    return visits.length - arrived > excused
      ? [`lost: ${href} was visited ${visits.length} times, ${arrived} arrived, ${excused} may be lost`]
      : []
  })

const complainOfOrder = ({ browser, stored, reportsOf, storedOf, visitsOf, mayBeLost }: Evidence): string[] => {
  const isOrderUncertain = (visit: ExpectedVisit) => {
    const visits = visitsOf.get(visit.href) ?? []
    return (
      visit.uncertain ||
      // Where neither the clock nor local storage is to be trusted, pages do not know which came first.
      (visit.unjournaled && browser.clockHasJumped()) ||
      // What was on its way when its page was left may be overtaken.
      reportsOf.get(visit.href)?.some(({ interrupted }) => interrupted) ||
      // Of two visits to one address, one of them lost, nobody can say which it was.
      (visits.length > 1 && visits.some(mayBeLost))
    )
  }
  return browser.tabs.flatMap(({ n, journey }) => {
    const hrefs = new Set(journey.visits.map(({ href }) => href))
    const arrivals = stored.filter(({ href = '' }) => hrefs.has(href)).sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0))
    let at = 0
    return journey.visits.flatMap((visit) => {
      if (isOrderUncertain(visit)) return []
      const found = arrivals.findIndex(({ href }, index) => index >= at && href === visit.href)
      if (found >= 0) at = found + 1
      return found < 0 && !mayBeLost(visit) && storedOf.has(visit.href)
        ? [`out of order: ${visit.href} in tab ${n}`]
        : []
    })
  })
}

/** A refusal tells how long to wait. Tabs that cannot hear of each other try for themselves. */
const complainOfImpatience = ({ browser, reports }: Evidence): string[] => {
  // A page that goes does not hear that what left with it was refused, and the next one has not heard it either.
  const refused = reports.filter(({ limited, readMs }) => limited && readMs !== undefined)
  const documentOf = ({ owner }: Call) => String(browser.documents.findIndex((each) => each.owner === owner))
  const senders =
    browser.chunksWereUnreachable() || browser.tabsWereIsolated()
      ? [...groupedBy(refused, documentOf).values()]
      : [refused]
  return senders.flatMap((calls) => {
    const atMs = calls.map(({ sentMs }) => sentMs).sort((a, b) => a - b)
    const isImpatient = atMs.some((ms, n) => (atMs[n + impatientCalls - 1] ?? Infinity) - ms < impatientWithinMs)
    return isImpatient ? [`impatient: refused ${refused.length} times`] : []
  })
}

/** What the server holds against what the visitor did. Empty when the promises were kept. */
export const judge = (browser: BrowserModel): string[] => {
  const evidence = collectEvidence(browser)
  const announcedTwice = browser.announced.filter((id, at, ids) => ids.indexOf(id) < at)
  return [
    ...complainOfStored(evidence),
    ...complainOfLost(evidence),
    ...complainOfOrder(evidence),
    ...complainOfImpatience(evidence),
    ...browser.documents.flatMap(({ isMissed, window }) => (isMissed ? [`missed: ${window.href()} was seen`] : [])),
    ...(announcedTwice.length ? [`announced twice: ${announcedTwice.join(' ')}`] : []),
    ...browser.said.filter((line) => !line.startsWith('[Tagalong]')).map((line) => `said: ${line}`),
  ]
}
