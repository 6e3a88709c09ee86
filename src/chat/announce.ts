import type { Core } from '../visitor/contracts'
import type { Events } from '../options'
import { toJson } from '../wire/json'

/** Tells the host, each event once per value. */
export const announce = (core: Core) => {
  const said: Record<string, string> = { unread: '{"count":0}' }
  return <E extends 'unread' | 'agent' | 'queue' | 'connection' | 'online'>(event: E, detail: Events[E]) => {
    const now = toJson(detail)
    if (now !== said[event]) core.emit(event, detail)
    said[event] = now
  }
}
