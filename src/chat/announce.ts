import type { Events } from '../options'
import type { Core } from '../visitor/contracts'
import { toJson } from '../wire/json'

type ChatEvent = 'unread' | 'agent' | 'queue' | 'connection' | 'online'
export type Announce = <E extends ChatEvent>(event: E, detail: Events[E]) => void

/** Emits the events of the conversation to the host: none twice in a row with the same detail. */
export const createAnnounce = ({ emit }: Pick<Core, 'emit'>): Announce => {
  const lastDetails: Record<string, string> = { unread: '{"count":0}' }
  return (event, detail) => {
    const json = toJson(detail)
    if (json !== lastDetails[event]) emit(event, detail)
    lastDetails[event] = json
  }
}
