/** Where no websocket is to be had: asking, within the server's limits, while somebody looks. */
import type { Clock } from '../../browser/ports'
import type { Core } from '../../visitor/contracts'

export interface PollingOptions {
  clock: Clock
  guard: Core['guard']
  /** Asks for what is new; how long to wait when there was no answer. */
  ask(): Promise<{ kind: 'done' } | { kind: 'later'; ms: number }>
  /** When something last moved in the conversation. */
  movedAtMs(): number
  onPolling(works: boolean): void
}

/** Ten calls a minute are allowed, for everybody behind one address. */
const briskMs = 8000
const calmMs = 20_000
const briskForMs = 90_000

export const createPolling = ({ clock, guard, ask, movedAtMs, onPolling }: PollingOptions) => {
  let running = false
  let undo = () => {}

  const turn = async () => {
    const answer = await ask()
    if (!running) return
    onPolling(answer.kind === 'done')
    const usualMs = clock.now() - movedAtMs() < briskForMs ? briskMs : calmMs
    undo = clock.after(answer.kind === 'done' ? usualMs : Math.max(usualMs, answer.ms), guard(turn))
  }

  return {
    start() {
      if (running) return
      running = true
      void turn()
    },
    stop() {
      if (!running) return
      running = false
      undo()
      onPolling(false)
    },
  }
}
