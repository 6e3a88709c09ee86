import type { Store, Tabs } from '../browser/ports'
import type { Delivery, Lane, LaneOptions } from '../tracking/contracts'
import type { LaneRecord } from '../tracking/stored'
import { recordPrefixOf } from '../tracking/keys'

/** A lane whose tabs tell each other of new records, so that another tab already waits for the lock should the tab that put a record die. */
export const shareLane = <R extends LaneRecord>(
  { storage, tabs }: { storage: Store; tabs: Tabs },
  { name }: Pick<LaneOptions<R>, 'name'>,
  delivery: Delivery,
): Lane<R> => {
  const prefix = recordPrefixOf(name)
  tabs.observe(name, delivery.check)
  return {
    ...delivery,
    async put(record) {
      await storage.update<R>(prefix + record.id, () => record)
      delivery.check()
      tabs.post(name)
    },
    waiting: () => storage.list<R>(prefix),
  }
}
