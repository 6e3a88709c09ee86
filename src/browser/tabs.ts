import type { Lane, LaneOptions, LaneRecord } from '../tracking/contracts'
import type { Page, Tabs } from './ports'
import type { Tracking } from '../tracking'

/**
 * Word to the other tabs of this origin. Where there is no channel, they learn it from storage when they look next. A page in the
 * back/forward cache to which somebody speaks is thrown out of it: the channel is closed while the page is away.
 */
export const createTabs = (name: string, page: Page, over: () => boolean): Tabs => {
  const listeners = new Set<(topic: string, data: unknown) => void>()
  let channel: BroadcastChannel | undefined
  const stop = () => {
    channel?.close()
    channel = undefined
  }
  const open = () => {
    stop()
    if (over()) return
    try {
      channel = new BroadcastChannel(name)
      channel.onmessage = ({ data }) => listeners.forEach((listener) => listener(data[0], data[1]))
    } catch {}
  }
  open()
  page.observe((event) => {
    // After everybody else has heard it, and said what there is to say.
    if (event === 'leave') queueMicrotask(stop)
    if (event === 'restore') open()
  })
  return {
    post: (topic, data) => channel?.postMessage([topic, data]),
    observe(topic, listener) {
      const heard = (said: string, data: unknown) => {
        if (said === topic) listener(data)
      }
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
  }
}

export const tabsOf = (tracking: Pick<Tracking, 'tabs' | 'name' | 'page' | 'over'>): Tabs => (tracking.tabs ??= createTabs(tracking.name, tracking.page, tracking.over))

/** What the tabs tell each other of tracking: there is something to deliver, the visitor has changed, or is to be forgotten. */
export const joinTabs = (tracking: Tracking): void => {
  const { on, guard, page, visits, visitor, trouble } = tracking
  const tabs = tabsOf(tracking)
  on('visit', () => tabs.post('visit'))
  tabs.observe('visit', visits.check)
  const change = guard(() => visitor.change())
  tabs.observe('visitor', change)
  // Nothing is heard in the back/forward cache.
  page.observe((event) => event === 'restore' && change())
  tabs.observe('forget', guard(async () => (await trouble())?.afresh()))
}

/** The same for a lane of another kind. */
export const shareLane = <R extends LaneRecord>(tabs: Tabs, { name }: LaneOptions<R>, lane: Lane<R>): Lane<R> => {
  tabs.observe(name, lane.check)
  return {
    ...lane,
    async put(record) {
      await lane.put(record)
      tabs.post(name)
    },
  }
}
