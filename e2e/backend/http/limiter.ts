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

const maxBuckets = 10_000

export interface Limiter {
  take(bucket: string, limit: Limit): Verdict
  reset(): void
}

export function createLimiter(): Limiter {
  const buckets = new Map<string, { count: number; endsAtMs: number; windowMs: number }>()

  return {
    take(bucket, { calls, windowMs }) {
      const now = Date.now()
      // Callers name the buckets: those whose window has passed make room.
      if (buckets.size > maxBuckets)
        for (const [name, { endsAtMs }] of buckets) if (now >= endsAtMs) buckets.delete(name)
      let window = buckets.get(bucket)
      if (!window || now >= window.endsAtMs || window.windowMs !== windowMs) {
        window = { count: 0, endsAtMs: now + windowMs, windowMs }
        buckets.set(bucket, window)
      }
      window.count++
      return {
        allowed: window.count <= calls,
        waitSeconds: Math.ceil((window.endsAtMs - now) / 1000),
        headers: {
          'X-RateLimit-Limit': String(calls),
          'X-RateLimit-Remaining': String(Math.max(0, calls - window.count)),
          'X-RateLimit-Reset': String(window.endsAtMs),
        },
      }
    },
    reset: () => buckets.clear(),
  }
}
