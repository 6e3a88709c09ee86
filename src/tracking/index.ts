/**
 * The composition root of tracking, and its only door: the one file that sees two of its parts at once. It makes them, joins them, starts
 * them in order and stops them in reverse. Read this first.
 */
import { createClock } from '../browser/clock'
import { createDatabase } from '../browser/database'
import { createDepartures } from '../browser/departures'
import { isTopPage } from '../browser/document'
import { randomHex, sortable } from '../browser/id'
import { createJournal } from '../browser/journal'
import { createLocks } from '../browser/lock'
import { createPage } from '../browser/page'
import { createSend } from '../browser/send'
import { tellTabs } from '../browser/tabs'
import { createTitle } from '../browser/title'
import type { Options } from '../options'
import type { FirstVisitor, LaneOptions, Recovery, Tracking } from './contracts'
import type { LaneRecord } from './stored'
import { createLane } from './delivery/lane'
import { createVisitLane } from './delivery/visitLane'
import { createEvents } from './events'
import { journalPrefixOf, lastIdKey, nameOf, stubNotesPrefix } from './keys'
import { createNavigation } from './navigation'
import { createPermission } from './permission'
import { createPosting } from './posting'
import { createRedact } from './redact'
import { createStorage } from './storage'
import { createVisitorStore } from './token'

/** The largest time that `sortable` writes with nine digits: a note beyond it is none of ours, and ids of its kind would all be the same. */
const latestIdMs = 36 ** 9

export interface TrackingSetup {
  options: Options
  /** Absolute, without a trailing slash. */
  server: string
  version: string
  /** The download that knows what to do when not all is well. */
  fetchRecovery(): Promise<{ createRecovery(tracking: Tracking): Recovery }>
  /** Of the official widget's calls (src/dialect): who the visitor was with that widget. Absent where nobody was here before us: somebody new. */
  firstVisitor?: FirstVisitor
}

// oxlint-disable-next-line max-lines-per-function -- the composition root: a list of the parts and of how they are joined
export const createTracking = ({
  options,
  server,
  version,
  fetchRecovery,
  firstVisitor,
}: TrackingSetup): Tracking & { start(): void } => {
  const name = nameOf(server)
  const documentId = randomHex(4)
  const events = createEvents(options)
  const { warnOnce, guard, emit } = events
  const clock = createClock()
  const page = createPage()
  const departures = createDepartures(clock)

  const notesIn = (kept: () => Storage, mayWrite?: () => boolean) =>
    createJournal(journalPrefixOf(name), kept, mayWrite)
  const permission = createPermission(
    options,
    notesIn(() => localStorage),
  )
  const journal = notesIn(() => localStorage, permission.mayStore)
  const session = notesIn(() => sessionStorage, permission.mayStore)
  /** The first look into a storage holds a page up. The stub says in localStorage whether it has left a note in sessionStorage, and hardly any page has one. */
  const stubFlag = createJournal(stubNotesPrefix, () => localStorage)
  const stubNotes = createJournal(stubNotesPrefix, () => (stubFlag.read('') ? sessionStorage : ({} as Storage)))

  /** They hold addresses as they were: who cannot use them now does not keep them. */
  const dropStubNotes = () => stubNotes.keys('').forEach(stubNotes.remove)

  let fetching: Promise<Recovery> | undefined
  /** Rejects where it cannot be fetched; the next who needs it tries again. */
  const needRecovery = (): Promise<Recovery> =>
    (fetching ??= fetchRecovery().then(
      ({ createRecovery }) => createRecovery(tracking),
      (error) => {
        fetching = undefined
        throw error
      },
    ))

  const storage = createStorage({
    database: createDatabase(name, clock, page),
    clock,
    overlayMemory: async (...given) => (await needRecovery()).overlayMemory(...given),
    isDormant: !permission.mayStore(),
  })
  const locks = createLocks(page, async (...given) => (await needRecovery()).lock(...given))

  let lastIdMs = 0
  const newId = (at = clock.now()) => {
    const noted = journal.read<number>(lastIdKey) ?? 0
    lastIdMs = Math.max(at, lastIdMs + 1, noted < latestIdMs ? noted + 1 : 0)
    journal.write(lastIdKey, lastIdMs)
    // The tail keeps two tabs in one millisecond apart.
    return { id: sortable(lastIdMs) + documentId, at }
  }

  const send = createSend()
  let isBegun = false
  let isDestroyed = false
  const parts = {
    ...events,
    options,
    server,
    version,
    name,
    documentId,
    clock,
    page,
    departures,
    permission,
    journal,
    session,
    storage,
    title: createTitle(guard),
    send,
    posting: createPosting({ server, journal, clock, send, needRecovery }),
    redact: createRedact(options, warnOnce),
    visitor: createVisitorStore(storage, journal, firstVisitor),
    needRecovery,
    newId,
    lock: locks,
    isDestroyed: () => isDestroyed,
  }
  const { visitor } = parts

  const isLastPage = () => !isDestroyed && permission.mayStore() && !departures.toOwnSite()

  /** Lanes that wait until things may be stored and sent; undefined once they may. */
  let dormantLanes: { start(): void }[] | undefined = []
  const startWhenAllowed = <L extends { start(): void }>(lane: L): L => {
    if (dormantLanes) dormantLanes.push(lane)
    else lane.start()
    return lane
  }
  const lane = <R extends LaneRecord>(laneOptions: LaneOptions<R>) =>
    startWhenAllowed(createLane<R>({ ...parts, lock: locks(`${name}/${laneOptions.name}`) }, laneOptions))
  const visits = startWhenAllowed(createVisitLane({ ...parts, lock: locks(`${name}/visit`), isLastPage }))
  const navigation = createNavigation({ ...parts, onVisit: guard(visits.record), onUndone: guard(visits.remove) })

  let settleReady!: () => void
  const ready = new Promise<void>((resolve) => (settleReady = resolve))

  const begin = () => {
    if (permission.mayStore()) {
      storage.wake()
      // Before navigation, so that lanes hear first when the page goes.
      dormantLanes?.forEach((dormant) => dormant.start())
      dormantLanes = undefined
    }
    if (isBegun || isDestroyed || !page.visible() || !permission.mayTrack()) return
    isBegun = true
    void visitor.state()
    if (stubNotes.keys('')[0]) void needRecovery().then(({ takeStubNotes }) => takeStubNotes(stubNotes), dropStubNotes)
    // What happens in a frame is no page of the visitor's.
    if (isTopPage()) navigation.start()
    settleReady()
    emit('ready', undefined)
  }

  const erase = async () => {
    navigation.stop()
    isBegun = false
    // Whoever is sending looks again at what there is.
    visits.wake()
    for (const notes of [journal, session]) notes.keys('').forEach(notes.remove)
    stubFlag.remove('')
    await storage.clear('')
    visitor.forget()
  }

  const tracking: Tracking & { start(): void } = {
    ...parts,
    recovery: () =>
      needRecovery().then(
        (recovery) => ({ kind: 'here', recovery }),
        () => ({ kind: 'unreachable' }),
      ),
    ready,
    visits,
    lane,
    begin,
    async withdraw() {
      permission.consent(false)
      if (tracking.tabs) tracking.tabs.post('forget')
      else tellTabs(name, 'forget')
      await erase()
      // Its own note went with all the others.
      permission.consent(false)
    },
    async startAfresh() {
      await erase()
      emit('identity', {})
      begin()
    },
    start() {
      if (!permission.mayTrack()) dropStubNotes()
      page.observe((event) => event === 'visible' && begin())
      begin()
    },
    destroy() {
      if (isDestroyed) return
      isDestroyed = true
      emit('destroy', undefined)
      navigation.stop()
      page.end()
      for (const part of [departures, clock, storage]) part.stop()
    },
  }
  return tracking
}
