import type { Chance } from './chance.ts'

/** Whose task it is. What belongs to somebody gone never runs; what belongs to a sleeper waits. */
export interface Owner {
  gone: boolean
  asleep: boolean
  missed: (() => void)[]
  /** Called before each of its tasks. */
  enter?(): void
}

export const newOwner = (): Owner => ({ gone: false, asleep: false, missed: [] })

interface Due {
  atMs: number
  /** Among tasks of one moment the seed decides. */
  tie: number
  /** Gone when it was undone. */
  run?: () => void
  owner?: Owner
}

const before = (a: Due, b: Due): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.tie < b.tie)

/**
 * The one scheduler of a run. Time is made up: it leaps from task to task. Every completion of anything asynchronous is a task, and all
 * promises that a task has settled are followed to their end before the next one runs, as in a browser.
 */
export interface Scheduler {
  chance: Chance
  now(): number
  /** Returns its undo. */
  later(delayMs: number, run: () => void, owner?: Owner): () => void
  /** What a sleeper has missed comes now. */
  wake(owner: Owner): void
  /** Runs until `untilMs` or until `done`, whichever comes first. */
  run(untilMs: number, done?: () => boolean): Promise<void>
}

export const createScheduler = (chance: Chance): Scheduler => {
  const heap: Due[] = []
  let nowMs = 0
  const push = (due: Due) => {
    let at = heap.push(due) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(due, heap[parent]!)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = due
  }
  const pop = (): Due => {
    const first = heap[0]!
    const last = heap.pop()!
    if (heap.length) {
      let at = 0
      for (;;) {
        let child = 2 * at + 1
        if (child >= heap.length) break
        if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++
        if (!before(heap[child]!, last)) break
        heap[at] = heap[child]!
        at = child
      }
      heap[at] = last
    }
    return first
  }
  const later = (delayMs: number, run: () => void, owner?: Owner): (() => void) => {
    const due: Due = { atMs: nowMs + Math.max(0, delayMs), tie: chance.next(), run, owner }
    push(due)
    return () => {
      due.run = due.owner = undefined
    }
  }
  return {
    chance,
    now: () => nowMs,
    later,
    wake(owner) {
      owner.asleep = false
      owner.missed.splice(0).forEach((run) => later(chance.next() * 2, run, owner))
    },
    async run(untilMs, done = () => false) {
      while (heap.length && heap[0]!.atMs <= untilMs && !done()) {
        const { atMs, run, owner } = pop()
        if (!run || owner?.gone) continue
        nowMs = atMs
        if (owner?.asleep) {
          owner.missed.push(run)
          continue
        }
        owner?.enter?.()
        run()
        // Engines know no promises: only after a document's own task is there anything to follow.
        if (owner) await new Promise(setImmediate)
      }
      if (!done()) nowMs = Math.max(nowMs, untilMs)
    },
  }
}
