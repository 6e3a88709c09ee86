import type { Clock, Store, Tabs } from '../browser/ports'
import type { ExclusiveRun } from '../tracking/contracts'

interface Lease {
  owner: string
  beat: number
}

const beatMs = 5000
/** Without a sign of life for this long its holder is dead. */
const deadMs = 15_000

/**
 * A lock for plain-http sites, where the browser has none: a record in storage in which its holder shows signs of life. How long there
 * was none everybody measures for themselves, by timers: the clock may jump, and two tabs must not hold it then.
 */
export const createStorageLock = ({
  storage,
  clock,
  tabs,
  owner,
}: {
  storage: Store
  clock: Clock
  tabs: Tabs
  owner: string
}): ExclusiveRun => {
  return async (name, signal, run) => {
    const key = `lease/${name}`
    let dead: Lease | undefined
    const take = () =>
      storage.update<Lease>(key, (old) =>
        !old || old.owner === owner || (old.owner === dead?.owner && old.beat === dead.beat)
          ? { owner, beat: (old?.beat ?? 0) + 1 }
          : old,
      )
    /** True when it was freed, or nobody waits any more. */
    const freed = () =>
      new Promise<boolean>((resolve) => {
        const undo = [clock.after(deadMs, () => done(false)), tabs.observe('freed', () => done(true))]
        const gone = () => done(true)
        const done = (is: boolean) => {
          undo.forEach((stop) => stop())
          signal.removeEventListener('abort', gone)
          resolve(is)
        }
        signal.addEventListener('abort', gone)
      })
    for (;;) {
      if (signal.aborted) return
      const lease = await take()
      if (lease?.owner === owner) break
      dead = (await freed()) ? undefined : lease
    }
    let held = true
    let stop = () => {}
    /** The sign of life that is on its way: nothing is given back before it has come. */
    let beating: Promise<unknown> | undefined
    const beat = () => {
      if (held) stop = clock.after(beatMs, () => void (beating = take().then(beat)))
    }
    beat()
    try {
      await run()
    } finally {
      held = false
      stop()
      await beating
      await storage.update<Lease>(key, (old) => (old?.owner === owner ? undefined : old))
      tabs.post('freed')
    }
  }
}
