import type { BrowserModel } from './browser/browser.ts'
import type { Call } from './browser/server.ts'
import { rightTitles, type Seen } from './expectation.ts'

const grouped = <T>(list: T[], keyOf: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

/** Whether the sender may not have known that this was stored: no answer came, or it died, or fell asleep on the spot, before it could write that down. */
const unknown = (browser: BrowserModel) => {
  const goneAt = new Map(browser.documents.map(({ owner, goneAtMs = Infinity }) => [owner, goneAtMs]))
  const frozenAt = new Map(browser.documents.map(({ owner, frozenAtMs = Infinity }) => [owner, frozenAtMs]))
  const killedAtMs = browser.killedAtMs() ?? Infinity
  return ({ readMs, owner, left }: Call): boolean =>
    readMs === undefined ||
    !!left ||
    (goneAt.get(owner) ?? 0) - readMs < 600 ||
    Math.abs((frozenAt.get(owner) ?? 0) - readMs) < 20 ||
    (killedAtMs >= readMs && killedAtMs - readMs < 1200)
}

/** What the server holds against what the visitor did. Empty when the promises were kept. */
export const judge = (browser: BrowserModel): string[] => {
  const complaints: string[] = []
  const reports = browser.server.calls.filter(({ path }) => path === 'page.visited')
  const stored = reports.filter((call) => call.stored)
  const reportsOf = grouped(reports, ({ href = '' }) => href)
  const storedOf = grouped(stored, ({ href = '' }) => href)
  const seen = browser.tabs.flatMap(({ journey }) => journey.seen)
  // What a killed browser has written down may be what was true half a second before.
  for (const visit of seen)
    if (visit.killedAfterMs !== undefined && !storedOf.has(visit.href))
      visit.href = visit.former.find((href) => stored.some((call) => call.href === href)) ?? visit.href
  const seenOf = grouped(seen, ({ href }) => href)
  const isUnknown = unknown(browser)
  const mayBeLost = ({ href, former, killedAfterMs, unjournaled, uncertain, takenForReload }: Seen): boolean =>
    // Told under an address it had before: a tab whose clock had jumped took its page for dead.
    (uncertain && former.some((each) => storedOf.has(each))) ||
    takenForReload ||
    killedAfterMs !== undefined ||
    unjournaled ||
    browser.drops.some((drop) => drop.href === href) ||
    !!reportsOf.get(href)?.some((call) => !call.stored && (call.left || call.final || isUnknown(call)))

  for (const [href, calls] of storedOf) {
    const visits = seenOf.get(href) ?? []
    // Addresses of a visit that was told under another in the end, where nobody can say what had been kept of that.
    const ghosts =
      seen.some(
        ({ uncertain, unjournaled, killedAfterMs, former }) =>
          (uncertain || unjournaled || killedAfterMs !== undefined) && former.includes(href),
      ) ||
      (browser.killedAtMs() && browser.tabs.some(({ journey }) => journey.undone.includes(href))) ||
      browser.tabs.some(({ journey }) => journey.unclear.includes(href))
    if (ghosts || visits.some(({ uncertain }) => uncertain)) continue
    if (!visits.length) {
      complaints.push(`phantom: ${href} was reported and nobody was there`)
      continue
    }
    const mayDouble = calls.filter(isUnknown).length
    if (calls.length > visits.length + mayDouble)
      complaints.push(
        `doubled: ${href} is stored ${calls.length} times, was seen ${visits.length} times, ${mayDouble} answers were lost`,
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
  }
  for (const [href, visits] of seenOf) {
    const arrived = storedOf.get(href)?.length ?? 0
    const lost = visits.length - arrived
    const excused = visits.filter(mayBeLost).length
    if (lost > excused)
      complaints.push(`lost: ${href} was seen ${visits.length} times, ${arrived} arrived, ${excused} may be lost`)
  }
  for (const { n, journey } of browser.tabs) {
    const hrefs = new Set(journey.seen.map(({ href }) => href))
    const arrivals = stored.filter(({ href = '' }) => hrefs.has(href)).sort((a, b) => a.atMs! - b.atMs!)
    let at = 0
    // What was on its way when its page was left may be overtaken; and of two visits to one address, one of them lost, nobody can say which.
    // And where neither the clock nor local storage is to be trusted, pages do not know which came first.
    const doubtful = (visit: Seen) =>
      visit.uncertain ||
      (visit.unjournaled && browser.jumped()) ||
      reportsOf.get(visit.href)?.some(({ left }) => left) ||
      (seenOf.get(visit.href)!.length > 1 && seenOf.get(visit.href)!.some(mayBeLost))
    for (const visit of journey.seen.filter((each) => !doubtful(each))) {
      const found = arrivals.findIndex(({ href }, index) => index >= at && href === visit.href)
      if (found >= 0) at = found + 1
      else if (!mayBeLost(visit) && storedOf.has(visit.href)) complaints.push(`out of order: ${visit.href} in tab ${n}`)
    }
  }
  // A refusal tells how long to wait: five within a second were not waited for. Tabs that cannot be told by each other try for themselves.
  const refused = reports.filter(({ limited }) => limited)
  for (const calls of browser.helpless() || browser.apart()
    ? grouped(refused, ({ owner }) => String(browser.documents.findIndex((each) => each.owner === owner))).values()
    : [refused]) {
    const atMs = calls.map(({ sentMs }) => sentMs).sort((a, b) => a - b)
    if (atMs.some((ms, n) => atMs[n + 4]! - ms < 1000)) complaints.push(`impatient: refused ${refused.length} times`)
  }
  const twice = browser.announced.filter((id, at, ids) => ids.indexOf(id) < at)
  if (twice.length) complaints.push(`announced twice: ${twice.join(' ')}`)
  for (const line of browser.said) if (!line.startsWith('[Tagalong]')) complaints.push(`said: ${line}`)
  return complaints
}
