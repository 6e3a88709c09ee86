/**
 * The composition root of tracking, and the only door of core: the one file that sees two parts at once. It makes them, joins them,
 * starts them in order and stops them in reverse. Read this first; what is not needed to notice, store and deliver a visit is behind
 * core.ts and door.ts, in other downloads.
 */
import type { ErrorCode, Options } from '../options'
import { TagalongError } from '../options'
import type { LaneOptions, Undo, Waiting } from './contracts'
import { createClock } from './clock'
import { createEvents } from './events'
import { randomId, newToken, timedId } from './id'
import { createJournal } from './journal'
import { createLocks } from './lock'
import { createNavigation, longestTitle, type Visit } from './navigation'
import { createLane, quietMs } from './outbox'
import { createPage } from './page'
import { createPermission } from './permission'
import { createRedact } from './redact'
import { createReport } from './report'
import { createSender } from './sender'
import { openStorage } from './storage'
import { leftPages } from './stub'
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
  /** Fetched when first needed: what is done in trouble, the lock of plain-http sites, and sentences for people. */
  trouble(): Promise<Pick<typeof import('./trouble'), 'createTrouble'>>
  words(): Promise<Pick<typeof import('../words'), 'sentence' | 'createLease'>>
}

export type Tracking = ReturnType<typeof createTracking>

export const createTracking = ({ options, server, version, words, trouble: fetchTrouble }: TrackingSetup) => {
  const name = `tagalong-${server.replace(/^\w+:\/\//, '')}`
  const doc = randomId(8)
  const events = createEvents((run) => guard(run))
  const { report, say, guard } = createReport(
    () => options.debug,
    async (code, detail) => (await words()).sentence(code, detail),
    (code: ErrorCode, says: string) => events.emit('error', { code, says }),
  )
  const clock = createClock()
  const page = createPage()
  const facts = (key: string, kept: () => Storage, allowed?: () => boolean) => createJournal(`tagalong-${key}/${name}/`, kept, allowed)
  const local = () => localStorage
  const permission = createPermission(options, facts('journal', local))
  const journal = facts('journal', local, permission.mayStore)
  const session = facts('tab', () => sessionStorage, permission.mayStore)
  const storage = openStorage(name, clock, !permission.mayStore())
  const tabs = createTabs(name, page)
  const locks = createLocks({ storage, clock, page, tabs, owner: doc, lease: async () => (await words()).createLease })
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
    const department = state?.told?.department ?? options.department
    const query = new URLSearchParams({ ...(state?.visitor && { token: state.token }), ...(department && { department }) })
    const answer = await sender.send(`${server}/api/v1/livechat/config?${query}`, { timeoutMs: 10_000 })
    const at = clock.now()
    const config = answer.kind === 'ok' && answer.body.config
    await storage.update<object>('config', (old) => (config ? { at, triedAt: at, config } : { ...old, triedAt: at }))
    return answer
  }

  let trouble: Promise<Trouble | undefined> | undefined
  const help = () =>
    (trouble ??= fetchTrouble().then(
      ({ createTrouble }) =>
        createTrouble({
          storage,
          journal,
          clock,
          onBlocked: () => report('blocked', location.origin),
          async probe() {
            const { kind } = await ask()
            if (kind !== 'silent') return kind === 'odd' ? 'nobody' : 'api'
            return (await sender.send(server, { mode: 'no-cors', timeoutMs: 10_000 })).kind === 'silent' ? 'nobody' : 'someone'
          },
        }),
      () => (trouble = undefined),
    ))

  const lanes = new Set<{ start(): void; stop: Undo }>()
  let started = false
  const lane = <R extends Waiting>(laneOptions: LaneOptions<R>) => {
    const lock = locks(laneOptions.journaled ? name : `${name}/${laneOptions.name}`)
    const made = createLane<R>({ storage, journal, session, clock, page, tabs, lock, doc, tab, hops, trouble: help }, laneOptions)
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
    trouble: help,
  })

  const addresses = new Set<(href: string) => void>()
  const redact = createRedact(options, (says) => report('bad-option', says))
  const tokens = new Map<string, string>()
  const put = async ({ open, ...visit }: Omit<Visit, 'open'> & { open?: boolean }) => {
    const state = visitor.current()
    // The token it was noticed under, whatever happens before it has settled.
    const token = tokens.get(visit.id) ?? state?.token
    if (open && token) tokens.set(visit.id, token)
    else tokens.delete(visit.id)
    visit.title = visit.title.slice(0, longestTitle)
    await visits.put({ ...visit, tab, open: open ? doc : undefined, token, rid: state?.roomId })
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
      if (bare) guard(put)({ ...newId(at), href: bare, title: text })
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

  return {
    version,
    server,
    name,
    options,
    ready,
    events,
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
    redact,
    newId,
    begin,
    /** Here and in every other tab. */
    forgetHere() {
      tabs.say('forget')
      return afresh()
    },
    async pageVisited({ href = location.href, title: text = title.read() }: { href?: string; title?: string } = {}) {
      if (!permission.mayReport()) throw new TagalongError('no-consent', 'No consent was given: call consent(true) first.')
      const bare = redact(new URL(href, document.baseURI).href)
      await visitor.state()
      if (bare) await put({ ...newId(), href: bare, title: text })
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
      for (const part of [title, tabs, page, clock, storage, events]) part.stop()
    },
  }
}
