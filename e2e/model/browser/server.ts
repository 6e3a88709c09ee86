import type { Owner, Scheduler } from '../scheduler.ts'

/** How the server, or whatever stands before it, is behaving. */
export type ServerCondition =
  | 'fine'
  | 'slow'
  | 'down'
  | 'hangs'
  | 'acts and breaks off'
  | 'acts and hangs'
  | 'captive portal'
  | 'bad gateway'
  | 'error'
  | 'unknown route'
  | 'forbidden'
  | 'unreadable'
export const badConditions: ServerCondition[] = [
  'slow',
  'down',
  'hangs',
  'acts and breaks off',
  'acts and hangs',
  'captive portal',
  'bad gateway',
  'error',
  'unknown route',
  'forbidden',
  'unreadable',
]

/** What becomes of simple posts: read like any other; read as empty; refused by what stands before the server. */
export type SimplePosts = 'read' | 'empty' | 'refused'

export interface Call {
  path: string
  /** A post without a preflight: its header calls the JSON a kind of text. */
  isSimple: boolean
  owner: Owner
  sentMs: number
  /** When it reached the server, if it did. */
  atMs?: number
  /** Of reports. */
  href?: string
  title?: string
  token?: string
  rid?: string
  change?: string
  stored: boolean
  /** The API itself has said yes or no, and will not say otherwise. */
  final: boolean
  limited: boolean
  /** When the page had read the answer. */
  readMs?: number
  /** The call was on its way when its page was left, or went to sleep. */
  interrupted?: boolean
}

export interface Reply {
  status: number
  text: string
}

const json = (status: number, body: object): Reply => ({ status, text: JSON.stringify(body) })
const refusal = (error: string, status = 400, errorType?: string): Reply =>
  json(status, { success: false, error, errorType })

/** What the server is by the protocol: stores what it monitors, counts calls in fixed windows, refuses what is wrong. */
export interface Server {
  calls: Call[]
  condition: ServerCondition
  simplePosts: SimplePosts
  limit: { calls: number; windowMs: number }
  /** The kind of page change whose reports are stored. */
  monitor: string
  /** Rooms that are closed by now. */
  closed: Set<string>
  /** What becomes of a call that has arrived. */
  act(call: Call): Reply | 'breaks off' | 'hangs'
  answer(call: Call): Reply
  /** Others behind the same address have used up the limit. */
  useUpLimit(): void
}

export const createServer = (scheduler: Scheduler): Server => {
  const calls: Call[] = []
  const windows = new Map<string, { sinceMs: number; count: number }>()
  const server: Server = {
    calls,
    condition: 'fine',
    simplePosts: 'read',
    limit: { calls: 10, windowMs: 60_000 },
    monitor: 'url',
    closed: new Set<string>(),
    act(call) {
      call.atMs = scheduler.now()
      const { condition } = server
      if (condition === 'hangs') return 'hangs'
      if (condition === 'captive portal') return { status: 200, text: '<!doctype html><title>Sign in</title>' }
      if (condition === 'bad gateway') return { status: 502, text: '<h1>502 Bad Gateway</h1>' }
      if (condition === 'error') return refusal('Internal server error', 500)
      if (condition === 'unknown route') return { status: 404, text: 'Not found' }
      if (condition === 'forbidden') return refusal('unauthorized', 403)
      if (call.isSimple && server.simplePosts === 'refused') return { status: 403, text: '<h1>403 Forbidden</h1>' }
      const reply = server.answer(call)
      if (condition === 'acts and breaks off' || (condition === 'unreadable' && call.path !== '/')) return 'breaks off'
      return condition === 'acts and hangs' ? 'hangs' : reply
    },
    answer(call) {
      if (call.path === '/') return { status: 200, text: '' }
      const window = windows.get(call.path)
      const open =
        window && scheduler.now() - window.sinceMs < server.limit.windowMs
          ? window
          : { sinceMs: scheduler.now(), count: 0 }
      windows.set(call.path, open)
      if (++open.count > server.limit.calls) {
        call.limited = true
        const seconds = Math.ceil((open.sinceMs + server.limit.windowMs - scheduler.now()) / 1000)
        return refusal(
          `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again. [error-too-many-requests]`,
          429,
        )
      }
      if (call.path !== 'page.visited')
        return json(200, { config: { enabled: true, settings: { historyMonitorType: server.monitor } }, success: true })
      if (call.isSimple && server.simplePosts === 'empty')
        return refusal("must have required property 'token' [invalid-params]", 400, 'invalid-params')
      if (call.href === undefined)
        return refusal("must have required property 'pageInfo' [invalid-params]", 400, 'invalid-params')
      const { href = '', title = '', token, rid, change } = call
      call.final = true
      if (href.includes('too-large')) return { status: 413, text: '<h1>413</h1>' }
      if (href.includes('poison')) return refusal('must be string [invalid-params]', 400, 'invalid-params')
      if (rid && server.closed.has(rid)) {
        call.final = false
        return refusal('invalid-room')
      }
      if (change !== server.monitor) return json(200, { success: true })
      call.stored = true
      return json(200, {
        page: { msg: `${title} - ${href}`, navigation: { page: { change, title, location: { href } }, token } },
        success: true,
      })
    },
    useUpLimit: () => void windows.set('page.visited', { sinceMs: scheduler.now(), count: server.limit.calls }),
  }
  return server
}

interface Init {
  method?: string
  mode?: string
  body?: string
  headers?: Record<string, string>
  keepalive?: boolean
  signal?: AbortSignal
}

/** The way between the pages of one browser and the server. A call that was begun may arrive after its page has gone, and answers may not find it any more. */
export interface Network {
  online(): boolean
  plug(isOnline: boolean): void
  /** Everything begun by this browser that has not reached the server never does. */
  cut(): void
  /** What is in flight fails at once, as when a page goes. */
  refuse(owner: Owner): void
  busy(owner: Owner): boolean
  /** The `fetch` of one page. */
  fetch(owner: Owner): (url: string, init?: Init) => Promise<{ status: number; text(): Promise<string> }>
}

export const createNetwork = (scheduler: Scheduler, server: Server): Network => {
  const { chance } = scheduler
  const inFlight = new Map<Owner, Set<(error: Error) => void>>()
  let online = true
  let generation = 0
  const travelMs = () => (server.condition === 'slow' ? chance.between(200, 4000) : 2 + chance.next() ** 3 * 150)
  return {
    online: () => online,
    plug: (isOnline) => void (online = isOnline),
    cut: () => void generation++,
    refuse(owner) {
      for (const reject of inFlight.get(owner) ?? []) reject(new TypeError('Failed to fetch'))
    },
    busy: (owner) => !!inFlight.get(owner)?.size,
    fetch:
      (owner) =>
      (url, init = {}) =>
        new Promise<{ status: number; text(): Promise<string> }>((resolve, reject) => {
          const mine = inFlight.get(owner) ?? new Set()
          inFlight.set(owner, mine)
          const fail = (error: Error) => {
            mine.delete(fail)
            reject(error)
          }
          mine.add(fail)
          const broken = () => scheduler.later(chance.next() * 20, () => fail(new TypeError('Failed to fetch')), owner)
          init.signal?.addEventListener('abort', () =>
            fail(Object.assign(new Error('Timed out'), { name: 'TimeoutError' })),
          )
          if (!online) return void broken()
          const begunInGeneration = generation
          const path = /\/api\/v1\/livechat\/([\w.]+)/.exec(url)?.[1] ?? '/'
          const body = init.body
            ? (JSON.parse(init.body) as {
                token: string
                rid?: string
                pageInfo?: { title: string; change: string; location: { href: string } }
              })
            : undefined
          const call: Call = {
            path,
            isSimple: !!init.headers?.['Content-Type']?.startsWith('text/plain'),
            owner,
            sentMs: scheduler.now(),
            href: body?.pageInfo?.location.href,
            title: body?.pageInfo?.title,
            change: body?.pageInfo?.change,
            token: body?.token,
            rid: body?.rid,
            stored: false,
            final: false,
            limited: false,
          }
          server.calls.push(call)
          scheduler.later(travelMs(), () => {
            if (begunInGeneration !== generation && chance.odds(0.8)) return
            if (!online || server.condition === 'down') return void broken()
            const reply = server.act(call)
            if (reply === 'hangs') return
            if (reply === 'breaks off') return void broken()
            const opaque = init.mode === 'no-cors'
            scheduler.later(
              travelMs(),
              () => {
                if (!mine.delete(fail)) return
                resolve({
                  status: opaque ? 0 : reply.status,
                  async text() {
                    call.readMs = scheduler.now()
                    return opaque ? '' : reply.text
                  },
                })
              },
              owner,
            )
          })
        }),
  }
}
