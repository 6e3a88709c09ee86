import { configPath } from '../wire/paths'
import type { Send } from './ports'

/**
 * Where the server sends its callers on to; undefined when it does not, or when the browser may not tell. A browser that refuses a redirect
 * does not say where it would have led: so one question is asked that may follow, because it carries nothing.
 */
export const whereRedirected = async (server: string, send: Send): Promise<string | undefined> => {
  const reply = await send(server + configPath, { cache: 'no-store', redirect: 'follow' }, 10_000)
  const url = typeof reply === 'object' ? reply.url : undefined
  return url && url !== server + configPath ? url : undefined
}

/** Whether anybody is there at all, though the answer may not be read. A question that is allowed not to be read must follow redirects; it carries nothing. */
export const isReachable = async (url: string, send: Send): Promise<boolean> =>
  typeof (await send(url, { cache: 'no-store', mode: 'no-cors', redirect: 'follow' }, 10_000)) === 'object'
