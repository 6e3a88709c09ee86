import type { Journal, Store } from '../../browser/ports'
import { changeOf, monitoredChange } from '../../wire/monitoredChange'
import { pageVisitedPath } from '../../wire/paths'
import { successBodyOf, type Reply } from '../../wire/reply'
import type { PageVisitedBody } from '../../wire/rest'
import type { Posting, Recovery, Verdict, VisitorStore } from '../contracts'
import type { ConfigCopy, VisitRecord } from '../stored'
import { configKey, monitoredChangeKey } from '../keys'
import type { InFlight } from './inFlight'

export interface ReportsParts {
  posting: Posting
  storage: Store
  journal: Journal
  visitor: Pick<VisitorStore, 'state' | 'current' | 'atOnce'>
  /** What is done when not all is well. Rejects where it cannot be fetched. */
  needRecovery(): Promise<Recovery>
}

export const isKept = (reply: Reply): boolean => !!successBodyOf(reply).page

/** One visit as one request, and what its reply means. */
export const createReports = (
  { posting, storage, journal, visitor, needRecovery }: ReportsParts,
  inFlight: Pick<InFlight, 'onSend' | 'onNotKept'>,
) => {
  /** The kind of page change the server keeps visits for, by the last visit it kept or by its config: the database need not be asked before each report. */
  let knownChange: string | undefined
  const learnChange = (change: string) => {
    if (knownChange !== change) journal.write(monitoredChangeKey, change)
    knownChange = change
  }
  const bodyOf = ({ title, href, rid }: VisitRecord, token: string, change: string): PageVisitedBody => ({
    token,
    rid,
    pageInfo: { change, title, location: { href } },
  })
  return {
    learn: (copy: ConfigCopy) => learnChange(monitoredChange(copy)),

    /** With what is known without waiting; undefined where the record's token has become another, which only recovery can tell. */
    bodyAtOnce(record: VisitRecord): PageVisitedBody | undefined {
      const state = visitor.atOnce()
      const { token = state.token, rid = state.roomId } = record
      const change = knownChange ?? changeOf(journal.read(monitoredChangeKey))
      return token !== state.token && state.became ? undefined : bodyOf({ ...record, rid }, token, change)
    },

    async deliver(record: VisitRecord, isCurrent: () => boolean): Promise<Verdict> {
      const state = await visitor.state()
      let { token = state.token } = record
      if (token !== state.token && state.became) token = (await needRecovery()).successorOf(state, token)
      const sent: PageVisitedBody[] = []
      let body = bodyOf(record, token, knownChange ?? monitoredChange(await storage.get(configKey)))
      for (;;) {
        // The page is going: what it sent now, the next page would have to judge by evidence.
        if (!isCurrent()) return { kind: 'wait' }
        sent.push(body)
        const reply = await posting.post(pageVisitedPath, body, {
          maySend(isTrial) {
            const may = isCurrent()
            if (may) inFlight.onSend(record.id, isTrial)
            return may
          },
          // Whatever it means: should the page go now, nothing of it is on its way.
          onRefused: () => inFlight.onNotKept(record.id),
        })
        if (isKept(reply)) {
          learnChange(body.pageInfo.change)
          return { kind: 'done' }
        }
        knownChange = undefined
        if (typeof reply === 'object') inFlight.onNotKept(record.id)
        // Without it the lane waits, and asks for it again itself.
        const recovery = await needRecovery().catch(() => undefined)
        if (!recovery) return { kind: 'wait' }
        const verdict = await recovery.meaningOf(reply, { record, visitor: state, sent })
        if (verdict.kind !== 'again') return verdict
        body = verdict.body
      }
    },
  }
}
