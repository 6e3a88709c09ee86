import { plain } from '../../browser/plain'
import type { Core } from '../../visitor/contracts'

/** `unreadable`: it is no expression of JavaScript. `slow`: it was stopped. `blocked`: the page lets no worker be started. */
export type Outcome = 'match' | 'no-match' | 'unreadable' | 'slow' | 'blocked'

/** How long a worker may take to start, which on a busy machine is long, and then to answer. */
const startWithinMs = 10_000
const answerWithinMs = 1000

/** What the worker runs: it says that it is there, and then answers one question. */
const workerCode = `
onmessage = ({ data: [pattern, text] }) => {
  let outcome = 'unreadable'
  try {
    outcome = new RegExp(pattern).test(text) ? 'match' : 'no-match'
  } catch {}
  postMessage(outcome)
}
postMessage('ready')`

export interface BesidePage {
  test(pattern: string, text: string): Promise<Outcome>
  stop(): void
}

/**
 * Tries an expression in a worker of its own, which is ended when it has answered or when its time is over: an expression that is being tried can
 * be stopped in no other way. The worker is a blob, because a script of another origin than its page may start none by its address.
 */
export const createBesidePage = ({ clock, guard }: Pick<Core, 'clock' | 'guard'>): BesidePage => {
  const endings = new Set<(outcome: Outcome) => void>()

  const run = (pattern: string, text: string, resolve: (outcome: Outcome) => void) => {
    const address = URL.createObjectURL(new Blob([workerCode], plain({ type: 'text/javascript' })))
    let worker: Worker | undefined
    let cancelTimer = () => {}
    const end = (outcome: Outcome) => {
      endings.delete(end)
      cancelTimer()
      worker?.terminate()
      URL.revokeObjectURL(address)
      resolve(outcome)
    }
    endings.add(end)
    cancelTimer = clock.after(startWithinMs, () => end('blocked'))
    try {
      worker = new Worker(address)
    } catch {
      return end('blocked')
    }
    // Chromium tells by an event that a Content-Security-Policy forbids it; other browsers throw.
    worker.onerror = guard((event: Event) => {
      event.preventDefault()
      end('blocked')
    })
    worker.onmessage = guard(({ data }: MessageEvent<Outcome | 'ready'>) => {
      if (data !== 'ready') return end(data)
      cancelTimer()
      cancelTimer = clock.after(answerWithinMs, () => end('slow'))
      worker?.postMessage([pattern, text])
    })
  }

  return {
    test: (pattern, text) => new Promise((resolve) => run(pattern, text, resolve)),
    stop: () => endings.forEach((end) => end('slow')),
  }
}
