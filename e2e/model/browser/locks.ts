import type { Owner, Scheduler } from '../scheduler.ts'

interface Asked {
  owner: Owner
  held: boolean
  let: () => void
  grant: () => void
}

/** The Web Locks of one browser: one holder for a name, the others in line; whoever goes lets go. */
export const createWebLocks = (scheduler: Scheduler) => {
  const lines = new Map<string, Asked[]>()
  const next = (name: string) => {
    const first = lines.get(name)?.[0]
    if (!first || first.held) return
    first.held = true
    scheduler.later(scheduler.chance.next() ** 2 * 3, first.grant, first.owner)
  }
  const leave = (name: string, asked: Asked) => {
    const line = lines.get(name) ?? []
    const at = line.indexOf(asked)
    if (at >= 0) line.splice(at, 1)
    next(name)
  }
  const all = (owner: Owner) => [...lines].flatMap(([name, line]) => line.flatMap((asked) => (asked.owner === owner ? [[name, asked] as const] : [])))
  return {
    abandon: (owner: Owner) => all(owner).forEach(([name, asked]) => leave(name, asked)),
    holds: (owner: Owner): boolean => all(owner).some(([, { held }]) => held),
    /** The holders, for a test that nobody sleeps on a lock. */
    holders: (): Owner[] => [...lines.values()].flatMap((line) => line.flatMap(({ held, owner }) => (held ? [owner] : []))),
    /** `navigator.locks` of one page. */
    of: (owner: Owner) => ({
      request: (name: string, { signal }: { signal: AbortSignal }, run: () => Promise<void>) =>
        new Promise<void>((resolve, reject) => {
          const abort = () => {
            if (granted) return
            leave(name, asked)
            reject(Object.assign(new Error('AbortError'), { name: 'AbortError' }))
          }
          let granted = false
          const asked: Asked = {
            owner,
            held: false,
            let: () => leave(name, asked),
            grant() {
              if (granted || !lines.get(name)?.includes(asked)) return
              granted = true
              run().then(resolve, reject).finally(asked.let)
            },
          }
          if (signal.aborted) return abort()
          signal.addEventListener('abort', abort)
          const line = lines.get(name) ?? []
          lines.set(name, line)
          line.push(asked)
          next(name)
        }),
    }),
  }
}
export type WebLocks = ReturnType<typeof createWebLocks>
