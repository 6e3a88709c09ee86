import type { LaneOptions, Posting, Recovery } from '../../src/tracking/contracts.ts'
import type { LaneRecord } from '../../src/tracking/stored.ts'
import type { InFlight } from '../../src/tracking/delivery/inFlight.ts'
import type { NavigationParts } from '../../src/tracking/navigation.ts'
import type { LaneHooks } from '../../src/tracking/delivery/lane.ts'
import type { VisitLaneParts } from '../../src/tracking/delivery/visitLane.ts'
import type { Planted } from './browser/browser.ts'

type Maker = (parts: VisitLaneParts, options: LaneOptions<LaneRecord>, hooks?: LaneHooks<LaneRecord>) => unknown

/** A lane whose options are spoilt; every other part is as it should be. */
const inLane =
  (spoil: (parts: VisitLaneParts, options: LaneOptions<LaneRecord>) => Partial<LaneOptions<LaneRecord>>): Planted =>
  (name, real, given) => {
    if (name !== 'createLane') return real(...given)
    // Only `src/tracking/delivery/lane.ts` exports this name: the function and its arguments are what that file declares.
    const [parts, options, hooks] = given as unknown as Parameters<Maker>
    const make = real as unknown as Maker // For the same reason.
    return make(parts, { ...options, ...spoil(parts, options) }, hooks)
  }

const remove = async ({ storage, journal }: VisitLaneParts, key: string) => {
  journal.remove(key)
  await storage.update(key, () => undefined)
}

/** What one maker makes, a little otherwise; every other part is as it should be. */
const spoilt =
  <M extends object, P extends object>(
    maker: string,
    spoil: (made: M, parts: P) => Partial<M>,
    spoilParts: (parts: P) => P = (parts) => parts,
  ): Planted =>
  (name, real, given) => {
    if (name !== maker) return real(...given)
    // Only one file exports this name: what it takes and makes is what that file declares, which the caller names.
    const [parts, ...rest] = given as [P]
    const made = real(spoilParts(parts), ...rest) as M // For the same reason.
    return { ...made, ...spoil(made, parts) }
  }

/** Faults that other widgets have, or that this one once had. The model must notice each. */
export const faults: Record<string, Planted> = {
  'a record is deleted before the answer': inLane((parts, options) => ({
    async deliver(record, isCurrent) {
      await remove(parts, `${options.name}/${record.id}`)
      return options.deliver(record, isCurrent)
    },
  })),
  'records are deleted by count': inLane((parts, options) => ({
    onDelivered(record) {
      options.onDelivered?.(record)
      void parts.storage
        .list<LaneRecord>(`${options.name}/`, 1)
        .then(([next]) => next && remove(parts, `${options.name}/${next.id}`))
    },
  })),
  'a refusal for good is taken for delivered, and silence too': inLane((_parts, options) => ({
    async deliver(record, isCurrent) {
      const verdict = await options.deliver(record, isCurrent)
      return verdict.kind === 'wait' ? { kind: 'done' } : verdict
    },
  })),
  'the limiter’s wait is not kept': inLane((_parts, options) => ({
    async deliver(record, isCurrent) {
      const verdict = await options.deliver(record, isCurrent)
      return verdict.kind === 'wait' && verdict.limited ? { kind: 'wait', ms: 0, limited: true } : verdict
    },
  })),
  'the token is taken at delivery': inLane((_parts, options) => ({
    deliver: (record, isCurrent) => options.deliver({ ...record, token: undefined } as LaneRecord, isCurrent),
  })),
  'a last page keeps its visits for a next one': spoilt(
    'createVisitLane',
    () => ({}),
    (parts: VisitLaneParts) => ({
      ...parts,
      isLastPage: () => false,
    }),
  ),
  'what leaves with its page is not noted': spoilt<InFlight, object>('createInFlight', () => ({
    onDepart: () => true,
  })),
  'a server that reads no simple post is taken at its word': spoilt<Recovery, object>('createRecovery', () => ({
    judgeSimplePost: async (reply) => reply,
  })),
  'a first simple post is noted as if the server’s way were known': spoilt<Posting, object>(
    'createPosting',
    ({ post }) => ({
      post: (path, body, { maySend, ...options } = {}) =>
        post(path, body, { ...options, ...(maySend && { maySend: () => maySend(false) }) }),
    }),
  ),
  'a widget that is made anew does not know the one before it': spoilt<object, NavigationParts>(
    'createNavigation',
    () => ({}),
    (parts) => ({ ...parts, name: parts.name + parts.newId().id }),
  ),
  'tabs deliver without a lock': (name, real, given) =>
    name === 'createLocks' ? () => ({ hold: (run: () => Promise<void>) => run() }) : real(...given),
  'a transaction is left under way as its page goes into the back/forward cache': (name, real, given) => {
    if (name !== 'createDatabase') return real(...given)
    const [databaseName, clock, , ...rest] = given
    return real(databaseName, clock, { observe: () => () => undefined }, ...rest)
  },
  'the journal is merged twice': (name, real, given) => {
    const made = real(...given) as { remove(key: string): void }
    return name === 'createJournal'
      ? { ...made, remove: (key: string) => void (key.startsWith('visit/') || made.remove(key)) }
      : made
  },
}
