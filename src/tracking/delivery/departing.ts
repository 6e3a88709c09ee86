import type { Journal } from '../../browser/ports'
import { toJson } from '../../wire/json'
import { pageVisitedPath } from '../../wire/paths'
import type { PageVisitedBody } from '../../wire/rest'
import type { Posting } from '../contracts'
import type { VisitRecord } from '../stored'
import { pauseKey } from '../keys'
import type { InFlight } from './inFlight'
import { isKept } from './reports'

/** Browsers hold 64 KiB for all requests together that outlive their page; half of it is left to others. */
const mostBytes = 32_000

export interface DepartingParts {
  posting: Posting
  journal: Journal
  /** The page that goes is the visitor's last one here, as far as one can see. */
  isLastPage(): boolean
  inFlight: Pick<InFlight, 'isNoted' | 'onDepart' | 'onNotKept' | 'callsLeft'>
  /** All that can be read at once, the oldest first. */
  atHand(): VisitRecord[]
  bodyAtOnce(record: VisitRecord): PageVisitedBody | undefined
  isAway(): boolean
  /** The server has kept it. */
  onKept(record: VisitRecord): void
}

/**
 * The page goes, and nothing says that another of this site follows, which would deliver what waits: what is at hand leaves now, as far as the
 * limits of the server and of the browser allow. The next page, should there ever be one, judges by evidence whether it has arrived.
 */
export const createDeparting = (parts: DepartingParts): (() => void) => {
  const { posting, journal, inFlight, isAway } = parts
  const send = async (record: VisitRecord, body: PageVisitedBody) => {
    const { id } = record
    const reply = await posting.post(pageVisitedPath, body, {
      maySend: (isTrial) => isAway() && inFlight.onDepart(id, isTrial),
    })
    // Only a page that has come back hears this; somebody else may have settled it meanwhile.
    if (typeof reply !== 'object' || !inFlight.isNoted(id)) return
    inFlight.onNotKept(id)
    if (isKept(reply)) parts.onKept(record)
  }
  return () => {
    if (!parts.isLastPage() || !navigator.onLine || journal.read(pauseKey)) return
    let callsLeft = inFlight.callsLeft()
    let bytesLeft = mostBytes
    for (const record of parts.atHand()) {
      if (inFlight.isNoted(record.id)) continue
      const body = parts.bodyAtOnce(record)
      bytesLeft -= toJson(body ?? '').length
      if (!body || callsLeft-- <= 0 || bytesLeft < 0) return
      void send(record, body)
    }
  }
}
