import type { Clock } from '../../../browser/ports'
import type { Core } from '../../../visitor/contracts'
import type { SyncResult } from '../incoming/history'

export interface PollingParts {
  clock: Clock
  guard: Core['guard']
  /** Asks the server for what is new. */
  sync(): Promise<SyncResult>
  /** When the last new message came. */
  lastMessageAtMs(): number
  /** Whether the server answers. */
  onPolling(isAnswered: boolean): void
}

export interface Polling {
  start(): void
  stop(): void
}

/** Rocket.Chat's limiter allows ten calls a minute to a route, for everybody behind one address together. */
const briskIntervalMs = 8000
const calmIntervalMs = 20_000
/** For so long after a message another is likely. */
const briskForMs = 90_000

/** In place of a websocket that cannot be opened: asks for new messages, as often as the server's limiter allows. */
export const createPolling = ({ clock, guard, sync, lastMessageAtMs, onPolling }: PollingParts): Polling => {
  let isRunning = false
  let cancelNext = () => {}

  const poll = guard(async () => {
    const result = await sync()
    if (!isRunning) return
    onPolling(result.kind === 'done')
    const intervalMs = clock.now() - lastMessageAtMs() < briskForMs ? briskIntervalMs : calmIntervalMs
    cancelNext = clock.after(result.kind === 'done' ? intervalMs : Math.max(intervalMs, result.delayMs), poll)
  })

  return {
    start() {
      if (isRunning) return
      isRunning = true
      poll()
    },
    stop() {
      if (!isRunning) return
      isRunning = false
      cancelNext()
      onPolling(false)
    },
  }
}
