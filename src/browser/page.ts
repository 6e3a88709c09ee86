import type { Page, PageEvent, Undo } from './ports'
import { ofDocument } from './document'

/** Events of the window, and of the document, which pass the window on their way down. A frozen page may never wake: it is treated as one that leaves. */
const eventNames: Record<string, PageEvent> = {
  pagehide: 'leave',
  freeze: 'leave',
  resume: 'restore',
  pageshow: 'restore',
  DOMContentLoaded: 'parsed',
  online: 'online',
  offline: 'offline',
}
const types = [...Object.keys(eventNames), 'visibilitychange', 'prerenderingchange']

/** The life of the document, as one list of events. */
export const createPage = (): Page & { end: Undo; stop: Undo } => {
  const listeners = new Set<(event: PageEvent) => void>()
  let hasEnded = false
  const visible = () => !ofDocument('hidden') && !ofDocument('prerendering' as 'hidden')
  const notify = (event: PageEvent) => listeners.forEach((listener) => listener(event))
  const hear = ({ type, persisted }: Event & { persisted?: boolean }) => {
    if (!hasEnded && (persisted || type !== 'pageshow')) notify(eventNames[type] ?? (visible() ? 'visible' : 'hidden'))
    if (type === 'freeze' || (persisted && type === 'pagehide')) notify('asleep')
  }
  const listen = () => types.forEach((type) => addEventListener(type, hear, true))
  listen()
  return {
    listen,
    visible,
    parsed: () => ofDocument('readyState') !== 'loading',
    observe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** To the other parts it is as if the page left: they release their locks and begin nothing any more. What still runs hears when the page falls asleep. */
    end() {
      hasEnded = true
      notify('leave')
    },
    stop: () => types.forEach((type) => removeEventListener(type, hear, true)),
  }
}
