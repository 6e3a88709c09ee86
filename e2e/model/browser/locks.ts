import type { Owner, Scheduler } from '../scheduler.ts'

interface Asked {
  owner: Owner
  held: boolean
  letGo: () => void
  grant: () => void
}

/** The `navigator.locks` of one page. */
export interface PageLocks {
  request(name: string, options: { signal: AbortSignal }, run: () => Promise<void>): Promise<void>
}

/** The Web Locks of one browser: one holder for a name, the others in line; whoever goes lets go. */
export interface WebLocks {
  /** The page has gone. */
  abandon(owner: Owner): void
  holds(owner: Owner): boolean
  /** The holders, for a test that nobody sleeps on a lock. */
  holders(): Owner[]
  of(owner: Owner): PageLocks
}

export const createWebLocks = (scheduler: Scheduler): WebLocks => {
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
  const all = (owner: Owner) =>
    [...lines].flatMap(([name, line]) =>
      line.flatMap((asked) => (asked.owner === owner ? [[name, asked] as const] : [])),
    )
  return {
    abandon: (owner) => all(owner).forEach(([name, asked]) => leave(name, asked)),
    holds: (owner) => all(owner).some(([, { held }]) => held),
    holders: () => [...lines.values()].flatMap((line) => line.flatMap(({ held, owner }) => (held ? [owner] : []))),
    of: (owner) => ({
      request: (name, { signal }, run) =>
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
            letGo: () => leave(name, asked),
            grant() {
              if (granted || !lines.get(name)?.includes(asked)) return
              granted = true
              run().then(resolve, reject).finally(asked.letGo)
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
