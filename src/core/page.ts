import type { Page, PageEvent, Undo } from './contracts'

/** The life of the document, as one list of events. */
export const createPage = (): Page & { start(): void; stop: Undo } => {
  const listeners = new Set<(event: PageEvent) => void>()
  const tell = (event: PageEvent) => [...listeners].forEach((listener) => listener(event))
  const heard: [EventTarget, string, (event: Event) => PageEvent | undefined][] = [
    [document, 'visibilitychange', () => (document.visibilityState === 'hidden' ? 'hidden' : 'visible')],
    [document, 'freeze', () => 'freeze'],
    [document, 'prerenderingchange', () => 'activated'],
    [document, 'DOMContentLoaded', () => 'parsed'],
    [globalThis as unknown as EventTarget, 'load', () => 'loaded'],
    [globalThis as unknown as EventTarget, 'pagehide', () => 'leave'],
    [globalThis as unknown as EventTarget, 'pageshow', (event) => ((event as PageTransitionEvent).persisted ? 'restore' : undefined)],
    [globalThis as unknown as EventTarget, 'online', () => 'online'],
    [globalThis as unknown as EventTarget, 'offline', () => 'offline'],
  ]
  const hear = (event: Event) => {
    const name = heard.find(([target, type]) => type === event.type && target === event.currentTarget)?.[2](event)
    if (name) tell(name)
  }
  const each = (verb: 'addEventListener' | 'removeEventListener') => heard.forEach(([target, type]) => target[verb](type, hear, true))
  return {
    visible: () => document.visibilityState !== 'hidden' && !(document as Document & { prerendering?: boolean }).prerendering,
    online: () => navigator.onLine !== false,
    parsed: () => document.readyState !== 'loading',
    observe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: () => each('addEventListener'),
    stop() {
      each('removeEventListener')
      listeners.clear()
    },
  }
}
