import { isRecord } from '../http/schema.ts'
import type { CorsMode } from '../http/cors.ts'
import type { Limit } from '../http/limiter.ts'

export interface Fault {
  match?: string
  times?: number
  latencyMs?: number
  status?: number
  drop?: 'before' | 'after'
  html?: boolean | string
  /** Sends callers on to the same path and query under this address: 307, or `status`. */
  redirect?: string
  cors?: CorsMode
  cdn?: 'deaf'
  limit?: Limit
  plug?: boolean
  socket?: 'refuse' | 'drop' | 'silent'
}

const known = ['match', 'times', 'latencyMs', 'status', 'drop', 'html', 'redirect', 'cors', 'cdn', 'limit', 'plug', 'socket']

export type ReadFaults = { kind: 'faults'; faults: Fault[] } | { kind: 'refused'; error: string }

export function readFaults(body: unknown): ReadFaults {
  const items = Array.isArray(body) ? body : [body]
  const faults: Fault[] = []
  for (const item of items) {
    if (!isRecord(item)) return { kind: 'refused', error: 'a fault is an object' }
    const unknown = Object.keys(item).find((key) => !known.includes(key))
    if (unknown) return { kind: 'refused', error: `unknown fault '${unknown}'` }
    if (typeof item['match'] === 'string' && !toTest(item['match']))
      return { kind: 'refused', error: `'${item['match']}' is not a regular expression` }
    if (Object.keys(item).some((key) => key !== 'match' && key !== 'times')) faults.push(item as Fault)
  }
  return { kind: 'faults', faults }
}

function toTest(match: string): ((line: string) => boolean) | undefined {
  const pattern = /^\/(.+)\/([imsu]*)$/.exec(match)
  if (!pattern) return (line) => line.includes(match)
  try {
    const expression = new RegExp(pattern[1]!, pattern[2])
    return (line) => expression.test(line)
  } catch {
    return undefined
  }
}

export function createFaults() {
  let faults: Fault[] = []

  const matches = (fault: Fault, line: string) => !fault.match || toTest(fault.match)!(line)

  return {
    replace(next: Fault[]) {
      faults = next.map((fault) => ({ ...fault }))
    },
    list: () => faults,

    /** The faults a call meets, merged. A preflight meets only those whose match names OPTIONS. Counts down `times`. */
    meet(method: string, path: string): Fault {
      const met: Fault = {}
      for (const fault of faults) {
        if (method === 'OPTIONS' && !fault.match?.includes('OPTIONS')) continue
        if (!matches(fault, `${method} ${path}`)) continue
        if (fault.times !== undefined && fault.times-- <= 0) continue
        Object.assign(met, fault)
      }
      faults = faults.filter((fault) => fault.times === undefined || fault.times > 0)
      return met
    },
    cors: (method: string, path: string): CorsMode | undefined =>
      faults.find((fault) => fault.cors && matches(fault, `${method} ${path}`))?.cors,
    deafCdn: () => faults.some((fault) => fault.cdn === 'deaf'),
    /** A browser sends a call again by itself when a connection it has used before breaks: it shall have none. */
    drops: () => faults.some((fault) => fault.drop),
    plugged: () => faults.some((fault) => fault.plug),
    socket: () => faults.find((fault) => fault.socket)?.socket,
  }
}

export type Faults = ReturnType<typeof createFaults>
