import type { Tabs, Undo } from './contracts'

/** Word to the other tabs of this origin. Where there is no channel, they learn it from storage when they look next. */
export const createTabs = (name: string): Tabs & { stop: Undo } => {
  const listeners = new Set<(topic: string, data: unknown) => void>()
  let channel: BroadcastChannel | undefined
  try {
    channel = new BroadcastChannel(name)
    channel.onmessage = ({ data }) => {
      if (Array.isArray(data)) listeners.forEach((listener) => listener(String(data[0]), data[1]))
    }
  } catch {
    channel = undefined
  }
  return {
    say: (topic, data) => channel?.postMessage([topic, data]),
    observe(topic, listener) {
      const heard = (said: string, data: unknown) => {
        if (said === topic) listener(data)
      }
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    stop: () => channel?.close(),
  }
}
