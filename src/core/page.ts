import type { Page, PageEvent, Undo } from './contracts'

const names: Record<string, PageEvent> = { pagehide: 'leave', DOMContentLoaded: 'parsed', prerenderingchange: 'activated', freeze: 'freeze', resume: 'restore', online: 'online', offline: 'offline' }

/** The life of the document, as one list of events. */
export const createPage = (): Page & { start(): void; stop: Undo } => {
  const listeners = new Set<(event: PageEvent) => void>()
  const visible = () => document.visibilityState !== 'hidden' && !(document as Document & { prerendering?: boolean }).prerendering
  const hear = ({ type, persisted }: Event & { persisted?: boolean }) => {
    const name = names[type] ?? (type !== 'pageshow' ? (visible() ? 'visible' : 'hidden') : persisted && 'restore')
    if (name) [...listeners].forEach((listener) => listener(name))
  }
  const types = [...Object.keys(names), 'pageshow', 'visibilitychange']
  return {
    visible,
    parsed: () => document.readyState !== 'loading',
    observe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    // The document's own events pass the window on their way down.
    start: () => types.forEach((type) => addEventListener(type, hear, true)),
    stop() {
      types.forEach((type) => removeEventListener(type, hear, true))
      listeners.clear()
    },
  }
}
