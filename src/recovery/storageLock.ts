import type { Clock, Store, Tabs } from '../browser/ports'
import type { ExclusiveRun } from '../tracking/contracts'

interface Lease {
  owner: string
  beat: number
}

const beatMs = 5000
/** Without a sign of life for this long its holder is dead. */
const deadMs = 15_000

export interface StorageLockParts {
  storage: Store
  clock: Clock
  tabs: Tabs
  /** This document. */
  owner: string
}

/**
 * A lock for plain-http sites, where the browser has none: a record in storage in which its holder shows signs of life. Every tab measures
 * for itself, by timers, how long there was none: the clock may jump, and two tabs must not hold the lock then.
 */
export const createStorageLock = ({ storage, clock, tabs, owner }: StorageLockParts): ExclusiveRun => {
  /** True when the lock was given back, or nobody waits any more; false when its holder has shown no sign of life. */
  const waitUntilFreed = (signal: AbortSignal) =>
    new Promise<boolean>((resolve) => {
      const undos = [clock.after(deadMs, () => finish(false)), tabs.observe('freed', () => finish(true))]
      const onAbort = () => finish(true)
      const finish = (isFreed: boolean) => {
        undos.forEach((undo) => undo())
        signal.removeEventListener('abort', onAbort)
        resolve(isFreed)
      }
      signal.addEventListener('abort', onAbort)
    })

  const hold = async (name: string, signal: AbortSignal, run: () => Promise<unknown>): Promise<void> => {
    const key = `lease/${name}`
    let dead: Lease | undefined
    const take = () =>
      storage.update<Lease>(key, (old) => {
        const isDead = old && old.owner === dead?.owner && old.beat === dead.beat
        return !old || old.owner === owner || isDead ? { owner, beat: (old?.beat ?? 0) + 1 } : old
      })
    for (;;) {
      if (signal.aborted) return
      const lease = await take()
      if (lease?.owner === owner) break
      dead = (await waitUntilFreed(signal)) ? undefined : lease
    }
    let isHeld = true
    let cancelBeat = () => {}
    /** The sign of life that is on its way: nothing is given back before it has been written. */
    let beating: Promise<unknown> | undefined
    const beatLater = () => {
      if (isHeld) cancelBeat = clock.after(beatMs, () => void (beating = take().then(beatLater)))
    }
    beatLater()
    try {
      await run()
    } finally {
      isHeld = false
      cancelBeat()
      await beating
      await storage.update<Lease>(key, (old) => (old?.owner === owner ? undefined : old))
      tabs.post('freed')
    }
  }

  /** One after the other within this document: what is given back late, after a sleep, must not be what somebody here has taken since. */
  const turns = new Map<string, Promise<unknown>>()
  return (name, signal, run) => {
    const turn = (turns.get(name) ?? Promise.resolve()).then(() => hold(name, signal, run))
    turns.set(
      name,
      turn.catch(() => {}),
    )
    return turn
  }
}
