import type { Page, Tabs } from './ports'

/**
 * Word to the other tabs of this origin. Where there is no channel, they learn it from storage when they look next. A page in the
 * back/forward cache to which somebody speaks is thrown out of it: the channel is closed while the page is away.
 */
export const createTabs = (name: string, page: Page, over: () => boolean): Tabs => {
  const listeners = new Set<(topic: string, data: unknown) => void>()
  let channel: BroadcastChannel | undefined
  const stop = () => {
    channel?.close()
    channel = undefined
  }
  const open = () => {
    stop()
    if (over()) return
    try {
      channel = new BroadcastChannel(name)
      channel.onmessage = ({ data }) => listeners.forEach((listener) => listener(data[0], data[1]))
    } catch {}
  }
  open()
  page.observe((event) => {
    // After everybody else has heard it, and said what there is to say.
    if (event === 'leave') queueMicrotask(stop)
    if (event === 'restore') open()
  })
  return {
    post: (topic, data) => channel?.postMessage([topic, data]),
    observe(topic, listener) {
      const heard = (said: string, data: unknown) => {
        if (said === topic) listener(data)
      }
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
  }
}
