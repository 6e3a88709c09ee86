/** For tests of navigation: the real part on a document moved by hand, and the visits it reports. */
import type { PageEvent } from '../../src/browser/ports'
import { createDepartures } from '../../src/browser/departures'
import { createJournal } from '../../src/browser/journal'
import type { Visit } from '../../src/tracking/stored'
import { createNavigation } from '../../src/tracking/navigation'
import { createTitle } from '../../src/browser/title'
import { patchHistory } from '../../src/recovery/historyPatch'
import { createFakeDocument, type FakeDocument, type FakeDocumentOptions } from './document'

/** Errors surface. */
const guard =
  <A extends unknown[]>(run: (...args: A) => unknown) =>
  (...args: A) =>
    void run(...args)

export interface ObservedNavigationOptions extends FakeDocumentOptions {
  /** What watches history where the browser does not tell can be fetched. */
  wrapped?: boolean
}

/** A visit, and how often navigation has reported it. */
export type ReportedVisit = Visit & { times: number }

/** A document that navigation watches, from its start. */
export interface ObservedNavigation extends FakeDocument {
  told: Map<string, ReportedVisit>
  /** What the host was warned of. */
  warnings: string[]
  stop(): void
  start(): void
  fire(event: PageEvent): void
  /** Settled visits; what may still change in brackets. */
  trail(): string[]
  push(path: string, title?: string, titleAfterMs?: number): Promise<void>
  replace(path: string, title?: string, titleAfterMs?: number): Promise<void>
}

export const createObservedNavigation = ({
  wrapped = true,
  ...options
}: ObservedNavigationOptions = {}): ObservedNavigation => {
  const fake = createFakeDocument(options)
  const { window, clock, local, session } = fake
  const warnings: string[] = []
  const reported = new Map<string, ReportedVisit>()
  const listeners = new Set<(event: PageEvent) => void>()
  let count = 0
  const navigation = createNavigation({
    name: 'tagalong-test',
    documentId: 'doc',
    page: {
      visible: () => true,
      parsed: window.parsed,
      listen() {},
      observe: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    },
    clock,
    departures: createDepartures(clock),
    title: createTitle(guard),
    journal: createJournal('journal/', () => local),
    session: createJournal('tab/', () => session),
    redact: (href) => (href.includes('/admin') ? undefined : href.replace(/[?&]token=\w+/, '')),
    newId: () => ({ id: `v${++count}`, at: clock.now() }),
    guard,
    warnOnce: (code) => void warnings.push(code),
    needRecovery: async () => {
      if (!wrapped) throw new Error('recovery could not be fetched')
      return { patchHistory }
    },
    onVisit: (visit) => void reported.set(visit.id, { ...visit, times: (reported.get(visit.id)?.times ?? 0) + 1 }),
    onUndone: (id) => void reported.delete(id),
  })
  navigation.start()
  const short = (href: string) => href.replace('https://shop.example', '')
  return {
    ...fake,
    told: reported,
    warnings,
    stop: () => navigation.stop(),
    start: () => navigation.start(),
    fire: (event) => [...listeners].forEach((listener) => listener(event)),
    trail: () =>
      [...reported.values()].map(({ href, title, open }) =>
        open ? `[${short(href)} ${title}]` : `${short(href)} ${title}`,
      ),
    push: (path, title, titleAfterMs = 0) => move('pushState', path, title, titleAfterMs),
    replace: (path, title, titleAfterMs = 0) => move('replaceState', path, title, titleAfterMs),
  }
  async function move(verb: 'pushState' | 'replaceState', path: string, title: string | undefined, afterMs: number) {
    await fake.task(() => {
      window.go(verb, path)
      if (title === undefined) return
      if (afterMs) fake.clock.after(afterMs, () => window.retitle(title))
      else window.retitle(title)
    })
  }
}
