/**
 * The composition root of tracking: the only file that sees two parts at once. It makes them, joins them, starts them in order and
 * stops them in reverse. Read this first.
 */
import type { ErrorCode, Events, Guest, Options, VisitDetail, Visitor } from '../options'
import { TagalongError } from '../options'
import { createClock } from './clock'
import { createEvents } from './events'
import { randomId, newToken, timedId } from './id'
import { createJournal } from './journal'
import { createLocks } from './lock'
import { watchExit } from './moves'
import { createNavigation, longestTitle, type Visit } from './navigation'
import { createLane, type OutboxParts } from './outbox'
import { createPage } from './page'
import type { Presence } from './patience'
import { createPermission } from './permission'
import { createRedact } from './redact'
import { createReport } from './report'
import { createSettings } from './settings'
import { openStorage } from './storage'
import { leftPages } from './stub'
import { createTabs } from './tabs'
import { createTitle } from './title'
import { createTransport } from './transport'
import { createVisitor } from './visitor'
import { createVisits, type VisitRecord } from './visits'
import type { Person } from './person'
import type { Core, Lane, LaneOptions, Undo, Waiting } from './contracts'

export type * from './contracts'

/** The sentences and the checks, and the lock of plain-http sites: fetched when first needed. */
export type Words = Pick<typeof import('../words'), 'sentence' | 'diagnose' | 'opensSocket'>

export interface CoreSetup {
  options: Options
  /** Absolute, without a trailing slash. */
  server: string
  version: string
  words(): Promise<Words>
  person(): Promise<Pick<typeof import('./person'), 'createPerson'>>
}

export interface RunningCore extends Core {
  start(): void
  ready: Promise<void>
  update(options: Options): void
  /** A whole sentence that needs no fetching. */
  say(code: ErrorCode, says: string): void
  identify(guest: Guest): Promise<Visitor>
  pageVisited(visit?: { href?: string; title?: string }): Promise<void>
  consent(granted: boolean): Promise<void>
  getVisitorToken(): Promise<string | undefined>
  reset(): Promise<void>
  forget(): Promise<void>
  destroy(): void
}

const restMs = 600_000

export const createCore = ({ options: given, server, version, words, person: fetchPerson }: CoreSetup): RunningCore => {
  let options = given
  let stopped = false
  const name = `tagalong-${server.replace(/^https?:\/\//, '')}`
  const doc = randomId(8)

  const { report, say, guard } = createReport({
    debug: () => !!options.debug,
    sentence: async (code, detail) => (await words()).sentence(code, detail),
    onError: (code, says) => events.emit('error', { code, says }),
  })
  const events = createEvents(guard)
  const clock = createClock()
  const page = createPage()
  const permission = createPermission(() => options, createJournal(`tagalong-journal/${name}/`, () => localStorage))
  const journal = createJournal(`tagalong-journal/${name}/`, () => localStorage, permission.mayStore)
  const session = createJournal(`tagalong-tab/${name}/`, () => sessionStorage, permission.mayStore)
  const storage = openStorage(name, clock, !permission.mayStore())
  const tabs = createTabs(name)
  const locks = createLocks({ storage, clock, page, tabs, owner: doc })
  const transport = createTransport({ server, clock })
  const title = createTitle(guard)

  const tab = session.read<string>('id') ?? randomId(8)
  const hops = session.read<number>('hops') ?? 0
  const begunMs = clock.now()

  let lastMs = 0
  const newId = () => {
    lastMs = Math.max(clock.now(), lastMs + 1, (journal.read<number>('last') ?? 0) + 1)
    journal.write('last', lastMs)
    return { id: timedId(lastMs, doc.slice(0, 3)), at: clock.now() }
  }

  const settings = createSettings({
    storage,
    clock,
    lock: locks(`${name}/config`),
    call: () => {
      const state = visitor.current()
      return transport.call('GET', 'livechat/config', {
        query: { token: state?.visitor && state.token, department: state?.told?.department ?? options.department },
        timeoutMs: 10_000,
      })
    },
    allowed: permission.mayStore,
    guard,
  })
  const probe = async (): Promise<Presence> => {
    const answer = await settings.ask()
    if (answer.kind === 'odd') return 'nobody'
    return answer.kind !== 'silent' ? 'api' : (await transport.knock('livechat/config')) ? 'someone' : 'nobody'
  }

  const outboxParts: OutboxParts = { storage, journal, clock, page, tabs, lock: (lane) => locks(lane === 'visit' ? name : `${name}/${lane}`), probe, seen: transport.seen, doc, tab, hops }
  const lanes = new Set<{ start(): void; stop: Undo }>()
  const lane = <R extends Waiting>(laneOptions: LaneOptions<R>): Lane<R> => {
    const made = createLane<R>(outboxParts, { onBlocked: () => void report('blocked', location.origin), ...laneOptions })
    lanes.add(made)
    if (started) made.start()
    return made
  }

  let started = false
  const visitor = createVisitor({
    storage,
    tabs,
    newToken,
    guard,
    onIdentity: () => events.emit('identity', {}),
    onRoom: (roomId, before) => {
      if (before) events.emit('chat-end', { roomId: before })
      if (roomId) events.emit('chat-start', { roomId })
      visits.wake()
    },
  })

  const visits = createVisits({
    lane,
    call: transport.call,
    settings,
    visitor,
    bounds: () => ({ records: options.queue?.records ?? 1000, days: options.queue?.days ?? 7 }),
    emit: events.emit,
  })

  const addresses = new Set<(href: string) => void>()
  const recordOf = ({ open, ...visit }: Visit): VisitRecord => ({ ...visit, tab, open: open ? doc : undefined, token: visitor.current()?.token, rid: visitor.current()?.roomId })
  const redact = createRedact(() => options, (says) => void report('bad-option', says))
  const navigation = createNavigation({
    page,
    clock,
    title,
    session,
    redact,
    newId,
    guard,
    onVisit: (visit) => void visits.put(recordOf(visit)).then(() => visit.open || events.emit('visit', detailOf(visit))),
    onUndone: (id) => void visits.drop(id),
    onAddress: (href) => addresses.forEach((listener) => listener(href)),
  })

  /** Everything that waits for the visitor's or the host's leave begins here, once. */
  let begun = false
  let settle!: () => void
  const ready = new Promise<void>((resolve) => (settle = resolve))
  const exit = watchExit()
  const undo: Undo[] = []

  const wakeStorage = () => {
    storage.wake()
    session.write('id', tab)
  }
  const begin = () => {
    if (begun || stopped || !permission.mayTrack()) return
    begun = true
    wakeStorage()
    void visitor.state()
    for (const { at, href, title: text } of leftPages(() => sessionStorage)) {
      const bare = redact(href)
      if (bare) void visits.put({ id: timedId(at, doc.slice(0, 3)), at, href: bare, title: text.slice(0, longestTitle), tab, token: visitor.current()?.token })
    }
    // What happens in a frame is no page of the visitor's.
    if (globalThis.top === globalThis.self) navigation.start()
    settle()
    events.emit('ready', undefined)
    if (given.guest) void identify(given.guest).catch(() => {})
    // Wishes that no page has seen answered.
    else void storage.count('register/').then((count) => void (count && person()))
  }
  const seen = () => {
    if (page.visible()) begin()
  }
  const erase = async () => {
    navigation.stop()
    await storage.clear('')
    for (const shelf of [journal, session]) shelf.keys('').forEach(shelf.remove)
    visitor.unlearn()
    begun = false
  }
  const afresh = async () => {
    await erase()
    events.emit('identity', {})
    begin()
  }

  let fetched: Promise<Person> | undefined
  const person = () =>
    (fetched ??= fetchPerson().then(
      ({ createPerson }) =>
        createPerson({
          storage,
          tabs,
          settings,
          visitor,
          call: transport.call,
          lane,
          newToken,
          newId,
          guard,
          onRegistered: ({ visitorId, username }) => {
            visits.wake()
            events.emit('registered', { visitorId, username })
          },
          onRefused: (detail) => void report('refused', detail),
          stamp: visits.stamp,
          erase: async () => {
            tabs.say('forget')
            await afresh()
          },
        }),
      (error: unknown) => {
        fetched = undefined
        throw error
      },
    ))
  const identify = async (guest: Guest) => (await person()).register({ ...(options.department && { department: options.department }), ...guest })
  undo.push(tabs.observe('forget', guard(afresh)))

  const core: RunningCore = {
    version,
    server,
    ready,
    options: () => options,
    observeOptions(listener) {
      optionListeners.add(listener)
      return () => optionListeners.delete(listener)
    },
    update(next) {
      options = next
      optionListeners.forEach((listener) => guard(listener)(options))
    },
    on: events.on,
    emit: events.emit,
    report: (code, says) => void report(code, says),
    say,
    guard,
    call: async (...args) => (await person()).call(...args),
    clock,
    page,
    storage,
    tabs,
    lock: (lockName) => locks(`${name}/${lockName}`),
    lane,
    visitor: { ...visitor, register: identify },
    settings,
    identify,
    async opened() {
      permission.open()
      wakeStorage()
      begin()
      if ((await settings.fresh(30_000))?.config.enabled !== false) await identify(options.guest ?? {}).catch(() => {})
    },
    observeAddress(listener) {
      const guarded = guard(listener)
      addresses.add(guarded)
      return () => addresses.delete(guarded)
    },
    titleBadge: title.badge,
    randomId: () => randomId(),
    async diagnose() {
      const { diagnose, opensSocket } = await words()
      return diagnose({ server, call: transport.call, knock: transport.knock, socket: opensSocket, origin: location.origin, storage: !storage.volatile('visitor') })
    },
    async pageVisited({ href, title: text } = {}) {
      if (!permission.mayReport()) throw new TagalongError('no-consent', 'The visitor has not agreed to be followed.')
      const bare = redact(new URL(href ?? location.href, document.baseURI).href)
      if (bare === undefined) return
      await visitor.state()
      const visit = { ...newId(), href: bare, title: (text ?? title.read()).slice(0, longestTitle), open: false }
      await visits.put(recordOf(visit))
      events.emit('visit', detailOf(visit))
    },
    async consent(granted) {
      permission.consent(granted)
      if (granted) {
        wakeStorage()
        begin()
      } else {
        await erase()
        tabs.say('forget')
        permission.consent(false)
      }
    },
    getVisitorToken: async () => (permission.mayStore() ? (await visitor.state()).token : undefined),
    reset: async () => (await person()).reset(),
    forget: async () => (await person()).forget(),
    start() {
      if (started) return
      started = true
      page.start()
      undo.push(
        page.observe((event) => {
          if (event === 'visible' || event === 'activated') seen()
          if (event === 'restore') void visitor.reread()
          if (event === 'leave') {
            session.write('hops', clock.now() - begunMs < Math.min(8000, 500 * 2 ** hops) ? hops + 1 : 0)
            if (exit.leavesSite()) visits.farewell()
          }
        }),
      )
      lanes.forEach((made) => made.start())
      seen()
      if (permission.mayStore()) clock.after(0, guard(() => void settings.fresh(restMs)))
    },
    destroy() {
      if (stopped) return
      stopped = true
      events.emit('destroy', undefined)
      navigation.stop()
      undo.forEach((run) => run())
      lanes.forEach((made) => made.stop())
      ;[exit, title, tabs, page, clock, storage, events].forEach((part) => part.stop())
    },
  }
  const optionListeners = new Set<(options: Options) => void>()
  return core
}

const detailOf = ({ id, href, title }: VisitDetail): Events['visit'] => ({ id, href, title })
