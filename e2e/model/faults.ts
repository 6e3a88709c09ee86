import type { LaneOptions, LaneRecord } from '../../src/tracking/contracts.ts'
import type { OutboxParts } from '../../src/tracking/delivery/lane.ts'
import type { Planted } from './browser/browser.ts'

type Maker = (parts: OutboxParts, options: LaneOptions<LaneRecord>) => unknown

/** A lane whose options are spoilt; every other part is as it should be. */
const inLane =
  (spoil: (parts: OutboxParts, options: LaneOptions<LaneRecord>) => Partial<LaneOptions<LaneRecord>>): Planted =>
  (name, real, given) => {
    if (name !== 'createLane') return real(...given)
    const [parts, options] = given as unknown as Parameters<Maker>
    return (real as unknown as Maker)(parts, { ...options, ...spoil(parts, options) })
  }

const remove = async ({ storage, journal }: OutboxParts, key: string) => {
  journal.remove(key)
  await storage.update(key, () => undefined)
}

/** What others have got wrong. Each must be noticed by the model. */
export const faults: Record<string, Planted> = {
  'a record is deleted before the answer': inLane((parts, options) => ({
    async deliver(record, begin) {
      await remove(parts, `${options.name}/${record.id}`)
      return options.deliver(record, begin)
    },
  })),
  'records are deleted by count': inLane((parts, options) => ({
    onDelivered(record) {
      options.onDelivered?.(record)
      void parts.storage.list<LaneRecord>(`${options.name}/`, 1).then(([next]) => next && remove(parts, `${options.name}/${next.id}`))
    },
  })),
  'a refusal for good is taken for delivered, and silence too': inLane((_parts, options) => ({
    async deliver(record, begin) {
      const outcome = await options.deliver(record, begin)
      return outcome?.kind === 'wait' ? { kind: 'done' } : outcome
    },
  })),
  'the limiter’s wait is not kept': inLane((_parts, options) => ({
    async deliver(record, begin) {
      const outcome = await options.deliver(record, begin)
      return outcome?.kind === 'wait' && outcome.limited ? { kind: 'wait', ms: 0, limited: true } : outcome
    },
  })),
  'the token is taken at delivery': inLane((_parts, options) => ({ deliver: (record, begin) => options.deliver({ ...record, token: undefined } as LaneRecord, begin) })),
  'tabs deliver without a lock': (name, real, given) => (name === 'createLocks' ? () => ({ hold: (run: () => Promise<void>) => run() }) : real(...given)),
  'a transaction is left under way as its page goes into the back/forward cache': (name, real, given) => {
    if (name !== 'openStorage') return real(...given)
    const [databaseName, clock, , ...rest] = given
    return real(databaseName, clock, { observe: () => () => undefined }, ...rest)
  },
  'the journal is merged twice': (name, real, given) => {
    const made = real(...given) as { remove(key: string): void }
    return name === 'createJournal' ? { ...made, remove: (key: string) => void (key.startsWith('visit/') || made.remove(key)) } : made
  },
}
