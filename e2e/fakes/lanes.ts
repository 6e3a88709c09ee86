/** Lanes as the core promises them: one tab at a time, the oldest first, gone only after a final answer. */
import type { Clock, Lock, Page, Storage, Tabs, Undo } from '../../src/browser/ports'
import type { Lane, LaneOptions, LaneRecord } from '../../src/tracking/contracts'

export interface LanesParts {
  clock: Clock
  page: Pick<Page, 'observe'>
  tabs: Tabs
  storage: Storage
  /** What the tabs of one browser share. */
  values: Map<string, unknown>
  lock(name: string): Lock
}

export const createLanes = ({ clock, page, tabs, storage, values, lock }: LanesParts) => {
  const lanes = new Set<() => void>()
  const lane = <R extends LaneRecord>({ name, deliver, onDelivered, onDrop, onWait }: LaneOptions<R>): Lane<R> => {
    const prefix = `${name}/`
    const turn = lock(name)
    const learnt = () => (values.get(`lane/${name}`) ?? { untilMs: 0, failures: 0, limited: false }) as { untilMs: number; failures: number; limited: boolean }
    let stopped = false
    let held = false
    let asked = 0
    let undo: Undo = () => undefined
    const drain = async () => {
      while (!stopped && !held) {
        const [head] = await storage.list<R>(prefix, 1)
        if (!head) return onWait?.(undefined)
        const { untilMs, failures, limited } = learnt()
        if (untilMs > clock.now()) {
          onWait?.({ untilMs, limited })
          undo()
          undo = clock.after(untilMs - clock.now(), wake)
          return
        }
        onWait?.(undefined)
        const outcome = (await deliver(head, () => true)) ?? { kind: 'wait' }
        if (outcome.kind === 'hold') held = true
        if (outcome.kind === 'wait') {
          values.set(`lane/${name}`, { untilMs: clock.now() + (outcome.ms ?? Math.min(60_000, 1000 * 2 ** failures)), failures: failures + 1, limited: !!outcome.limited })
          continue
        }
        if (outcome.kind === 'hold') continue
        values.delete(`lane/${name}`)
        values.delete(prefix + head.id)
        if (outcome.kind === 'done') onDelivered?.(head)
        else onDrop?.(head, 'refused', outcome.code, outcome.says)
      }
    }
    function wake() {
      if (asked++) return
      void turn.hold(async () => {
        while (asked) {
          asked = 1
          await drain()
          asked--
        }
      })
    }
    const undos = [
      tabs.observe(name, wake),
      page.observe((event) => {
        if (event !== 'online' && event !== 'visible') return
        values.delete(`lane/${name}`)
        wake()
      }),
    ]
    lanes.add(() => {
      stopped = true
      undo()
      undos.forEach((each) => each())
    })
    wake()
    return {
      async put(record) {
        await storage.set(prefix + record.id, record)
        tabs.post(name)
        wake()
      },
      wake() {
        held = false
        wake()
      },
      check: wake,
      waiting: () => storage.list<R>(prefix),
      remove: (id) => storage.delete(prefix + id),
    }
  }
  return {
    lane,
    stop: () => lanes.forEach((stop) => stop()),
  }
}
