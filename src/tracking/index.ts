/**
 * The composition root of tracking, and the only door of core: the one file that sees two parts at once. It makes them, joins them,
 * starts them in order and stops them in reverse. Read this first; what is not needed to notice, store and deliver a visit is behind
 * core.ts and door.ts, in other downloads.
 */
import type { Options } from '../options'
import type { LaneOptions, LaneRecord } from './contracts'
import type { Tabs } from '../browser/ports'
import { createClock } from '../browser/clock'
import { createEvents } from './events'
import { randomHex, sortable } from '../browser/id'
import { createJournal } from '../browser/journal'
import { createLocks } from '../browser/lock'
import { createNavigation } from './navigation'
import { createLane } from './delivery/lane'
import { createPage } from '../browser/page'
import { createPermission } from './permission'
import { createRedact } from './redact'
import { createSend } from '../browser/send'
import { openStorage } from '../browser/database'
import { createTitle } from '../browser/title'
import type { Recovery } from '../recovery'
import { createVisitor } from './token'
import { createVisits } from './delivery/visits'

export type * from './contracts'

export interface TrackingSetup {
  options: Options
  /** Absolute, without a trailing slash. */
  server: string
  version: string
  /** What is done in trouble, and the lock of plain-http sites: fetched when first needed. */
  fetchTrouble(): Promise<Pick<typeof import('../recovery'), 'createRecovery'>>
}

export const createTracking = ({ options, server, version, fetchTrouble }: TrackingSetup) => {
  const name = `tagalong-${server.replace(/^\w+:\/\//, '')}`
  const doc = randomHex(4)
  const events = createEvents(options)
  const { say, guard, emit } = events
  const clock = createClock()
  const page = createPage()
  const facts = (kept: () => Storage, allowed?: () => boolean) => createJournal(`tagalong-journal/${name}/`, kept, allowed)
  const local = () => localStorage
  const permission = createPermission(options, facts(local))
  const journal = facts(local, permission.mayStore)
  const session = facts(() => sessionStorage, permission.mayStore)
  /** The stub says in the one storage that it has left a note in the other: the first look there holds a page up, and hardly any has one. */
  const hint = createJournal('tagalong-left/', local)
  const left = createJournal('tagalong-left/', () => (hint.read('') ? sessionStorage : ({} as globalThis.Storage)))
  const storage = openStorage(name, clock, page, async (...given) => (await trouble())!.layOver(...given), !permission.mayStore())
  const title = createTitle(guard)

  let lastMs = 0
  const newId = (at = clock.now()) => {
    lastMs = Math.max(at, lastMs + 1, (journal.read<number>('last') ?? 0) + 1)
    journal.write('last', lastMs)
    // The tail keeps two tabs in one millisecond apart.
    return { id: sortable(lastMs) + doc, at }
  }

  let fetched: Promise<Recovery | undefined> | undefined
  const trouble = (): Promise<Recovery | undefined> =>
    (fetched ??= fetchTrouble().then(
      ({ createRecovery }) => createRecovery(tracking),
      () => (fetched = undefined),
    ))
  const parts = {
    ...events,
    options,
    server,
    version,
    name,
    doc,
    clock,
    page,
    permission,
    journal,
    session,
    hint,
    storage,
    title,
    trouble,
    newId,
    randomHex,
    locks: createLocks(page, trouble),
    send: createSend(),
    redact: createRedact(options, say),
    visitor: createVisitor(storage),
  }
  const { visitor } = parts

  /** Undefined once things may be stored, and sent: until then lanes wait. */
  let lanes: { start(): void }[] | undefined = []
  const lane = <R extends LaneRecord>(laneOptions: LaneOptions<R>) => {
    const made = createLane<R>({ ...parts, lock: parts.locks(`${name}/${laneOptions.name}`) }, laneOptions)
    if (lanes) lanes.push(made)
    else made.start()
    return made
  }
  const visits = createVisits({ ...parts, lane })
  const navigation = createNavigation({ ...parts, onVisit: guard(visits.note), onUndone: guard(visits.remove) })

  let begun = false
  let stopped = false
  let settle!: () => void
  const ready = new Promise<void>((resolve) => (settle = resolve))

  /** Everything that waits for the visitor's or the host's leave, and for the page to be seen. */
  const begin = () => {
    if (permission.mayStore()) {
      storage.wake()
      // Before navigation, that they hear first when the page goes.
      lanes?.forEach((made) => made.start())
      lanes = undefined
    }
    if (begun || stopped || !page.visible() || !permission.mayTrack()) return
    begun = true
    void visitor.state()
    // The notes of the stub: pages that were left before the script had arrived.
    if (left.keys('')[0]) void trouble().then((help) => help?.recall(left))
    // What happens in a frame is no page of the visitor's.
    if (top === self) navigation.start()
    settle()
    emit('ready', undefined)
  }
  /** Until it may begin again. */
  const rest = () => {
    navigation.stop()
    begun = false
  }

  const tracking = {
    ...parts,
    ready,
    visits,
    lane,
    begin,
    rest,
    start() {
      if (!permission.mayTrack()) left.keys('').forEach(left.remove)
      page.observe((event) => {
        if (event === 'visible') begin()
      })
      begin()
    },
    /** Destroyed. */
    over: () => stopped,
    destroy() {
      if (stopped) return
      stopped = true
      emit('destroy', undefined)
      navigation.stop()
      for (const part of [page, clock, storage]) part.stop()
    },
  }
  return tracking
}
/** `tabs` is made by whoever needs it first. */
export type Tracking = ReturnType<typeof createTracking> & { tabs?: Tabs }
