/**
 * The composition root of tracking, and the only door of core: the one file that sees two parts at once. It makes them, joins them,
 * starts them in order and stops them in reverse. Read this first; what is not needed to notice, store and deliver a visit is behind
 * core.ts and door.ts, in other downloads.
 */
import type { Options } from '../options'
import type { LaneOptions, Undo, Waiting } from './contracts'
import { createClock } from './clock'
import { createEvents } from './events'
import { randomHex } from './id'
import { createJournal } from './journal'
import { createLocks } from './lock'
import { createNavigation, longestTitle, type Visit } from './navigation'
import { createLane, quietMs } from './outbox'
import { createPage } from './page'
import { createPermission } from './permission'
import { createRedact } from './redact'
import { createReport } from './report'
import { createSend, posting } from './sender'
import { openStorage } from './storage'
import { createTabs } from './tabs'
import { createTitle } from './title'
import type { Trouble } from './trouble'
import { createVisitor } from './visitor'
import { createVisits, detailOf } from './visits'

export type * from './contracts'

export interface TrackingSetup {
  options: Options
  /** Absolute, without a trailing slash. */
  server: string
  version: string
  /** What is done in trouble, and the lock of plain-http sites: fetched when first needed. */
  fetchTrouble(): Promise<Pick<typeof import('./trouble'), 'createTrouble'>>
}

export const createTracking = ({ options, server, version, fetchTrouble }: TrackingSetup) => {
  const name = `tagalong-${server.replace(/^\w+:\/\//, '')}`
  const doc = randomHex(4)
  const events = createEvents((run) => guard(run))
  const { say, guard } = createReport(options, (code, says) => events.emit('error', { code, says }))
  const clock = createClock()
  const page = createPage()
  const facts = (key: string, kept: () => Storage, allowed?: () => boolean) => createJournal(`tagalong-${key}/${name}/`, kept, allowed)
  const local = () => localStorage
  const permission = createPermission(options, facts('journal', local))
  const journal = facts('journal', local, permission.mayStore)
  const session = facts('tab', () => sessionStorage, permission.mayStore)
  const left = createJournal('tagalong-left/', () => sessionStorage)
  const storage = openStorage(name, clock, !permission.mayStore())
  const tabs = createTabs(name, page)
  const send = createSend(clock)
  const title = createTitle(guard)

  const begunMs = clock.now()
  const tab = session.read<string>('id') ?? randomHex(4)
  const hops = session.read<number>('hops') ?? 0

  let lastMs = 0
  const newId = (at = clock.now()) => {
    lastMs = Math.max(at, lastMs + 1, (journal.read<number>('last') ?? 0) + 1)
    journal.write('last', lastMs)
    // Sorts as text in the order of time; the tail keeps two tabs in one millisecond apart.
    return { id: lastMs.toString(36).padStart(9, '0') + doc, at }
  }

  let fetched: Promise<Trouble | undefined> | undefined
  const trouble = () =>
    (fetched ??= fetchTrouble().then(
      ({ createTrouble }) => createTrouble(tracking),
      () => (fetched = undefined),
    ))
  const locks = createLocks(page, trouble)

  const lanes = new Set<{ start(): void; stop: Undo }>()
  let started = false
  const lane = <R extends Waiting>(laneOptions: LaneOptions<R>) => {
    const lock = locks(laneOptions.journaled ? name : `${name}/${laneOptions.name}`)
    const made = createLane<R>({ storage, journal, session, clock, page, tabs, lock, doc, tab, hops, trouble }, laneOptions)
    lanes.add(made)
    if (started) made.start()
    return made
  }

  const visitor = createVisitor(storage)
  const visits = createVisits({ lane, post: (body) => send(`${server}/api/v1/livechat/page.visited`, posting(body)), storage, visitor, emit: events.emit, trouble })

  const addresses = new Set<(href: string) => void>()
  const redact = createRedact(options, say)
  const put = async (visit: Visit & { token?: string }) => {
    const state = visitor.current()
    // The token it was noticed under, whatever happens before it has settled.
    visit.token ??= state?.token
    visit.title = visit.title.slice(0, longestTitle)
    await visits.put({ ...visit, tab, open: visit.open ? doc : undefined, rid: state?.roomId })
    if (!visit.open) events.emit('visit', detailOf(visit))
    visit.token ??= (await visitor.state()).token
  }
  const navigation = createNavigation({
    page,
    clock,
    title,
    session,
    redact,
    newId,
    guard,
    onVisit: guard(put),
    onUndone: guard(visits.drop),
    onAddress: (href) => addresses.forEach((listener) => listener(href)),
  })

  let begun = false
  let stopped = false
  let settle!: () => void
  const ready = new Promise<void>((resolve) => (settle = resolve))

  /** Everything that waits for the visitor's or the host's leave, and for the page to be seen. */
  const begin = () => {
    if (begun || stopped || !page.visible() || !permission.mayTrack()) return
    begun = true
    storage.wake()
    session.write('id', tab)
    void visitor.state()
    // The notes of the stub: pages that were left before the script had arrived. Taken out as they are read.
    for (const at of left.keys('').sort()) {
      const note = left.read<{ href: string; title: string }>(at)
      left.remove(at)
      const href = note && redact(note.href)
      if (href) guard(put)({ ...newId(+at), href, title: note.title })
    }
    // What happens in a frame is no page of the visitor's.
    if (top === self) navigation.start()
    settle()
    events.emit('ready', undefined)
  }
  const erase = async () => {
    navigation.stop()
    begun = false
    for (const shelf of [journal, session]) shelf.keys('').forEach(shelf.remove)
    await storage.clear('')
    visitor.unlearn()
  }
  /** As before a first visit. */
  const afresh = async () => {
    await erase()
    events.emit('identity', {})
    begin()
  }
  tabs.observe('forget', guard(afresh))
  tabs.observe('visitor', guard(() => visitor.change()))

  const tracking = {
    version,
    server,
    name,
    doc,
    options,
    ready,
    events,
    say,
    guard,
    clock,
    page,
    permission,
    journal,
    session,
    storage,
    tabs,
    locks,
    send,
    redact,
    title,
    visitor,
    visits,
    lane,
    put,
    addresses,
    newId,
    randomHex,
    begin,
    erase,
    afresh,
    start() {
      started = true
      if (!permission.mayTrack()) left.keys('').forEach(left.remove)
      page.start()
      page.observe((event) => {
        if (event === 'visible' || event === 'activated') begin()
        if (event === 'restore') void visitor.change()
        if (event === 'leave') session.write('hops', clock.now() - begunMs < quietMs(hops) ? hops + 1 : 0)
      })
      lanes.forEach((made) => made.start())
      begin()
    },
    destroy() {
      stopped = true
      events.emit('destroy', undefined)
      navigation.stop()
      lanes.forEach((made) => made.stop())
      for (const part of [tabs, page, clock, storage, events]) part.stop()
    },
  }
  return tracking
}
export type Tracking = ReturnType<typeof createTracking>
