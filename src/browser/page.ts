import type { Page, PageEvent, Undo } from './ports'
import { ofDocument } from './document'

/** The document's own events pass the window on their way down. A frozen page is as good as gone, one in the back/forward cache comes back. */
const names: Record<string, PageEvent> = {
  pagehide: 'leave',
  freeze: 'leave',
  resume: 'restore',
  pageshow: 'restore',
  DOMContentLoaded: 'parsed',
  online: 'online',
}
const types = [...Object.keys(names), 'visibilitychange', 'prerenderingchange']

/** The life of the document, as one list of events. */
export const createPage = (): Page & { stop: Undo } => {
  const listeners = new Set<(event: PageEvent) => void>()
  const visible = () => !ofDocument('hidden') && !ofDocument('prerendering' as 'hidden')
  const tell = (event: PageEvent) => listeners.forEach((listener) => listener(event))
  const hear = ({ type, persisted }: Event & { persisted?: boolean }) => {
    if (persisted || type !== 'pageshow') tell(names[type] ?? (visible() ? 'visible' : 'hidden'))
    if (type === 'freeze' || (persisted && type === 'pagehide')) tell('asleep')
  }
  types.forEach((type) => addEventListener(type, hear, true))
  return {
    visible,
    parsed: () => ofDocument('readyState') !== 'loading',
    observe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** The end is as if the page left: locks are let go, and nothing is begun any more. */
    stop() {
      types.forEach((type) => removeEventListener(type, hear, true))
      tell('leave')
    },
  }
}
