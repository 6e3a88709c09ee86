import type { Owner, Scheduler } from '../scheduler.ts'

interface LockRequest {
  owner: Owner
  isHeld: boolean
  release: () => void
  grant: () => void
}

/** The `navigator.locks` of one page. */
export interface PageLocks {
  request(name: string, options: { signal: AbortSignal }, run: () => Promise<void>): Promise<void>
}

/** The Web Locks of one browser: one holder for a name, the others in line; a page that goes releases what it holds. */
export interface WebLocks {
  /** The page has gone. */
  abandon(owner: Owner): void
  holds(owner: Owner): boolean
  /** The holders, for a test that nobody sleeps on a lock. */
  holders(): Owner[]
  of(owner: Owner): PageLocks
}

export const createWebLocks = (scheduler: Scheduler): WebLocks => {
  const lines = new Map<string, LockRequest[]>()
  const next = (name: string) => {
    const first = lines.get(name)?.[0]
    if (!first || first.isHeld) return
    first.isHeld = true
    scheduler.later(scheduler.chance.next() ** 2 * 3, first.grant, first.owner)
  }
  const leave = (name: string, lockRequest: LockRequest) => {
    const line = lines.get(name) ?? []
    const at = line.indexOf(lockRequest)
    if (at >= 0) line.splice(at, 1)
    next(name)
  }
  const all = (owner: Owner) =>
    [...lines].flatMap(([name, line]) =>
      line.flatMap((lockRequest) => (lockRequest.owner === owner ? [[name, lockRequest] as const] : [])),
    )
  return {
    abandon: (owner) => all(owner).forEach(([name, lockRequest]) => leave(name, lockRequest)),
    holds: (owner) => all(owner).some(([, { isHeld }]) => isHeld),
    holders: () => [...lines.values()].flatMap((line) => line.flatMap(({ isHeld, owner }) => (isHeld ? [owner] : []))),
    of: (owner) => ({
      request: (name, { signal }, run) =>
        new Promise<void>((resolve, reject) => {
          const abort = () => {
            if (granted) return
            leave(name, lockRequest)
            reject(Object.assign(new Error('AbortError'), { name: 'AbortError' }))
          }
          let granted = false
          const lockRequest: LockRequest = {
            owner,
            isHeld: false,
            release: () => leave(name, lockRequest),
            grant() {
              if (granted || !lines.get(name)?.includes(lockRequest)) return
              granted = true
              run().then(resolve, reject).finally(lockRequest.release)
            },
          }
          if (signal.aborted) return abort()
          signal.addEventListener('abort', abort)
          const line = lines.get(name) ?? []
          lines.set(name, line)
          line.push(lockRequest)
          next(name)
        }),
    }),
  }
}
