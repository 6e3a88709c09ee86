type Deliver = (event: string, args: unknown[]) => void

export type StreamName = 'stream-room-messages' | 'stream-notify-room' | 'stream-livechat-room'

/** What is published under a stream's event reaches every subscription to it, the speaker's own excepted. */
export function createStreams() {
  const listeners = new Map<string, Map<Deliver, unknown>>()
  const keyOf = (name: string, event: string) => `${name} ${event}`

  return {
    publish(name: StreamName, event: string, args: unknown[], except?: unknown) {
      for (const [deliver, owner] of listeners.get(keyOf(name, event)) ?? [])
        if (except === undefined || owner !== except) deliver(event, args)
    },
    subscribe(name: string, event: string, owner: unknown, deliver: Deliver): () => void {
      const key = keyOf(name, event)
      const those = listeners.get(key) ?? new Map<Deliver, unknown>()
      listeners.set(key, those.set(deliver, owner))
      return () => {
        those.delete(deliver)
        if (those.size === 0) listeners.delete(key)
      }
    },
  }
}

export type Streams = ReturnType<typeof createStreams>
