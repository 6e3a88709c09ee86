/**
 * The composition root of tracking, and the only door of core: the one file that sees two parts at once. It makes them, joins them,
 * starts them in order and stops them in reverse. Read this first; what is not needed to notice, store and deliver a visit is in
 * door.ts and behind it.
 */
import type { ErrorCode, Options, VisitDetail } from '../options'
import { TagalongError } from '../options'
import type { LaneOptions, Undo, Waiting } from './contracts'
import { createClock } from './clock'
import { createEvents } from './events'
import { randomId, newToken, timedId } from './id'
import { createJournal } from './journal'
import { createLocks } from './lock'
import { createNavigation, longestTitle, type Visit } from './navigation'
import { createLane, longestQuietMs, quietMs } from './outbox'
import { createPage } from './page'
import { createPermission } from './permission'
import { createRedact } from './redact'
import { createReport } from './report'
import { createSender } from './sender'
import { openStorage } from './storage'
import { leftPages } from './stub'
import { createTabs } from './tabs'
import { createTitle } from './title'
import { createVisitor } from './visitor'
import { createVisits, type VisitRecord } from './visits'

export type * from './contracts'

export interface TrackingSetup {
  options: Options
  /** Absolute, without a trailing slash. */
  server: string
  version: string
  /** A sentence for people; fetched. */
  sentence(code: ErrorCode, detail: string): Promise<string>
  /** The lock of plain-http sites; fetched. */
  lease(): Promise<typeof import('./lease').createLease>
}

export type Tracking = ReturnType<typeof createTracking>

export const createTracking = ({ options, server, version, sentence, lease }: TrackingSetup) => {
  const name = `tagalong-${server.replace(/^\w+:\/\//, '')}`
  const doc = randomId(8)
  const events = createEvents((run) => guard(run))
  const { report, say, guard } = createReport(() => options.debug, sentence, (code, says) => events.emit('error', { code, says }))
  const clock = createClock()
  const page = createPage()
  const local = () => localStorage
  const permission = createPermission(options, createJournal(`tagalong-journal/${name}/`, local))
  const journal = createJournal(`tagalong-journal/${name}/`, local, permission.mayStore)
  const session = createJournal(`tagalong-tab/${name}/`, () => sessionStorage, permission.mayStore)
  const storage = openStorage(name, clock, !permission.mayStore())
  const tabs = createTabs(name)
  const locks = createLocks({ storage, clock, page, tabs, owner: doc, lease })
  const sender = createSender(clock)
  const title = createTitle(guard)

  const begunMs = clock.now()
  const tab = session.read<string>('id') ?? randomId(8)
  const hops = session.read<number>('hops') ?? 0

  let lastMs = 0
  const newId = (at = clock.now()) => {
    lastMs = Math.max(at, lastMs + 1, (journal.read<number>('last') ?? 0) + 1)
    journal.write('last', lastMs)
    return { id: timedId(lastMs, doc), at }
  }

  /** What `livechat/config` says now; kept for every page and tab. */
  const ask = async () => {
    const state = visitor.current()
    const { department = state?.told?.department } = options
    const query = new URLSearchParams({ ...(state?.visitor && { token: state.token }), ...(department && { department }) })
    const answer = await sender.send(`${server}/api/v1/livechat/config?${query}`, { timeoutMs: 10_000 })
    const at = clock.now()
    const config = answer.kind === 'ok' && answer.body.config
    await storage.update<object>('config', (old) => (config ? { at, triedAt: at, config } : { ...old, triedAt: at }))
    return answer
  }

  const lanes = new Set<{ start(): void; stop: Undo }>()
  let started = false
  const lane = <R extends Waiting>(laneOptions: LaneOptions<R>) => {
    const made = createLane<R>(
      {
        storage,
        journal,
        clock,
        page,
        tabs,
        lock: locks(name + (laneOptions.journaled ? '' : `/${laneOptions.name}`)),
        seen: sender.seen,
        doc,
        tab,
        hops,
        async probe() {
          const { kind } = await ask()
          if (kind !== 'silent') return kind === 'odd' ? 'nobody' : 'api'
          return (await sender.send(server, { mode: 'no-cors', timeoutMs: 10_000 })).kind === 'silent' ? 'nobody' : 'someone'
        },
        onBlocked: () => report('blocked', location.origin),
      },
      laneOptions,
    )
    lanes.add(made)
    if (started) made.start()
    return made
  }

  const visitor = createVisitor({
    storage,
    tabs,
    newToken,
    guard,
    onIdentity: () => events.emit('identity', {}),
    onRoom(roomId, before) {
      if (before) events.emit('chat-end', { roomId: before })
      if (roomId) events.emit('chat-start', { roomId })
      visits.wake()
    },
  })
  const visits = createVisits({
    lane,
    send: (json) => sender.send(`${server}/api/v1/livechat/page.visited`, { json }),
    ask,
    storage,
    visitor,
    bounds: { records: 1000, days: 7, ...options.queue },
    emit: events.emit,
  })

  const addresses = new Set<(href: string) => void>()
  const redact = createRedact(options, (says) => report('bad-option', says))
  const put = async ({ open, ...visit }: Visit) => {
    const { token, roomId: rid } = visitor.current() ?? {}
    await visits.put({ ...visit, tab, open: open ? doc : undefined, token, rid } satisfies VisitRecord)
    if (!open) events.emit('visit', detailOf(visit))
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
    for (const { at, href, title: text } of leftPages(() => sessionStorage)) {
      const bare = redact(href)
      if (bare) void put({ ...newId(at), href: bare, title: text.slice(0, longestTitle), open: false })
    }
    // What happens in a frame is no page of the visitor's.
    if (globalThis.top === globalThis.self) navigation.start()
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

  return {
    version,
    server,
    name,
    options,
    ready,
    events,
    on: events.on,
    report,
    say,
    guard,
    clock,
    page,
    permission,
    storage,
    tabs,
    locks,
    sender,
    ask,
    title,
    visitor,
    visits,
    lane,
    addresses,
    newId,
    begin,
    /** Here and in every other tab. */
    async forgetHere() {
      tabs.say('forget')
      await afresh()
    },
    async pageVisited({ href = location.href, title: text = title.read() }: { href?: string; title?: string } = {}) {
      if (!permission.mayReport()) throw new TagalongError('no-consent', 'The visitor has not agreed to be followed: call consent(true) first.')
      const bare = redact(new URL(href, document.baseURI).href)
      await visitor.state()
      if (bare) await put({ ...newId(), href: bare, title: text.slice(0, longestTitle), open: false })
    },
    async consent(granted: boolean) {
      if (!granted) {
        tabs.say('forget')
        await erase()
      }
      permission.consent(granted)
      begin()
    },
    getVisitorToken: async () => (permission.mayStore() ? (await visitor.state()).token : undefined),
    start() {
      started = true
      page.start()
      page.observe((event) => {
        if (event === 'visible' || event === 'activated') begin()
        if (event === 'restore') void visitor.reread()
        if (event === 'leave') session.write('hops', clock.now() - begunMs < Math.min(longestQuietMs, quietMs * 2 ** hops) ? hops + 1 : 0)
      })
      lanes.forEach((made) => made.start())
      begin()
    },
    destroy() {
      stopped = true
      events.emit('destroy', undefined)
      navigation.stop()
      lanes.forEach((made) => made.stop())
      ;[title, tabs, page, clock, storage, events].forEach((part) => part.stop())
    },
  }
}

const detailOf = ({ id, href, title }: VisitDetail): VisitDetail => ({ id, href, title })
