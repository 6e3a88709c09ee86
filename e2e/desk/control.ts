import { signal, type ReadonlySignal } from '@preact/signals'

/** The embedded server's control door. */
export interface Control {
  get<T>(path: string): Promise<T>
  put<T>(path: string, body: unknown): Promise<T>
  post<T>(path: string, body: unknown): Promise<T>
  /** What the server tells as it happens. */
  on(event: string, listener: (data: unknown) => void): () => void
  /** Runs now or as soon as the events are heard, and again whenever they are after a break: what was missed is to be read. */
  onOpen(run: () => void): void
  /** The stream of events is open. */
  live: ReadonlySignal<boolean>
}

export const createControl = (control: string): Control => {
  const live = signal(false)
  const events = new EventSource(`${control}/control/events`)
  events.onopen = () => (live.value = true)
  events.onerror = () => (live.value = false)

  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${control}/control/${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const answer = (await response.json()) as T & { error?: string }
    if (!response.ok) throw new Error(answer.error ?? `The control API answered ${response.status}.`)
    return answer
  }

  return {
    live,
    get: (path) => ask('GET', path),
    put: (path, body) => ask('PUT', path, body),
    post: (path, body) => ask('POST', path, body),
    onOpen(run) {
      events.addEventListener('open', run)
      if (live.value) run()
    },
    on(event, listener) {
      const hear = ({ data }: MessageEvent<string>) => listener(JSON.parse(data))
      events.addEventListener(event, hear)
      return () => events.removeEventListener(event, hear)
    },
  }
}
