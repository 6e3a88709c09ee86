import type { Chance } from './chance.ts'
import { createTaskQueue, type Timed } from './taskQueue.ts'

/** Whose task it is. What belongs to somebody gone never runs; what belongs to a sleeper waits. */
export interface Owner {
  gone: boolean
  asleep: boolean
  missed: (() => void)[]
  /** Called before each of its tasks. */
  enter?(): void
}

export const newOwner = (): Owner => ({ gone: false, asleep: false, missed: [] })

/** Among tasks of one moment the seed decides, by their tie. */
interface Task extends Timed {
  /** Undefined once the task was taken back. */
  run?: () => void
  owner?: Owner
}

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
  const tasks = createTaskQueue<Task>()
  let nowMs = 0
  const later = (delayMs: number, run: () => void, owner?: Owner): (() => void) => {
    const task: Task = { atMs: nowMs + Math.max(0, delayMs), tie: chance.next(), run, owner }
    tasks.push(task)
    return () => {
      task.run = task.owner = undefined
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
      for (let task = tasks.next(); task && task.atMs <= untilMs && !done(); task = tasks.next()) {
        tasks.shift()
        const { atMs, run, owner } = task
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
