import type { Page, Tabs } from './ports'

/** Sends one message to the other tabs where no channel is open. */
export const tellTabs = (name: string, topic: string): void => {
  try {
    const channel = new BroadcastChannel(name)
    channel.postMessage([topic])
    channel.close()
  } catch {
    // Where there is no channel, they learn it from storage when they look next.
  }
}

/**
 * Messages between the tabs of this origin. Where there is no channel, they learn the same from storage when they look next. A page in the
 * back/forward cache that receives a message is thrown out of it: the channel is closed while the page is away.
 */
export const createTabs = (name: string, page: Page, isDestroyed: () => boolean): Tabs => {
  const listeners = new Set<(topic: string, data: unknown) => void>()
  let channel: BroadcastChannel | undefined
  const stop = () => {
    channel?.close()
    channel = undefined
  }
  const open = () => {
    stop()
    if (isDestroyed()) return
    try {
      channel = new BroadcastChannel(name)
      // Whatever else runs on this origin may post here, and anything at all.
      channel.onmessage = ({ data }) =>
        Array.isArray(data) && listeners.forEach((listener) => listener(data[0] as string, data[1]))
    } catch {}
  }
  open()
  page.observe((event) => {
    // In a microtask: the other listeners of this event may still have something to post.
    if (event === 'leave') queueMicrotask(stop)
    if (event === 'restore') open()
  })
  return {
    post: (topic, data) => channel?.postMessage([topic, data]),
    observe(topic, listener) {
      const notify = (postedTopic: string, data: unknown) => {
        if (postedTopic === topic) listener(data)
      }
      listeners.add(notify)
      return () => listeners.delete(notify)
    },
  }
}

/** The one channel of this document: two would hear each other. */
export const openTabs = (holder: { tabs?: Tabs; name: string; page: Page; isDestroyed(): boolean }): Tabs =>
  (holder.tabs ??= createTabs(holder.name, holder.page, holder.isDestroyed))
