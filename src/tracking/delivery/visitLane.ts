import type { Clock, Journal, Store } from '../../browser/ports'
import type { Events, VisitDetail } from '../../options'
import { monitoredChange } from '../../wire/monitoredChange'
import { pageVisitedPath } from '../../wire/paths'
import { successBodyOf, type Reply } from '../../wire/reply'
import type { PageVisitedBody } from '../../wire/rest'
import type { ConfigCopy, LaneOptions, Posting, Verdict, VisitLane, VisitRecord, VisitorState } from '../contracts'
import { configKey, hopsKey } from '../keys'
import { createInFlight } from './inFlight'
import { createLane, type LaneParts } from './lane'
import { createVisitRecords } from './visitRecords'

const longestTitle = 512
const longestHref = 8192

/** Nothing is sent in the first moments of a page, longer after each page that was left so early: a visitor hopping through links leaves nothing in flight. */
const shortestQuietMs = 500
const longestQuietMs = 8000

export interface VisitLaneParts extends LaneParts {
  posting: Posting
  documentId: string
  storage: Store
  journal: Journal
  clock: Clock
  visitor: { state(): Promise<VisitorState>; current(): VisitorState | undefined }
  onWait?: LaneOptions<VisitRecord>['onWait']
  emit<E extends 'visit' | 'delivered' | 'drop'>(event: E, detail: Events[E]): void
}

const detailOf = ({ id, href, title }: VisitDetail): VisitDetail => ({ id, href, title })

const isKept = (reply: Reply): boolean => !!successBodyOf(reply).page

/** The lane of page visits: their records, their evidence, their requests. */
export const createVisitLane = (parts: VisitLaneParts): VisitLane & { start(): void } => {
  const { posting, storage, journal, clock, visitor, emit, needRecovery, onWait } = parts
  const records = createVisitRecords(parts)
  const inFlight = createInFlight(parts)
  /** How many pages in a row were left before their quiet time was over. */
  const hops = journal.read<number>(hopsKey) ?? 0
  const quietMs = Math.min(longestQuietMs, shortestQuietMs * 2 ** hops)
  const begunMs = clock.now()
  /** The kind of page change the server keeps visits for, by the last visit it kept or by its config: the database need not be asked before each report. */
  let knownChange: string | undefined

  const deliver = async (record: VisitRecord, isCurrent: () => boolean): Promise<Verdict> => {
    const { id, title, href, rid } = record
    const state = await visitor.state()
    let { token = state.token } = record
    if (token !== state.token && state.became) token = (await needRecovery()).successorOf(state, token)
    const change = knownChange ?? monitoredChange(await storage.get(configKey))
    const sent: PageVisitedBody[] = []
    let body: PageVisitedBody = { token, rid, pageInfo: { change, title, location: { href } } }
    for (;;) {
      // The page is going: what it sent now, the next page would have to judge by evidence.
      if (!isCurrent()) return { kind: 'wait' }
      sent.push(body)
      const reply = await posting.post(pageVisitedPath, body, {
        maySend(isTrial) {
          const may = isCurrent()
          if (may) inFlight.onSend(id, isTrial)
          return may
        },
      })
      knownChange = isKept(reply) ? body.pageInfo.change : undefined
      if (knownChange) return { kind: 'done' }
      if (typeof reply === 'object') inFlight.onNotKept(id)
      // Without it the lane waits, and asks for it again itself.
      const recovery = await needRecovery().catch(() => undefined)
      if (!recovery) return { kind: 'wait' }
      const verdict = await recovery.meaningOf(reply, { record, visitor: state, sent })
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
      ...records,
      ...inFlight,
      quietMs,
      onRemove(id) {
        records.onRemove(id)
        inFlight.forget(id)
      },
      onLeave(retry) {
        inFlight.onLeave(retry)
        journal.write(hopsKey, clock.now() - begunMs < quietMs ? hops + 1 : 0)
      },
    },
  )

  const put = async (record: VisitRecord): Promise<void> => {
    await records.put(record, lane.isAway())
    lane.check()
  }

  return {
    ...lane,
    put,
    async remove(id) {
      await records.giveUp(id)
      lane.check()
    },
    learn: (copy: ConfigCopy) => void (knownChange = monitoredChange(copy)),
    async record(visit) {
      const state = visitor.current()
      visit.rid = state?.roomId
      // The token it was noticed under, whatever happens before it has settled.
      visit.token ??= state?.token
      visit.title = visit.title.slice(0, longestTitle)
      visit.href = visit.href.slice(0, longestHref)
      const isSettled = !visit.open
      // The visit itself is stored, not a copy: what is written late, or once more, is what it has become.
      await put(visit)
      if (isSettled) emit('visit', detailOf(visit))
    },
  }
}
