import { configPath } from '../wire/paths'
import type { Send } from './ports'

const timeoutMs = 10_000

/**
 * The address to which the server redirects its callers; undefined when it does not, or when the browser may not tell. A browser that refuses a
 * redirect does not tell where it would have led: so this one request, which carries no token, may follow it.
 */
export const whereRedirected = async (server: string, send: Send): Promise<string | undefined> => {
  const reply = await send(server + configPath, { cache: 'no-store', redirect: 'follow' }, timeoutMs)
  const url = typeof reply === 'object' ? reply.url : undefined
  return url && url !== server + configPath ? url : undefined
}

/** Whether anybody answers, though the page may not be allowed to read it. Browsers demand that such a request follows redirects; it carries no token. */
export const isReachable = async (url: string, send: Send): Promise<boolean> =>
  typeof (await send(url, { cache: 'no-store', mode: 'no-cors', redirect: 'follow' }, timeoutMs)) === 'object'
