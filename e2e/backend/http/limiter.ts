/** Fixed windows per bucket: the first call opens the window, and everything in it counts, refused calls too. */
export interface Limit {
  calls: number
  windowMs: number
}

export interface Verdict {
  allowed: boolean
  waitSeconds: number
  headers: Record<string, string>
}

export const defaultLimit: Limit = { calls: 10, windowMs: 60_000 }

export function createLimiter() {
  const buckets = new Map<string, { count: number; endsAt: number; windowMs: number }>()

  return {
    take(bucket: string, { calls, windowMs }: Limit): Verdict {
      const now = Date.now()
      let window = buckets.get(bucket)
      if (!window || now >= window.endsAt || window.windowMs !== windowMs) {
        window = { count: 0, endsAt: now + windowMs, windowMs }
        buckets.set(bucket, window)
      }
      window.count++
      return {
        allowed: window.count <= calls,
        waitSeconds: Math.ceil((window.endsAt - now) / 1000),
        headers: {
          'X-RateLimit-Limit': String(calls),
          'X-RateLimit-Remaining': String(Math.max(0, calls - window.count)),
          'X-RateLimit-Reset': String(window.endsAt),
        },
      }
    },
    reset: () => buckets.clear(),
  }
}

export type Limiter = ReturnType<typeof createLimiter>
