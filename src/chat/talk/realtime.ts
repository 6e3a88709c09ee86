/** A small DDP client: subscriptions that come back by themselves, and no end of tries. */
import type { Clock, Page } from '../../browser/ports'
import type { Core } from '../../visitor/contracts'
import type { ConnectionState } from '../../options'
import { decodeFrame } from '../../wire/frames'
import { toJson } from '../../wire/json'

export interface Subscription {
  stream: string
  event: string
}

export interface RealtimeOptions {
  /** The server's address as a page has it: `https://…`. */
  server: string
  clock: Clock
  page: Page
  guard: Core['guard']
  random?(): number
  /** `failures`: tries in a row that led to nothing. */
  onState(state: ConnectionState | 'idle', failures: number, retryAtMs?: number): void
  /** The first subscription stands (the others are asked for with it): what was missed meanwhile can be fetched without a gap. */
  onLive(): void
  onEvent(stream: string, event: string, args: unknown[]): void
  /** The server refuses the first subscription. */
  onRefused(): void
}

const connectWithinMs = 10_000
const silenceMs = 30_000
const pongWithinMs = 10_000
/** A connection that lasted this long was a good one. */
const steadyMs = 10_000
const longestRetryMs = 60_000

export const createRealtime = ({
  server,
  clock,
  page,
  guard,
  random = Math.random,
  onState,
  onLive,
  onEvent,
  onRefused,
}: RealtimeOptions) => {
  const address = `${server.replace(/^http/, 'ws')}/websocket`
  let credentials: unknown
  let wanted: Subscription[] = []
  let wish = '[[],""]'
  let socket: WebSocket | undefined
  let connected = false
  /** Ids of what is subscribed; each connection and each change of wishes has its own. */
  let subs = new Map<string, Subscription>()
  let liveAtMs: number | undefined
  let failures = 0
  let count = 0
  let undoRetry = () => {}
  let undoWatch = () => {}

  const say = (frame: unknown) => {
    if (socket?.readyState === 1) socket.send(toJson(frame))
  }

  const watch = (ms: number, run: () => void) => {
    undoWatch()
    undoWatch = clock.after(ms, guard(run))
  }

  const ping = (withinMs = pongWithinMs) => {
    say({ msg: 'ping' })
    watch(withinMs, lose)
  }

  const close = () => {
    undoRetry()
    undoWatch()
    const old = socket
    socket = undefined
    connected = false
    liveAtMs = undefined
    if (!old) return
    old.onopen = old.onmessage = old.onclose = null
    // Closing what is still connecting is an error to some: nobody is there to hear it.
    old.onerror = () => undefined
    old.close()
  }

  const subscribe = () => {
    subs.forEach((_, id) => say({ msg: 'unsub', id }))
    subs = new Map(wanted.map((subscription) => [`s${++count}`, subscription]))
    subs.forEach(({ stream, event }, id) =>
      say({ msg: 'sub', id, name: stream, params: [event, { useCollection: false, args: [credentials] }] }),
    )
  }

  const ready = (id: string) => {
    if (!wanted.length || subs.get(id) !== wanted[0]) return
    liveAtMs = clock.now()
    onState('live', 0)
    onLive()
  }

  const take = (data: unknown) => {
    const frame = decodeFrame(data)
    if (connected) watch(silenceMs, ping)
    switch (frame?.kind) {
      case 'connected':
        connected = true
        watch(silenceMs, ping)
        return subscribe()
      case 'failed':
        return lose()
      case 'ping':
        return say({ msg: 'pong', id: frame.id })
      case 'ready':
        return frame.subs.forEach(ready)
      case 'changed':
        return onEvent(frame.stream, frame.event, frame.args)
      case 'nosub': {
        const subscription = subs.get(frame.id)
        if (!frame.refusal || !subscription) return
        if (/too-many/.test(frame.refusal)) return lose()
        return subscription === wanted[0] ? onRefused() : undefined
      }
    }
  }

  const connect = () => {
    close()
    subs.clear()
    onState('connecting', failures)
    try {
      const opened = new WebSocket(address)
      socket = opened
      opened.onopen = guard(() => say({ msg: 'connect', version: '1', support: ['1', 'pre2', 'pre1'] }))
      opened.onmessage = guard(({ data }: MessageEvent) => take(data))
      opened.onclose = opened.onerror = guard(lose)
      watch(connectWithinMs, lose)
    } catch {
      // The page's policy forbids it.
      lose()
    }
  }

  function lose(): void {
    if (liveAtMs !== undefined && clock.now() - liveAtMs > steadyMs) failures = 0
    close()
    if (!wanted.length) return
    const whole = Math.min(longestRetryMs, 1000 * 2 ** failures++)
    const delayMs = whole / 2 + (random() * whole) / 2
    onState('waiting', failures, clock.now() + delayMs)
    // A hidden page tries nothing; it is told when it is looked at again.
    undoRetry = clock.after(
      delayMs,
      guard(() => page.visible() && connect()),
    )
  }

  return {
    /** From now on these; none: the connection is given up. */
    want(subscriptions: Subscription[], token = '') {
      const before = wanted
      const next = toJson([subscriptions, token])
      if (next === wish) return
      wish = next
      wanted = subscriptions
      credentials = { token, visitorToken: token }
      if (!wanted.length) {
        failures = 0
        close()
        if (before.length) onState('idle', 0)
      } else if (connected) subscribe()
      else if (!socket) connect()
    },

    /** Something speaks for a connection now: the page is looked at again, the network is back. */
    wake() {
      if (!wanted.length) return
      if (connected) ping(pongWithinMs / 2)
      else if (!socket) connect()
    },

    /** The page goes to sleep; wishes are kept. */
    sleep() {
      if (!socket) return undoRetry()
      close()
      onState('waiting', failures)
    },

    /** Something subscribed is no good: begin anew, later. */
    lose,

    method(name: string, params: unknown[]) {
      if (liveAtMs !== undefined) say({ msg: 'method', id: `m${++count}`, method: name, params })
    },
  }
}

export type Realtime = ReturnType<typeof createRealtime>
