import { createHash, randomBytes } from 'node:crypto'
import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'

export type Reply =
  | { kind: 'answer'; status: number; headers: IncomingHttpHeaders; text: string }
  /** `reason` is the system's short name for it, for example ECONNREFUSED. */
  | { kind: 'silent'; why: 'unreachable' | 'timeout'; reason: string }

const timeoutMs = 10_000
const longestBody = 4_000_000

const open = (url: string, options: RequestOptions) =>
  (url.startsWith('https:') ? httpsRequest : httpRequest)(url, { agent: false, ...options })

/** One request with headers a page cannot set itself; redirects are not followed. */
export const ask = (method: string, url: string, headers: Record<string, string>, body?: string): Promise<Reply> =>
  new Promise((resolve) => {
    const silent = (why: 'unreachable' | 'timeout', reason: string) => resolve({ kind: 'silent', why, reason })
    const request = open(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }) },
    })
    const timer = setTimeout(() => {
      silent('timeout', `${timeoutMs / 1000} s`)
      request.destroy()
    }, timeoutMs)
    request.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      silent('unreachable', error.code ?? error.message)
    })
    request.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
        if (text.length > longestBody) response.destroy(new Error('too long'))
      })
      response.on('error', (error) => request.destroy(error))
      response.on('end', () => {
        clearTimeout(timer)
        resolve({ kind: 'answer', status: response.statusCode ?? 0, headers: response.headers, text })
      })
    })
    request.end(body)
  })

/** Whether the server agrees to a websocket, by the handshake of RFC 6455. */
export const opensSocket = (url: string, origin: string): Promise<boolean> =>
  new Promise((resolve) => {
    const key = randomBytes(16).toString('base64')
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': key,
      Origin: origin,
    }
    const request = open(url.replace(/^ws/, 'http'), { headers })
    const done = (good: boolean) => {
      clearTimeout(timer)
      request.destroy()
      resolve(good)
    }
    const timer = setTimeout(() => done(false), timeoutMs)
    request.on('error', () => done(false))
    request.on('response', () => done(false))
    request.on('upgrade', (response, socket) => {
      socket.on('error', () => {})
      socket.destroy()
      done(response.statusCode === 101 && response.headers['sec-websocket-accept'] === accept)
    })
    request.end()
  })
