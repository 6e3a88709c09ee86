import { isRecord } from '../http/schema.ts'
import type { CorsMode } from '../http/cors.ts'
import type { Limit } from '../http/limiter.ts'

export interface Fault {
  match?: string
  /** Part of the `Content-Type` header: what a firewall that knows only some types would stumble over. */
  contentType?: string
  times?: number
  latencyMs?: number
  status?: number
  /** The text that `status` answers with, in the server's own shape. */
  error?: string
  drop?: 'before' | 'after'
  html?: boolean | string
  /** Sends callers on to the same path and query under this address: 307, or `status`. */
  redirect?: string
  cors?: CorsMode
  cdn?: 'no-cors'
  limit?: Limit
  plug?: boolean
  socket?: 'refuse' | 'drop' | 'silent' | 'deaf'
}

const known = [
  'match',
  'contentType',
  'times',
  'latencyMs',
  'status',
  'error',
  'drop',
  'html',
  'redirect',
  'cors',
  'cdn',
  'limit',
  'plug',
  'socket',
]

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
    if (Object.keys(item).some((key) => !['match', 'contentType', 'times', 'error'].includes(key)))
      faults.push(item as Fault)
  }
  return { kind: 'faults', faults }
}

function toTest(match: string): ((line: string) => boolean) | undefined {
  const pattern = /^\/(.+)\/([imsu]*)$/.exec(match)
  if (!pattern) return (line) => line.includes(match)
  try {
    const [, source = '', flags] = pattern
    const expression = new RegExp(source, flags)
    return (line) => expression.test(line)
  } catch {
    return undefined
  }
}

/** The faults in force, and what each part of the server asks of them. */
export interface Faults {
  replace(faults: Fault[]): void
  list(): Fault[]
  /** The faults a call meets, merged. A preflight meets only those whose match names OPTIONS. Counts down `times`. */
  meet(method: string, path: string, contentType?: string): Fault
  cors(method: string, path: string): CorsMode | undefined
  /** Files under /cdn/ come without `Access-Control-Allow-Origin`. */
  isCdnDeaf(): boolean
  /**
   * A fault cuts connections. Browsers repeat a call by themselves when a connection they have used before breaks, so none is kept alive
   * meanwhile.
   */
  cutsConnections(): boolean
  isPlugPulled(): boolean
  socket(): Fault['socket']
}

export function createFaults(): Faults {
  let faults: Fault[] = []

  const matches = (fault: Fault, line: string) => !fault.match || toTest(fault.match)?.(line) === true

  return {
    replace(next) {
      faults = next.map((fault) => ({ ...fault }))
    },
    list: () => faults,

    meet(method, path, contentType = '') {
      const met: Fault = {}
      for (const fault of faults) {
        if (method === 'OPTIONS' && !fault.match?.includes('OPTIONS')) continue
        if (!matches(fault, `${method} ${path}`)) continue
        if (fault.contentType && !contentType.includes(fault.contentType)) continue
        if (fault.times !== undefined && fault.times-- <= 0) continue
        Object.assign(met, fault)
      }
      faults = faults.filter((fault) => fault.times === undefined || fault.times > 0)
      return met
    },
    cors: (method, path) => faults.find((fault) => fault.cors && matches(fault, `${method} ${path}`))?.cors,
    isCdnDeaf: () => faults.some((fault) => fault.cdn === 'no-cors'),
    cutsConnections: () => faults.some((fault) => fault.drop),
    isPlugPulled: () => faults.some((fault) => fault.plug),
    socket: () => faults.find((fault) => fault.socket)?.socket,
  }
}
