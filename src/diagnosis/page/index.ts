/** What `diagnose()` says of this browser and this page, beyond what is true for everybody. */
import type { Check } from '../../options'
import type { Tracking } from '../../tracking/contracts'
import type { LaneRecord, RetryState } from '../../tracking/stored'
import { droppedKey, messageLane, recordPrefixOf, registrationLane, retryKeyOf, visitPrefix } from '../../tracking/keys'
import { checkOfCost } from './cost'
import { checkOfRequests } from './requests'
import { checkOfWarnings } from './warnings'
import { checkOfDropped, checkOfQueue, type DroppedNote } from './queue'

export { textOf } from './text'

type PageParts = Pick<Tracking, 'storage' | 'clock' | 'server' | 'posting' | 'warned'>

const retryOfVisits = (storage: PageParts['storage']) => storage.get<RetryState>(retryKeyOf('visit'))

/** How long the server's limiter still keeps this browser waiting. */
export const limitedForMs = async ({ storage, clock }: Pick<PageParts, 'storage' | 'clock'>): Promise<number> => {
  const retry = await retryOfVisits(storage)
  return retry?.limited ? Math.max(0, retry.untilMs - clock.now()) : 0
}

export const checksOfPage = async ({ storage, clock, server, posting, warned }: PageParts): Promise<Check[]> => {
  const count = async (prefix: string) => (await storage.list<LaneRecord>(prefix)).length
  const waiting = {
    visits: await count(visitPrefix),
    messages: await count(recordPrefixOf(messageLane)),
    registrations: await count(recordPrefixOf(registrationLane)),
  }
  return [
    checkOfRequests(posting.way()),
    checkOfQueue(waiting, await retryOfVisits(storage), clock.now()),
    checkOfDropped(await storage.get<DroppedNote>(droppedKey)),
    await checkOfCost(server),
    checkOfWarnings(warned),
  ]
}
