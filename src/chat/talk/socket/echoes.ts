import type { Clock, Undo } from '../../../browser/ports'
import type { Core } from '../../../visitor/contracts'

export interface EchoesParts {
  clock: Clock
  guard: Core['guard']
  /** The socket takes what is sent and answers pings, and yet brings nothing. */
  onDeaf(): void
}

export interface Echoes {
  /** The server has stored this message of ours, and the socket has not brought it yet. */
  expect(messageId: string): void
  /** The socket has brought a message. */
  heard(messageId: string): void
  /** The socket is no longer live: nothing is expected of it. */
  stop(): void
}

/** The answer to a message and its echo arrive at nearly the same time. */
const echoWithinMs = 8000

/**
 * Notices a socket that is deaf: Rocket.Chat's server may lose the subscriptions of a connection and keep the connection
 * (https://github.com/RocketChat/Rocket.Chat/issues/36023). The echo of the visitor's own message is the only sign of it.
 */
export const createEchoes = ({ clock, guard, onDeaf }: EchoesParts): Echoes => {
  const timers = new Map<string, Undo>()

  const stop = () => {
    timers.forEach((cancel) => cancel())
    timers.clear()
  }

  return {
    stop,

    expect(messageId) {
      if (timers.has(messageId)) return
      const giveUp = guard(() => {
        stop()
        onDeaf()
      })
      timers.set(messageId, clock.after(echoWithinMs, giveUp))
    },

    heard(messageId) {
      timers.get(messageId)?.()
      timers.delete(messageId)
    },
  }
}
