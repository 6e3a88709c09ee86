import type { Clock, Store, Tabs } from './contracts'
import type { Exclusive } from './lock'

interface Lease {
  owner: string
  untilMs: number
}

const lengthMs = 15_000

/** A lock for plain-http sites, where the browser has none: a record in storage that its holder renews and that runs out when the holder dies. */
export const createLease = ({ storage, clock, tabs, doc: owner }: { storage: Store; clock: Clock; tabs: Tabs; doc: string }): Exclusive => {
  return async (name, signal, run) => {
    const key = `lease/${name}`
    let mine = false
    const take = async () => {
      const lease = await storage.update<Lease>(key, (old) =>
        // A clock set back must not leave a lease for ever: none reaches further ahead than its length.
        !old || old.owner === owner || old.untilMs <= clock.now() || old.untilMs > clock.now() + lengthMs ? { owner, untilMs: clock.now() + lengthMs } : old,
      )
      mine = lease?.owner === owner
      return lease
    }
    const freed = (ms: number) =>
      new Promise<void>((resolve) => {
        const undo = [clock.after(ms, () => done()), tabs.observe('freed', () => done())]
        const done = () => {
          undo.forEach((stop) => stop())
          signal.removeEventListener('abort', done)
          resolve()
        }
        signal.addEventListener('abort', done)
      })
    while (!mine && !signal.aborted) {
      const lease = await take()
      if (!mine) await freed(Math.max(50, (lease?.untilMs ?? 0) - clock.now()))
    }
    if (!mine) return
    let stop = () => {}
    const renew = () => {
      stop = clock.after(lengthMs / 3, () => void take().then(() => mine && renew()))
    }
    renew()
    try {
      await run()
    } finally {
      mine = false
      stop()
      await storage.update<Lease>(key, (old) => (old?.owner === owner ? undefined : old))
      tabs.say('freed')
    }
  }
}
