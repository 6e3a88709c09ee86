import type { StreamListener, Streams } from './contracts.ts'

export function createStreams(): Streams {
  /** For each stream's event, who listens and for whom. */
  const listeners = new Map<string, Map<StreamListener, unknown>>()
  const keyOf = (name: string, event: string) => `${name} ${event}`

  return {
    publish(name, event, args, except) {
      for (const [listener, owner] of listeners.get(keyOf(name, event)) ?? [])
        if (except === undefined || owner !== except) listener(event, args)
    },
    subscribe(name, event, owner, listener) {
      const key = keyOf(name, event)
      const subscribed = listeners.get(key) ?? new Map<StreamListener, unknown>()
      listeners.set(key, subscribed.set(listener, owner))
      return () => {
        subscribed.delete(listener)
        if (subscribed.size === 0) listeners.delete(key)
      }
    },
  }
}
