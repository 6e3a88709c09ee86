import type { Clock, Page } from '../../../browser/ports'
import type { ConnectionState } from '../../../options'
import { backoffMs } from '../../../wire/backoff'
import { createDdp, type DdpParts } from './ddp'
import type { Subscription } from './subscriptions'

export interface RealtimeParts extends Pick<DdpParts, 'server' | 'guard' | 'onEvent' | 'onRefused'> {
  clock: Clock
  page: Pick<Page, 'visible'>
  random?(): number
  /** `failures`: how many tries in a row have led to nothing. */
  onState(state: ConnectionState | 'idle', failures: number, retryAtMs?: number): void
  /** The server has accepted the first subscription: what was missed without it can now be fetched without a gap. */
  onLive(): void
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

/** The websocket to Rocket.Chat: subscriptions that come back by themselves, and tries without end. */
export const createRealtime = (parts: RealtimeParts): Realtime => {
  const { clock, page, guard, random = Math.random, onState, onLive } = parts
  let state: State = 'idle'
  let liveSinceMs = 0
  let failures = 0
  /** One timer for all states: a state waits for one thing only. */
  let cancelTimer = () => {}

  const isConnected = () => state === 'subscribing' || state === 'live'

  const startTimer = (delayMs: number, run: () => void) => {
    cancelTimer()
    cancelTimer = clock.after(delayMs, guard(run))
  }

  const ddp = createDdp({
    ...parts,
    onFrame() {
      if (isConnected()) startTimer(silenceMs, ping)
    },
    onConnected() {
      if (state === 'connecting') enter('subscribing')
    },
    onReady: () => enter('live'),
    onLost: lose,
  })

  const ping = (answerWithinMs = pongWithinMs) => {
    ddp.ping()
    startTimer(answerWithinMs, lose)
  }

  const enter = (next: State): void => {
    const before = state
    state = next
    cancelTimer()
    // A socket is carried on only from one connected state to the next.
    if (isConnected()) startTimer(silenceMs, ping)
    else ddp.close()
    switch (next) {
      case 'idle':
        failures = 0
        return onState('idle', 0)
      case 'connecting':
        onState('connecting', failures)
        startTimer(connectWithinMs, lose)
        return ddp.open()
      case 'subscribing':
        return ddp.subscribe()
      case 'live':
        liveSinceMs = clock.now()
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

  return {
    subscribe(wanted, token = '') {
      if (!ddp.want(wanted, token)) return
      if (!wanted.length) enter('idle')
      else if (isConnected()) ddp.subscribe()
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
      if (state === 'live') ddp.callMethod(name, params)
    },
  }
}
