/** Anything that has its time. */
export interface Timed {
  atMs: number
  /** Orders those of one moment. */
  tie: number
}

/** The earliest first: a binary heap, as a journey has thousands of tasks. */
export interface TaskQueue<T extends Timed> {
  next(): T | undefined
  push(task: T): void
  shift(): T | undefined
}

const isBefore = (a: Timed, b: Timed): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.tie < b.tie)

export const createTaskQueue = <T extends Timed>(): TaskQueue<T> => {
  const heap: T[] = []
  return {
    next: () => heap[0],
    push(task) {
      let at = heap.push(task) - 1
      for (;;) {
        const parentAt = (at - 1) >> 1
        const parent = heap[parentAt]
        if (!parent || !isBefore(task, parent)) break
        heap[at] = parent
        at = parentAt
      }
      heap[at] = task
    },
    shift() {
      const [first] = heap
      const last = heap.pop()
      if (!last || !heap.length) return first
      let at = 0
      for (;;) {
        const leftAt = 2 * at + 1
        const left = heap[leftAt]
        const right = heap[leftAt + 1]
        if (!left) break
        const isRightFirst = right !== undefined && isBefore(right, left)
        const child = isRightFirst ? right : left
        if (!isBefore(child, last)) break
        heap[at] = child
        at = isRightFirst ? leftAt + 1 : leftAt
      }
      heap[at] = last
      return first
    },
  }
}
