/** What is done when all is not well: refusals, limits, silence, what was in flight when a page went. Fetched when first needed. */
import { readTexts } from '../options/texts'
import { monitored } from '../wire/monitored'
import type { Reply } from '../wire/reply'
import { blocked } from '../diagnosis/blocked'
import { moved } from '../diagnosis/moved'
import { answerOf } from '../wire/answer'
import { askConfig } from '../tracking/askConfig'
import { backoffMs, leftMs } from './backoff'
import type { LaneInside, RetryState, FlightNote, Verdict, LaneRecord } from '../tracking/contracts'
import type { Tracking } from '../tracking'
import { createLease } from './storageLock'
import type { Exclusive } from '../browser/lock'
import { createOverlay } from './memoryOverlay'
import { isSomebodyThere, whereRedirected } from '../browser/redirects'
import type { LayOver } from '../browser/database'
import { tabsOf } from '../browser/tabs'
import type { Attempt, VisitRecord } from '../tracking/delivery/visits'
import { createWishes, type Wishes } from './wishes'
import { watchHistory } from './historyPatch'

/** After a limit nothing is taken for sent by its time alone: the server may have refused it. */
const limitedForMs = 120_000

/** A report is overdue after this, or after three times the last known round trip: then it may never have arrived. */
const overdueMs = 1500
/** A harmless question that takes longer than this, or three times the last known round trip, is no proof of anything. */
const soonMs = 500

/** `api`: its answers can be read; `busy`: no more than that it takes no calls now; `someone`: somebody answers; `nobody`. */
export type Presence = 'api' | 'busy' | 'someone' | 'nobody'

export interface Recovery extends Wishes {
  /** Instead of the browser's locks, on plain-http sites. */
  lease: Exclusive
  /** Where the browser does not tell of navigation. */
  watchHistory: typeof watchHistory
  /** Over a database that refuses, hangs, or may not be used yet. */
  layOver(...given: Parameters<LayOver>): Awaited<ReturnType<LayOver>>
  /** Things pile up only in trouble: then what is too much or too old falls out, oldest first. And what may have arrived is settled. */
  before(lane: LaneInside): Promise<void>
  /** How long to wait still. After silence nothing is repeated before a harmless question has been answered. */
  pauseMs(lane: LaneInside): Promise<number>
  /** A record was delivered. */
  well(lane: LaneInside): Promise<void>
  after(lane: LaneInside, record: LaneRecord, outcome?: Exclude<Verdict, { kind: 'done' }>): Promise<void>
  /** What a reply to `page.visited` means, when it is not simply yes. */
  judge(reply: Reply, attempt: Attempt): Promise<Verdict>
}

/** Refused for its room, or for having none. */
const wantsRoom = ({ code, says }: { code: string; says: string }) => code === 'invalid-room' || /\brid'/.test(says)

/** Where a lane keeps what it has learnt of the server; nothing is there while all is well. The lane looks there too. */
const stateKeyOf = ({ options }: LaneInside) => `lane/${options.name}`

export const createRecovery = (tracking: Tracking): Recovery => {
  const { server, options: given, page, guard, storage, journal, clock, visitor, send, say, emit } = tracking
  /** Knocks in a row to which somebody answered whom we may not hear. */
  let knocks = 0
  let postedInVain = false

  /** No answer of before will do. */
  const freshly: Tracking = { ...tracking, send: (url, init, timeoutMs) => send(url, { ...init, cache: 'no-store' }, timeoutMs) }
  /** A harmless question. */
  const probe = async (): Promise<Presence> => {
    const { kind } = answerOf((await askConfig(freshly)).reply)
    if (kind === 'limited') return 'busy'
    if (kind !== 'silent') return kind === 'odd' ? 'nobody' : 'api'
    if (!(await isSomebodyThere(server, send))) return 'nobody'
    const to = await whereRedirected(server, send)
    if (!to) return 'someone'
    say('unreachable', moved(to))
    return 'nobody'
  }
  /** Answers never can be read although somebody is there. */
  const sayBlocked = () => say('blocked', blocked(location.origin))

  const drop = async (lane: LaneInside, record: LaneRecord, reason: 'refused' | 'too-many' | 'too-old', code?: string, says?: string) => {
    const { journaled, onDrop } = lane.options
    const { id, href, title } = record as VisitRecord
    await lane.forget(id)
    onDrop?.(record, reason, code, says)
    if (journaled) emit('drop', { id, href, title, reason, code, says })
  }

  const learn = async (lane: LaneInside, learnt?: RetryState): Promise<void> => {
    lane.learnt = learnt
    await storage.update(stateKeyOf(lane), () => learnt)
  }
  const waitMs = ({ learnt }: LaneInside) => (learnt ? leftMs(learnt.untilMs - clock.now(), learnt.spanMs) : 0)
  /** Without a time of the server's: ever longer. */
  const retreat = (lane: LaneInside, ms?: number, more?: Partial<RetryState>) => {
    const failures = (lane.learnt?.failures ?? 0) + (ms === undefined ? 1 : 0)
    const spanMs = ms ?? backoffMs(failures)
    return learn(lane, { ...lane.learnt, failures, spanMs, untilMs: clock.now() + spanMs, limited: !!ms, ...more })
  }
  /** Nothing but that there was a limit, as long as it matters. */
  const recover = async (lane: LaneInside) => {
    const { limitedAtMs } = lane.learnt ?? {}
    await learn(lane, limitedAtMs && Math.abs(clock.now() - limitedAtMs) < limitedForMs ? { untilMs: 0, spanMs: 0, failures: 0, limitedAtMs } : undefined)
  }

  const met = new Set<LaneInside>()
  const meet = (lane: LaneInside) => {
    if (met.has(lane)) return
    met.add(lane)
    page.observe(
      guard(async (event) => {
        if (event !== 'online') return
        // The network is back: what is not a limit of the server need not be waited for.
        if (lane.learnt && !lane.learnt.limited) await learn(lane, { ...lane.learnt, spanMs: 0 })
        lane.wake()
      }),
    )
  }

  return {
    ...createWishes(tracking),
    lease: createLease({ ...tracking, tabs: tabsOf(tracking) }),
    watchHistory,
    layOver: (...given) => createOverlay(clock, ...given),

    async before(lane) {
      const { options } = lane
      meet(lane)
      const prefix = `${options.name}/`
      const marks = `sent/${prefix}`
      lane.learnt = await storage.get<RetryState>(stateKeyOf(lane))
      if (lane.learnt?.limitedAtMs && !lane.learnt.untilMs) await recover(lane)
      // Counted before each try, not with each record that comes while none is due: all that waits is read for it.
      if (options.journaled && !lane.held && waitMs(lane) <= 0) {
        const { records = 1000, days = 7 } = readTexts(given).queue ?? {}
        const waiting = await storage.list<LaneRecord>(prefix)
        const surplus = waiting.length - records
        for (const [place, record] of waiting.entries()) {
          if (place < surplus) await drop(lane, record, 'too-many')
          else if (clock.now() - record.at > days * 86_400_000) await drop(lane, record, 'too-old')
        }
      }
      const sent = journal.keys(marks)
      const mayHaveArrived = (mark: string) => {
        const [onItsWayMs, tripMs, online, limitedAtMs] = journal.read<FlightNote>(mark) || []
        return online && tripMs != null && onItsWayMs! < Math.max(overdueMs, 3 * tripMs) && !limitedAtMs
      }
      if (!sent.some(mayHaveArrived)) return sent.forEach(journal.remove)
      // Long without an answer, even if this page goes before its time is over, the report may have met the same silence.
      const undo = clock.after(Math.max(soonMs, 3 * (journal.read<number>('tripMs') ?? 0)), () => sent.forEach((mark) => journal.write(mark, 0)))
      const arrived = (await probe()) !== 'nobody'
      undo()
      for (const mark of sent) {
        const record = await storage.get<LaneRecord>(prefix + mark.slice(marks.length))
        const trusted = mayHaveArrived(mark)
        journal.remove(mark)
        if (!record || !arrived || !trusted) continue
        await lane.forget(record.id)
        options.onDelivered?.(record)
      }
    },

    async pauseMs(lane) {
      const { limited, silences } = lane.learnt ?? {}
      const ms = waitMs(lane)
      lane.options.onWait?.(ms > 0 ? { untilMs: clock.now() + ms, limited: !!limited } : undefined)
      if (ms > 0 || !silences) return ms
      const presence = await probe()
      if (presence === 'api' || presence === 'busy' || (presence === 'someone' && !postedInVain)) return 0
      if (presence === 'someone' && ++knocks === 3) sayBlocked()
      await retreat(lane)
      return this.pauseMs(lane)
    },

    async well(lane) {
      lane.options.onWait?.(undefined)
      if (lane.learnt?.untilMs) await recover(lane)
    },

    async after(lane, record, outcome = { kind: 'wait' }) {
      meet(lane)
      if (outcome.kind === 'hold') {
        lane.held = true
        // Not now, and yet trouble: what piles up meanwhile is bounded.
        await retreat(lane, 0)
      }
      if (outcome.kind === 'drop') {
        await drop(lane, record, 'refused', outcome.code, outcome.says)
        await recover(lane)
      }
      if (outcome.kind !== 'wait') return
      const { silences = 0 } = lane.learnt ?? {}
      postedInVain = !!outcome.silent
      if (!postedInVain) knocks = 0
      await retreat(lane, outcome.ms, { silences: outcome.silent ? silences + 1 : 0, ...(outcome.limited && { limitedAtMs: clock.now() }) })
      // Its answers can be read, and yet three in a row were not: the browser keeps them from us.
      if (outcome.silent && silences >= 2 && (await probe()) === 'api') {
        lane.held = true
        sayBlocked()
      }
    },

    async judge(reply, { body, record, state, ask }) {
      const { pageInfo } = body
      /** Without the room it was made in, then, for servers that insist on one, with the one that is open. */
      const rooms = [...(record.rid ? [undefined] : []), ...(state.visitor && state.roomId && state.roomId !== record.rid ? [state.roomId] : [])]
      for (let checked = false; ; reply = await ask()) {
        const answer = answerOf(reply)
        if (answer.kind === 'ok') {
          if (answer.body.page || checked) return { kind: 'done' }
          // Taken and not kept: the server may have been told to watch the other kind of change.
          checked = true
          const change = monitored((await askConfig(tracking)).kept)
          if (change === pageInfo.change) return { kind: 'done' }
          pageInfo.change = change
        } else if (answer.kind === 'limited') return { kind: 'wait', ms: answer.retryAfterMs, limited: true }
        else if (answer.kind === 'silent') return { kind: 'wait', silent: true }
        else if (answer.status === 413) return { kind: 'drop', code: 'too-large', says: answer.kind === 'refused' ? answer.says : '' }
        else if (answer.kind === 'odd' || (answer.status !== 400 && answer.status !== 422)) return { kind: 'wait' }
        else if (wantsRoom(answer) && rooms.length) body.rid = rooms.shift()
        // Servers before the current ones take a visit only from a registered visitor, and only into a room. Who has become one meanwhile is not waited for.
        else if (answer.code === 'invalid-token' || wantsRoom(answer)) return visitor.current() === state ? { kind: 'hold' } : { kind: 'wait', ms: 0 }
        else return { kind: 'drop', code: answer.code, says: answer.says }
      }
    },
  }
}
