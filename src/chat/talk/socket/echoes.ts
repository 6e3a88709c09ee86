import type { Clock, Undo } from '../../../browser/ports'
import type { Core } from '../../../visitor/contracts'

export interface EchoesParts {
  clock: Clock
  guard: Core['guard']
  /** The socket takes what is sent and answers pings, and yet brings nothing. */
  onDeaf(): void
}

export interface Echoes {
  /** The server has stored this message of ours; on a live socket it must come back. */
  expect(messageId: string): void
  /** The socket has brought a message. */
  heard(messageId: string): void
  /** The socket is no longer live: nothing is expected of it. */
  stop(): void
}

/** The answer to a message and its echo arrive at nearly the same time. */
const echoWithinMs = 8000
const mostEarly = 20

/**
 * Notices a socket that is deaf: Rocket.Chat's server may lose the subscriptions of a connection and keep the connection
 * (https://github.com/RocketChat/Rocket.Chat/issues/36023). The echo of the visitor's own message is the only sign of it.
 */
export const createEchoes = ({ clock, guard, onDeaf }: EchoesParts): Echoes => {
  const timers = new Map<string, Undo>()
  /** The last echoes that came before the answers to their messages. */
  const early: string[] = []

  const stop = () => {
    timers.forEach((cancel) => cancel())
    timers.clear()
    early.length = 0
  }

  return {
    stop,

    expect(messageId) {
      if (early.includes(messageId) || timers.has(messageId)) return
      const giveUp = guard(() => {
        stop()
        onDeaf()
      })
      timers.set(messageId, clock.after(echoWithinMs, giveUp))
    },

    heard(messageId) {
      timers.get(messageId)?.()
      if (timers.delete(messageId)) return
      early.unshift(messageId)
      early.length = Math.min(early.length, mostEarly)
    },
  }
}
