import type { BrowserModel } from './browser/browser.ts'
import type { Shop } from './shop.ts'
import type { createVisitor } from './visitor.ts'

/** The server's limit knows nothing any more of what was sent before. */
const afterLimitMs = 61_000
const mostPushes = 3
/** A page is looked at for so long at most: some are left before they have settled, some after. */
const longestStayMs = 1700
/** What leaves with its page has long arrived. */
const arrivedAfterMs = 10_000
/** By then a page that comes back has judged by evidence, and has said again what must be said again, at ten calls a minute. */
const settledAfterMs = 130_000

/** The server refuses these for good. */
const isRefusable = (href: string) => /poison|too-large/.test(href)

/** A browser that has never been on this site. */
const forgetAll = ({ local, database }: BrowserModel) => {
  local.kept.clear()
  database.kept.clear()
}

/**
 * The visitor looks at a last page, perhaps at a few, and never comes back. Nobody is left who could deliver or double anything later: each page that
 * was on screen when the script ran must have left with them. Returns what has not; whether more has arrived than was seen, the judge says.
 *
 * A page that does not know how the server is posted to leaves with simple posts, in a browser that has never been here for example. Where the
 * server does not read them, a next page must say it all properly; so there the visitor comes back.
 */
export const sayFarewell = async (
  browser: BrowserModel,
  shop: Shop,
  visitor: Pick<ReturnType<typeof createVisitor>, 'take'>,
): Promise<string[]> => {
  const { scheduler, server, local } = browser
  const { chance } = scheduler
  // What cannot be noted cannot be sent at once: the token is asked of the database first.
  if (!local.writable()) return []
  await scheduler.run(scheduler.now() + afterLimitMs)
  for (const document of browser.documents) browser.destroy(document)
  const isNewBrowser = chance.odds(0.4)
  if (isNewBrowser) forgetAll(browser)
  // Until the server has told, a change of the address is what it keeps.
  if (isNewBrowser) server.monitor = 'url'
  const stay = () => scheduler.run(scheduler.now() + (chance.next() * longestStayMs) / mostPushes)
  const path = shop.nextPath()
  const tab = browser.open(path, shop.titleOf(path), shop.pace())
  const [entry] = tab.entries
  if (!entry) return []
  for (let pushes = chance.below(mostPushes + 1); pushes > 0; pushes--) {
    await stay()
    visitor.take('push', tab, entry.document)
  }
  await stay()
  browser.leave(entry.document, false, () => (tab.document = undefined))
  await scheduler.run(scheduler.now() + arrivedAfterMs)
  const { visits } = tab.journey
  const missing = () => {
    const arrived = new Set(server.calls.flatMap(({ stored, href }) => (stored ? [href] : [])))
    return visits.flatMap(({ href }) =>
      arrived.has(href) || isRefusable(href) ? [] : [`left for good: ${href} has not arrived`],
    )
  }
  // While a refusal is being judged nothing leaves, nor where a tab that does not hear of the others had noted an outage that is over.
  const isPaused = browser.tabsWereIsolated() || visits.some(({ href }) => isRefusable(href))
  const leavesAtOnce = server.simplePosts === 'read' && !isPaused
  const complaints = leavesAtOnce ? missing() : []
  if (leavesAtOnce && chance.odds(0.7)) return complaints
  browser.open('/again', 'Again', {})
  await scheduler.run(scheduler.now() + settledAfterMs)
  // What left as the page went, and had arrived, is not said once more by a page that the server answers.
  const { goneAtMs = Infinity } = entry.document
  const departed = server.calls.filter(({ stored, sentMs }) => stored && sentMs > goneAtMs - 1)
  const doubled = departed.filter(({ href }, at) => departed.findIndex((call) => call.href === href) < at)
  if (leavesAtOnce) complaints.push(...doubled.map(({ href }) => `left for good: ${href} has arrived twice`))
  return [...complaints, ...missing()]
}
