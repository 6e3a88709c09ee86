/** For tests of navigation: the real one on a stage, and what it tells. */
import type { PageEvent } from '../../src/browser/ports'
import { createJournal } from '../../src/browser/journal'
import type { Visit } from '../../src/tracking/contracts'
import { createNavigation } from '../../src/tracking/navigation'
import { createTitle } from '../../src/browser/title'
import { patchHistory } from '../../src/recovery/historyPatch'
import { noRecovery } from './recovery'
import { createStage, type StageOptions } from './document'

/** Errors surface. */
const guard = <A extends unknown[]>(run: (...args: A) => unknown) => (...args: A) => void run(...args)

export interface WatchedOptions extends StageOptions {
  /** What watches history where the browser does not tell can be fetched. */
  wrapped?: boolean
}

/** A document that navigation watches, from its start. */
export const createWatched = ({ wrapped = true, ...options }: WatchedOptions = {}) => {
  const stage = createStage(options)
  const { window, clock, local, session } = stage
  const told = new Map<string, Visit & { times: number }>()
  const listeners = new Set<(event: PageEvent) => void>()
  let count = 0
  const navigation = createNavigation({
    documentId: 'doc',
    page: { visible: () => true, parsed: window.parsed, observe: (listener) => (listeners.add(listener), () => listeners.delete(listener)) },
    clock,
    title: createTitle(guard),
    journal: createJournal('journal/', () => local),
    session: createJournal('tab/', () => session),
    redact: (href) => (href.includes('/admin') ? undefined : href.replace(/[?&]token=\w+/, '')),
    newId: () => ({ id: `v${++count}`, at: clock.now() }),
    guard,
    recovery: async () => (wrapped ? { kind: 'here', recovery: { ...noRecovery, patchHistory } } : { kind: 'unreachable' }),
    onVisit: (visit) => void told.set(visit.id, { ...visit, times: (told.get(visit.id)?.times ?? 0) + 1 }),
    onUndone: (id) => void told.delete(id),
  })
  navigation.start()
  const short = (href: string) => href.replace('https://shop.example', '')
  return {
    ...stage,
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
    await stage.task(() => {
      window.go(verb, path)
      if (title === undefined) return
      if (afterMs) stage.clock.after(afterMs, () => window.retitle(title))
      else window.retitle(title)
    })
  }
}
export type Watched = ReturnType<typeof createWatched>
