import type { Clock, Journal } from '../browser/ports'
import { firstPageKey, lastAddressKey, lastIdKey, tabAddressPrefix, tabNameKey } from './keys'

/** Of so many tabs, the newest, the last address is kept. */
const keptTabs = 8

export interface TabAddressParts {
  documentId: string
  clock: Clock
  /** Notes of all tabs. */
  journal: Journal
  /** Notes of this tab alone; they survive the document. */
  session: Journal
}

export interface TabAddress {
  last(): string | undefined
  remember(href: string | undefined): void
  /** `isReturn`: the document is a reload, or a return to a page by the tab's history or after the browser had discarded it. */
  start(href: string | undefined, isReturn: boolean, historyEntries: number): void
  /** The page comes back from the back/forward cache, or wakes: another document may have moved the tab on meanwhile. */
  recall(): void
  /** A first page has settled or goes, or tracking stops: the tab takes over what the journal had. The next page of the tab may have been faster. */
  handOver(): void
}

/**
 * The address this tab has recorded last, whichever document did: what comes back to it is no new visit.
 *
 * A browser in which nothing was ever noted is spared the first look into sessionStorage, which holds a page up: until its first page has
 * settled, that page's address is in the journal. Not until it goes: in Firefox (seen in 153) what a document writes into sessionStorage with
 * its first look, as it goes, the next does not see. And there a document that comes back from the back/forward cache sees its tab's
 * sessionStorage as it was when it left, while localStorage is up to date: the tab's name, which never changes, is kept in the one and its
 * last address in both.
 */
export const createTabAddress = ({ documentId, clock, journal, session }: TabAddressParts): TabAddress => {
  let isFirstPage: boolean
  let last: string | undefined
  let tabName: string | undefined

  const remember = (href: string | undefined) => {
    last = href
    if (isFirstPage && journal.write(firstPageKey, href)) return
    session.write(lastAddressKey, href)
    // A full storage refuses to write and not to delete: an older address must not stand there.
    if (tabName && !journal.write(tabAddressPrefix + tabName, href)) journal.remove(tabAddressPrefix + tabName)
  }
  const nameTab = (given: string | undefined) => {
    tabName = given
    if (tabName) return
    tabName = clock.now() + documentId
    session.write(tabNameKey, tabName)
    // Names begin with the time they were given.
    journal
      .keys(tabAddressPrefix)
      .sort()
      .slice(0, 1 - keptTabs)
      .forEach(journal.remove)
  }

  return {
    // What stands in the browser's storage may be anything.
    last: () => (typeof last === 'string' ? last : undefined),
    remember,
    start(href, isReturn, historyEntries) {
      isFirstPage = !journal.read(lastIdKey)
      last = undefined
      // In a tab that has just been opened, the name is that of the tab it was opened from.
      if (!isFirstPage) nameTab(historyEntries > 1 ? session.read(tabNameKey) : undefined)
      if (!isReturn) return
      last = session.read(lastAddressKey)
      if (journal.read(firstPageKey) !== href) return
      // A first page that was killed could not tell its tab.
      journal.remove(firstPageKey)
      remember(href)
    },
    recall() {
      const told = session.read<string>(lastAddressKey)
      remember(told === last ? (journal.read<string>(tabAddressPrefix + tabName) ?? told) : told)
    },
    handOver() {
      if (!isFirstPage) return
      isFirstPage = false
      nameTab(session.read(tabNameKey))
      if (!session.read(lastAddressKey)) remember(last)
      // Two tabs may have begun at once: the other one's note is left to it.
      if (journal.read(firstPageKey) === last) journal.remove(firstPageKey)
    },
  }
}
