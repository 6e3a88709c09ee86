import type { Clock, Journal } from '../../browser/ports'
import type { Events, VisitDetail } from '../../options'
import type { LaneOptions, VisitLane } from '../contracts'
import type { VisitRecord } from '../stored'
import { hopsKey } from '../keys'
import { redactTitle } from '../redact'
import { trim, type TrimParts } from './trimming'
import { createDeparting, type DepartingParts } from './departing'
import { createInFlight } from './inFlight'
import { createLane, type LaneParts } from './lane'
import { createReports, type ReportsParts } from './reports'
import { createVisitRecords } from './visitRecords'

const longestTitle = 512
const longestHref = 8192

/** Nothing is sent in the first moments of a page, longer after each page that was left so early: a visitor hopping through links leaves nothing in flight. */
const shortestQuietMs = 500
const longestQuietMs = 8000

export interface VisitLaneParts extends LaneParts, ReportsParts, TrimParts, Pick<DepartingParts, 'isLastPage'> {
  documentId: string
  journal: Journal
  clock: Clock
  onWait?: LaneOptions<VisitRecord>['onWait']
  guard<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void
  emit<E extends 'visit' | 'delivered' | 'drop'>(event: E, detail: Events[E]): void
}

const detailOf = ({ id, href, title }: VisitDetail): VisitDetail => ({ id, href, title })

/** The lane of page visits: their records, their evidence, their requests. */
export const createVisitLane = (parts: VisitLaneParts): VisitLane & { start(): void } => {
  const { journal, clock, visitor, emit, onWait, guard } = parts
  const records = createVisitRecords(parts)
  const inFlight = createInFlight(parts)
  /** How many pages in a row were left before their quiet time was over. */
  const hops = journal.read<number>(hopsKey) ?? 0
  const quietMs = Math.min(longestQuietMs, shortestQuietMs * 2 ** hops)
  const begunMs = clock.now()
  const reports = createReports(parts, inFlight)

  const onDrop: LaneOptions<VisitRecord>['onDrop'] = (record, reason, code, says) =>
    emit('drop', { ...detailOf(record), reason, code, says })

  const lane = createLane<VisitRecord>(
    parts,
    {
      name: 'visit',
      deliver: reports.deliver,
      onWait,
      onDelivered: (record) => emit('delivered', detailOf(record)),
      onDrop,
    },
    {
      ...records,
      ...inFlight,
      quietMs,
      trim: () =>
        trim(parts, async (record, reason) => {
          await lane.remove(record.id)
          onDrop(record, reason)
        }),
      onRemove(id) {
        records.onRemove(id)
        inFlight.forget(id)
      },
      onLeave(retry) {
        inFlight.onLeave(retry)
        // When all of ours have heard that the page goes, and have settled and noted its last visit.
        queueMicrotask(guard(departing))
        journal.write(hopsKey, clock.now() - begunMs < quietMs ? hops + 1 : 0)
      },
    },
  )

  const departing = createDeparting({
    ...parts,
    ...records,
    ...reports,
    ...lane,
    inFlight,
    onKept(record) {
      emit('delivered', detailOf(record))
      void lane.remove(record.id)
    },
  })

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
    learn: reports.learn,
    async record(visit) {
      const state = visitor.current()
      visit.rid = state?.roomId
      // The token it was noticed under, whatever happens before it has settled.
      visit.token ??= state?.token
      visit.title = redactTitle(parts.options, visit.title).slice(0, longestTitle)
      visit.href = visit.href.slice(0, longestHref)
      const isSettled = !visit.open
      // The visit itself is stored, not a copy: what is written late, or once more, is what it has become.
      await put(visit)
      if (isSettled) emit('visit', detailOf(visit))
    },
  }
}
