import type { Clock, Journal, Send, Store } from '../../browser/ports'
import type { Events, VisitDetail } from '../../options'
import { jsonPost } from '../../wire/request'
import { monitoredChange } from '../../wire/monitoredChange'
import { pageVisitedPath } from '../../wire/paths'
import { successBodyOf, type Reply } from '../../wire/reply'
import type { PageVisitedBody } from '../../wire/rest'
import type { ConfigCopy, LaneOptions, Verdict, VisitLane, VisitRecord, VisitorState } from '../contracts'
import { configKey, hopsKey, visitPrefix } from '../keys'
import { successorOf } from '../successor'
import { createInFlight } from './inFlight'
import { createLane, lookAgainMs, type LaneParts } from './lane'
import { createVisitJournal } from './visitJournal'

const longestTitle = 512
const longestHref = 8192

/** So many visits are read at once; once something is put or taken away, the database is asked again. */
const batchSize = 20
/** Nothing is sent in the first moments of a page, longer after each page that was left so early: a visitor hopping through links leaves nothing in flight. */
const shortestQuietMs = 500
const longestQuietMs = 8000

export interface VisitLaneParts extends LaneParts {
  server: string
  documentId: string
  storage: Store
  journal: Journal
  clock: Clock
  send: Send
  visitor: { state(): Promise<VisitorState>; current(): VisitorState | undefined }
  onWait?: LaneOptions<VisitRecord>['onWait']
  emit<E extends 'visit' | 'delivered' | 'drop'>(event: E, detail: Events[E]): void
}

const detailOf = ({ id, href, title }: VisitDetail): VisitDetail => ({ id, href, title })

/** The lane of page visits: its journal, its evidence, its requests. */
export const createVisitLane = (parts: VisitLaneParts): VisitLane & { start(): void } => {
  const { server, documentId, storage, journal, clock, send, visitor, emit, recovery, onWait } = parts
  const notes = createVisitJournal({ storage, journal, clock, documentId })
  const inFlight = createInFlight(journal, clock)
  /** How many pages in a row were left before their quiet time was over. */
  const hops = journal.read<number>(hopsKey) ?? 0
  const quietMs = Math.min(longestQuietMs, shortestQuietMs * 2 ** hops)
  const begunMs = clock.now()
  /** This document's visit that has not settled: its settling wakes the lane. */
  let isSettling = false
  /** The kind of page change the server keeps visits for, by the last visit it kept or by its config: the database need not be asked before each report. */
  let knownChange: string | undefined

  const isKept = (reply: Reply): boolean => !!successBodyOf(reply).page
  const request = async (id: string, body: PageVisitedBody): Promise<Reply> => {
    inFlight.sent(id)
    const reply = await send(server + pageVisitedPath, jsonPost(body))
    if (typeof reply === 'object' && !isKept(reply)) inFlight.notKept(id)
    return reply
  }

  const deliver = async (record: VisitRecord, isCurrent: () => boolean): Promise<Verdict> => {
    const state = await visitor.state()
    const change = knownChange ?? monitoredChange(await storage.get(configKey))
    const sent: PageVisitedBody[] = []
    let body: PageVisitedBody = {
      token: successorOf(state, record.token ?? state.token),
      rid: record.rid,
      pageInfo: { change, title: record.title, location: { href: record.href } },
    }
    for (;;) {
      // The page is going: what it sent now, the next page would have to judge by evidence.
      if (!isCurrent()) return { kind: 'wait' }
      sent.push(body)
      const reply = await request(record.id, body)
      knownChange = isKept(reply) ? body.pageInfo.change : undefined
      if (isKept(reply)) return { kind: 'done' }
      const fetched = await recovery()
      if (fetched.kind === 'unreachable') return { kind: 'wait' }
      const verdict = await fetched.recovery.meaningOf(reply, { record, visitor: state, sent })
      if (verdict.kind !== 'again') return verdict
      body = verdict.body
    }
  }

  const lane = createLane<VisitRecord>(
    parts,
    {
      name: 'visit',
      deliver,
      onWait,
      onDelivered: (record) => emit('delivered', detailOf(record)),
      onDrop: (record, reason, code, says) => emit('drop', { ...detailOf(record), reason, code, says }),
    },
    {
      quietMs,
      batchSize,
      takeOver: notes.takeOver,
      needsRecovery: inFlight.hasEvidence,
      waitMs(oldest) {
        if (oldest?.open === documentId) return Infinity
        if (notes.mustWaitForOthers(oldest?.id) || (oldest?.open && notes.isYoung(oldest))) return lookAgainMs
        return oldest ? 0 : Infinity
      },
      claim({ id }) {
        const key = visitPrefix + id
        const isTaken = storage.volatile(key) && notes.isTakenElsewhere(id)
        if (isTaken) storage.leave(key)
        else if (!storage.volatile(key)) notes.removeNote(id)
        return !isTaken
      },
      onAnswer: inFlight.answered,
      onRemove(id) {
        notes.remove(id)
        inFlight.notKept(id)
      },
      onLeave(retry) {
        inFlight.writeDown(retry?.limitedAtMs)
        journal.write(hopsKey, clock.now() - begunMs < quietMs ? hops + 1 : 0)
      },
      mayRest: () => isSettling,
    },
  )

  const put = async (record: VisitRecord): Promise<void> => {
    const { id, open } = record
    const key = visitPrefix + id
    const isFirst = !notes.isOfThisDocument(id)
    record.left = lane.isAway()
    const isNoted = notes.note(record)
    isSettling = !!open
    // A transaction begun now would stand in the next page's way, and cost this one its place in the back/forward cache.
    if (record.left && isNoted && !open) return
    // Gone from the database and from the journal: another tab has delivered it meanwhile.
    const mayStore = () => (isNoted ? notes.has(id) : isFirst)
    const stored = await storage.update<VisitRecord>(key, (old) => (old || mayStore() ? record : undefined))
    if (!stored) storage.leave(key)
    if (!open && !storage.volatile(key)) notes.removeNote(id)
    lane.check()
  }

  return {
    ...lane,
    put,
    async remove(id) {
      isSettling = false
      notes.noteGivenUp(id)
      await storage.clear(visitPrefix + id)
      notes.removeNote(id)
      lane.check()
    },
    learn: (copy: ConfigCopy) => void (knownChange = monitoredChange(copy)),
    async record(visit) {
      const { open } = visit
      const state = visitor.current()
      visit.rid = state?.roomId
      // The token it was noticed under, whatever happens before it has settled.
      visit.token ??= state?.token
      visit.title = visit.title.slice(0, longestTitle)
      visit.href = visit.href.slice(0, longestHref)
      // The visit itself is stored, not a copy: what is written late, or once more, is what it has become.
      await put(visit)
      if (!open) emit('visit', detailOf(visit))
    },
  }
}
