/** For tests of navigation: the real part on a document moved by hand, and the visits it reports. */
import type { PageEvent } from '../../src/core/contracts'
import { createJournal } from '../../src/core/journal'
import { createNavigation, type Visit } from '../../src/core/navigation'
import { createTitle } from '../../src/core/title'
import { watchHistory } from '../../src/core/wrapping'
import { createFakeDocument, type FakeDocumentOptions } from './document'

/** Errors surface. */
const guard = <A extends unknown[]>(run: (...args: A) => unknown) => (...args: A) => void run(...args)

export interface ObservedNavigationOptions extends FakeDocumentOptions {
  /** What watches history where the browser does not tell can be fetched. */
  wrapped?: boolean
}

/** A document that navigation watches, from its start. */
export const createObservedNavigation = ({ wrapped = true, ...options }: ObservedNavigationOptions = {}) => {
  const fake = createFakeDocument(options)
  const { window, clock, local, session } = fake
  const told = new Map<string, Visit & { times: number }>()
  const listeners = new Set<(event: PageEvent) => void>()
  let count = 0
  const navigation = createNavigation({
    doc: 'doc',
    page: { visible: () => true, parsed: window.parsed, observe: (listener) => (listeners.add(listener), () => listeners.delete(listener)) },
    clock,
    title: createTitle(guard),
    journal: createJournal('journal/', () => local),
    session: createJournal('tab/', () => session),
    redact: (href) => (href.includes('/admin') ? undefined : href.replace(/[?&]token=\w+/, '')),
    newId: () => ({ id: `v${++count}`, at: clock.now() }),
    guard,
    trouble: () => (wrapped ? Promise.resolve({ watchHistory }) : Promise.resolve(undefined)),
    onVisit: (visit) => void told.set(visit.id, { ...visit, times: (told.get(visit.id)?.times ?? 0) + 1 }),
    onUndone: (id) => void told.delete(id),
  })
  navigation.start()
  const short = (href: string) => href.replace('https://shop.example', '')
  return {
    ...fake,
    told,
    stop: () => navigation.stop(),
    start: () => navigation.start(),
    fire: (event: PageEvent) => [...listeners].forEach((listener) => listener(event)),
    /** Settled visits; what may still change in brackets. */
    trail: () => [...told.values()].map(({ href, title, open }) => (open ? `[${short(href)} ${title}]` : `${short(href)} ${title}`)),
    push: (path: string, title?: string, afterMs = 0) => move('pushState', path, title, afterMs),
    replace: (path: string, title?: string, afterMs = 0) => move('replaceState', path, title, afterMs),
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
export type ObservedNavigation = ReturnType<typeof createObservedNavigation>
