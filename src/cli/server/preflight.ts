import { askServer, type HttpReply } from './http'

/** What a preflight came to: allowed, or why not. */
export type Permission =
  | { kind: 'allowed' }
  /** `names` are the headers that the answer does not allow. */
  | { kind: 'missing-headers'; names: string[] }
  | { kind: 'missing-method' }
  | { kind: 'not-listed' }
  | { kind: 'blocked' }
  | { kind: 'silent'; why: 'unreachable' | 'timeout' }

/** The items of a header that is a list. */
const itemsOf = (header: string | string[] | undefined): string[] =>
  String(header ?? '')
    .split(',')
    .map((item) => item.trim().toLowerCase())

/** Whether a page of this origin may read the answer. */
export const mayRead = (reply: HttpReply, origin: string): boolean => {
  const allowed = reply.kind === 'answer' ? reply.headers['access-control-allow-origin'] : undefined
  return allowed === '*' || allowed === origin
}

/** Methods that need no permission of their own. */
const isSimpleMethod = (method: string): boolean => method === 'GET' || method === 'POST'

/** The browser's own question before it makes a call with these headers (in lower case). */
export const askPermission = async (
  url: string,
  origin: string,
  method: string,
  headerNames: string[],
): Promise<Permission> => {
  const preflight = await askServer('OPTIONS', url, {
    Origin: origin,
    'Access-Control-Request-Method': method,
    ...(headerNames.length ? { 'Access-Control-Request-Headers': headerNames.join(',') } : {}),
  })
  if (preflight.kind === 'silent') return { kind: 'silent', why: preflight.why }
  const { status, headers } = preflight
  if (status === 405 || status === 404) return { kind: 'blocked' }
  const isForOthers =
    status === 403 || headers['access-control-allow-origin'] || headers['access-control-allow-methods']
  if (!mayRead(preflight, origin)) return { kind: isForOthers ? 'not-listed' : 'blocked' }
  if (status < 200 || status > 299) return { kind: 'blocked' }
  const allowedHeaders = itemsOf(headers['access-control-allow-headers'])
  const names = allowedHeaders.includes('*') ? [] : headerNames.filter((name) => !allowedHeaders.includes(name))
  if (names.length) return { kind: 'missing-headers', names }
  const allowedMethods = itemsOf(headers['access-control-allow-methods'])
  const isMethodAllowed =
    isSimpleMethod(method) || allowedMethods.some((item) => item === '*' || item === method.toLowerCase())
  return { kind: isMethodAllowed ? 'allowed' : 'missing-method' }
}
