import type { Json } from './errors'

/** What came back, unread, and from which address where a redirect might be followed; when nothing did, the name of what broke. */
export type Reply = { status: number; text: string; url?: string } | string

/** The JSON of a success; nothing of anything else. */
export const bodyOf = (reply: Reply): Json => {
  try {
    const { status, text } = reply as { status: number; text: string }
    if (status < 400) return Object(JSON.parse(text)) as Json
  } catch {}
  return {}
}

/** The kind of page change the server stores, by its config; anything else it drops with a success. */
export const monitored = (copy: { config?: { settings?: { historyMonitorType?: string } } } | undefined): string =>
  copy?.config?.settings?.historyMonitorType || 'url'
