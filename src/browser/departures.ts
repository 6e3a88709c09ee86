import { listen } from './addressChanges'
import { ofWindow } from './document'
import type { Clock, Departures, DepartureSign, Undo } from './ports'

/** The event of the Navigation API, as far as it matters here. */
interface NavigateEvent extends DepartureSign {
  destination: { url: string; sameDocument: boolean }
  downloadRequest: string | null
}

/** What has begun so long ago and has not taken the page away never will: a download, or an answer without a page. */
const signMs = 10_000

/** Whether the tab is on its way to another page of this site, which will report what this one could not. */
export const createDepartures = ({ now }: Pick<Clock, 'now'>): Departures & { stop: Undo } => {
  let sign: { event: DepartureSign; url: URL; atMs: number } | undefined
  const expect = (event: Event, href: string) => {
    try {
      sign = { event, url: new URL(href, location.href), atMs: now() }
    } catch {
      // What cannot be parsed leads nowhere.
    }
  }
  const navigation = ofWindow<EventTarget>('navigation')
  return {
    expect,
    toOwnSite: () =>
      sign &&
      !sign.event.defaultPrevented &&
      now() - sign.atMs < signMs &&
      sign.url.origin === location.origin &&
      // A router has taken it over, and the page is there already.
      sign.url.href !== location.href
        ? sign.event
        : undefined,
    stop: navigation
      ? listen(navigation, 'navigate', (event) => {
          const { destination, downloadRequest } = event as NavigateEvent
          if (!destination.sameDocument && downloadRequest === null) expect(event, destination.url)
        })
      : () => {},
  }
}
