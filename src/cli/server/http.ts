import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'

export type HttpReply =
  | { kind: 'answer'; status: number; headers: IncomingHttpHeaders; text: string }
  /** `reason` is the system's short name for it, for example ECONNREFUSED. */
  | { kind: 'silent'; why: 'unreachable' | 'timeout'; reason: string }

export const timeoutMs = 10_000
const longestTextLength = 4_000_000

/** Without an agent of Node, which would keep connections open after the command has ended. */
export const openRequest = (url: string, options: RequestOptions) =>
  (url.startsWith('https:') ? httpsRequest : httpRequest)(url, { agent: false, ...options })

/** One request, with headers that a page cannot set itself. Redirects are not followed. */
export const askServer = (
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: string,
): Promise<HttpReply> =>
  new Promise((resolve) => {
    const resolveSilent = (why: 'unreachable' | 'timeout', reason: string) => resolve({ kind: 'silent', why, reason })
    const request = openRequest(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }) },
    })
    const timer = setTimeout(() => {
      resolveSilent('timeout', `${timeoutMs / 1000} s`)
      request.destroy()
    }, timeoutMs)
    request.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      resolveSilent('unreachable', error.code ?? error.message)
    })
    request.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
        if (text.length > longestTextLength) response.destroy(new Error('too long'))
      })
      response.on('error', (error) => request.destroy(error))
      response.on('end', () => {
        clearTimeout(timer)
        resolve({ kind: 'answer', status: response.statusCode ?? 0, headers: response.headers, text })
      })
    })
    request.end(body)
  })
