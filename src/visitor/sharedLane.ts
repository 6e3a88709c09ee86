import type { Tabs } from '../browser/ports'
import type { Lane, LaneOptions, LaneRecord } from '../tracking/contracts'

/** A lane whose tabs tell each other of new records, so that another tab already waits for the lock should the tab that put a record die. */
export const shareLane = <R extends LaneRecord>(
  tabs: Tabs,
  { name }: Pick<LaneOptions<R>, 'name'>,
  lane: Lane<R>,
): Lane<R> => {
  tabs.observe(name, lane.check)
  return {
    ...lane,
    async put(record) {
      await lane.put(record)
      tabs.post(name)
    },
  }
}
