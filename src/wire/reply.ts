import type { Json } from './errors'

/** What came back, unread; a word instead when nothing did. */
export type Reply = { status: number; text: string } | 'unreachable' | 'timeout'

/** The JSON of a success; nothing of anything else. */
export const bodyOf = (reply: Reply): Json => {
  try {
    if (typeof reply === 'object' && reply.status < 400) return Object(JSON.parse(reply.text)) as Json
  } catch {}
  return {}
}

/** The kind of page change the server stores, by its config; anything else it drops with a success. */
export const monitored = (copy: { config?: { settings?: { historyMonitorType?: string } } } | undefined): string => copy?.config?.settings?.historyMonitorType || 'url'
