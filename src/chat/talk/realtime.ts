import type { Clock, Page } from '../../browser/ports'
import type { ConnectionState } from '../../options'
import type { Core } from '../../visitor/contracts'
import { backoffMs } from '../../wire/backoff'
import { decodeFrame } from '../../wire/frames'
import { toJson } from '../../wire/json'
import { socketAddress } from '../../wire/paths'

export interface Subscription {
  stream: string
  event: string
}

export interface RealtimeParts {
  /** With `http:` or `https:`. */
  server: string
  clock: Clock
  page: Pick<Page, 'visible'>
  guard: Core['guard']
  random?(): number
  /** `failures`: how many tries in a row have led to nothing. */
  onState(state: ConnectionState | 'idle', failures: number, retryAtMs?: number): void
  /** The server has accepted the first subscription: what was missed without it can now be fetched without a gap. */
  onLive(): void
  onEvent(stream: string, event: string, args: unknown[]): void
  /** The server refuses the first subscription. */
  onRefused(): void
}

export interface Realtime {
  /** Replaces all subscriptions. Without any the connection is closed. */
  subscribe(subscriptions: Subscription[], token?: string): void
  /** The page is looked at again, or the network is back: this is the time to try. */
  wake(): void
  /** The page is left or frozen; the subscriptions are remembered. */
  sleep(): void
  /** Gives the connection up and opens another after a pause. */
  reconnect(): void
  /** Calls a method of the server without waiting for its answer. Without a live connection nothing is called. */
  callMethod(name: string, params: unknown[]): void
}

/**
 * Where the connection is; `enter` alone changes it.
 * - `idle`: there is nothing to subscribe to.
 * - `connecting`: the socket is being opened, or the server has not answered the handshake.
 * - `subscribing`: the handshake is done, the first subscription is not accepted yet.
 * - `live`: the first subscription is accepted. It stays so when other subscriptions replace it.
 * - `waiting`: the connection is lost, and the next one is opened after a pause.
 * - `asleep`: the connection is lost or given up, and none is opened before the page is looked at again.
 */
type State = 'idle' | 'connecting' | 'subscribing' | 'live' | 'waiting' | 'asleep'

const connectWithinMs = 10_000
const silenceMs = 30_000
const pongWithinMs = 10_000
/** A connection that has lasted so long was a good one: its loss is the first failure, whatever came before. */
const steadyMs = 10_000

/** A small client of DDP, Rocket.Chat's websocket protocol: subscriptions that come back by themselves, and tries without end. */
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
}: RealtimeParts): Realtime => {
  let state: State = 'idle'
  let socket: WebSocket | undefined
  let liveSinceMs = 0
  let failures = 0
  /** One timer for all states: a state waits for one thing only. */
  let cancelTimer = () => {}
  let subscriptions: Subscription[] = []
  let credentials: { token: string; visitorToken: string } | undefined
  /** Subscriptions and token as they were last handed in, for comparison. */
  let subscribedJson = toJson([[], ''])
  /** What this connection subscribes to now, by the id it has given to each. */
  let subscriptionsById = new Map<string, Subscription>()
  let lastId = 0

  const isConnected = () => state === 'subscribing' || state === 'live'

  const sendFrame = (frame: unknown) => {
    if (socket?.readyState === 1) socket.send(toJson(frame))
  }

  const startTimer = (delayMs: number, run: () => void) => {
    cancelTimer()
    cancelTimer = clock.after(delayMs, guard(run))
  }

  const ping = (answerWithinMs = pongWithinMs) => {
    sendFrame({ msg: 'ping' })
    startTimer(answerWithinMs, lose)
  }

  const closeSocket = () => {
    const closing = socket
    socket = undefined
    subscriptionsById.clear()
    if (!closing) return
    closing.onopen = closing.onmessage = closing.onclose = null
    // Closing a socket that is still being opened is an error in some browsers, and a handler keeps it from the console.
    closing.onerror = () => undefined
    closing.close()
  }

  const openSocket = () => {
    try {
      socket = new WebSocket(socketAddress(server))
    } catch {
      // The page's Content-Security-Policy forbids it.
      return lose()
    }
    socket.onopen = guard(() => sendFrame({ msg: 'connect', version: '1', support: ['1', 'pre2', 'pre1'] }))
    socket.onmessage = guard(({ data }: MessageEvent) => receiveFrame(data))
    socket.onclose = socket.onerror = guard(lose)
    startTimer(connectWithinMs, lose)
  }

  const sendSubscriptions = () => {
    for (const id of subscriptionsById.keys()) sendFrame({ msg: 'unsub', id })
    subscriptionsById = new Map(subscriptions.map((subscription) => [`s${++lastId}`, subscription]))
    for (const [id, { stream, event }] of subscriptionsById)
      sendFrame({ msg: 'sub', id, name: stream, params: [event, { useCollection: false, args: [credentials] }] })
  }

  const enter = (next: State): void => {
    const before = state
    state = next
    cancelTimer()
    // A socket is carried on only from one connected state to the next.
    if (!isConnected()) closeSocket()
    switch (next) {
      case 'idle':
        failures = 0
        return onState('idle', 0)
      case 'connecting':
        onState('connecting', failures)
        return openSocket()
      case 'subscribing':
        startTimer(silenceMs, ping)
        return sendSubscriptions()
      case 'live':
        liveSinceMs = clock.now()
        startTimer(silenceMs, ping)
        onState('live', 0)
        return onLive()
      case 'waiting': {
        const delayMs = backoffMs(++failures, random)
        startTimer(delayMs, () => enter(page.visible() ? 'connecting' : 'asleep'))
        return onState('waiting', failures, clock.now() + delayMs)
      }
      case 'asleep':
        // To everybody else sleeping is waiting.
        if (before !== 'waiting') onState('waiting', failures)
    }
  }

  function lose(): void {
    if (state === 'idle') return
    if (state === 'live' && clock.now() - liveSinceMs > steadyMs) failures = 0
    enter('waiting')
  }

  const isFirstSubscription = (id: string) => !!subscriptions[0] && subscriptionsById.get(id) === subscriptions[0]

  const receiveFrame = (data: unknown) => {
    const frame = decodeFrame(data)
    if (isConnected()) startTimer(silenceMs, ping)
    switch (frame?.kind) {
      case 'connected':
        return state === 'connecting' ? enter('subscribing') : undefined
      case 'failed':
        return lose()
      case 'ping':
        return sendFrame({ msg: 'pong', id: frame.id })
      case 'ready':
        return frame.subs.some(isFirstSubscription) ? enter('live') : undefined
      case 'changed':
        return onEvent(frame.stream, frame.event, frame.args)
      case 'nosub':
        if (!frame.refusal || !subscriptionsById.has(frame.id)) return
        // The limiter of methods and subscriptions (`too-many-requests`) refuses whatever comes next as well.
        if (/too-many/.test(frame.refusal)) return lose()
        return isFirstSubscription(frame.id) ? onRefused() : undefined
    }
  }

  return {
    subscribe(wanted, token = '') {
      const json = toJson([wanted, token])
      if (json === subscribedJson) return
      subscribedJson = json
      subscriptions = wanted
      credentials = { token, visitorToken: token }
      if (!wanted.length) enter('idle')
      else if (isConnected()) sendSubscriptions()
      else if (state !== 'connecting') enter('connecting')
    },

    wake() {
      if (isConnected()) ping(pongWithinMs / 2)
      else if (state === 'waiting' || state === 'asleep') enter('connecting')
    },

    sleep() {
      if (state !== 'idle' && state !== 'asleep') enter('asleep')
    },

    reconnect: lose,

    callMethod(name, params) {
      if (state === 'live') sendFrame({ msg: 'method', id: `m${++lastId}`, method: name, params })
    },
  }
}
