import type { LaneOptions, Waiting } from '../../src/core/contracts.ts'
import type { OutboxParts } from '../../src/core/outbox.ts'
import type { Planted } from './browser/browser.ts'

type Maker = (parts: OutboxParts, options: LaneOptions<Waiting>) => unknown

/** A lane whose options are spoilt; every other part is as it should be. */
const inLane =
  (spoil: (parts: OutboxParts, options: LaneOptions<Waiting>) => Partial<LaneOptions<Waiting>>): Planted =>
  (name, real, given) => {
    if (name !== 'createLane') return real(...given)
    // `createLane` is the only maker of this name, and these are what it takes.
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
      void parts.storage.list<Waiting>(`${options.name}/`, 1).then(([next]) => next && remove(parts, `${options.name}/${next.id}`))
    },
  })),
  'a refusal for good is taken for delivered, and silence too': inLane((_parts, options) => ({
    async deliver(record, begin) {
      const outcome = await options.deliver(record, begin)
      return outcome?.kind === 'later' ? { kind: 'delivered' } : outcome
    },
  })),
  'the limiter’s wait is not kept': inLane((_parts, options) => ({
    async deliver(record, begin) {
      const outcome = await options.deliver(record, begin)
      return outcome?.kind === 'later' && outcome.limited ? { kind: 'later', ms: 0, limited: true } : outcome
    },
  })),
  'the token is taken at delivery': inLane((_parts, options) => ({ deliver: (record, begin) => options.deliver({ ...record, token: undefined } as Waiting, begin) })),
  'tabs deliver without a lock': (name, real, given) => (name === 'createLocks' ? () => ({ hold: (run: () => Promise<void>) => run() }) : real(...given)),
  'the journal is merged twice': (name, real, given) => {
    const made = real(...given) as { remove(key: string): void }
    return name === 'createJournal' ? { ...made, remove: (key: string) => void (key.startsWith('visit/') || made.remove(key)) } : made
  },
}
