/** One reply to one request, before anybody asks what it means (see `answer.ts`). */
import type { Json } from './json'

/** Status, unread body and, where a redirect might be followed, the final address. Where no reply came: the name of the error. */
export type Reply = { status: number; text: string; url?: string } | string

/** The JSON object of a success; an empty object for everything else. */
export const successBodyOf = (reply: Reply): Json => {
  try {
    const { status, text } = reply as { status: number; text: string }
    if (status < 400) return Object(JSON.parse(text)) as Json
  } catch {}
  return {}
}
