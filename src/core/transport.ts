import { createSender, type Sender } from './sender'
import type { Clock, Transport } from './contracts'

export { decodeAnswer } from './sender'

export interface TransportOptions {
  /** Without a trailing slash. */
  server: string
  clock: Clock
  /** Sent with every call. */
  headers?: Record<string, string>
  timeoutMs?: number
  sender?: Sender
}

/** Every verb of the REST API, by path. */
export const createTransport = ({ server, clock, headers: always, timeoutMs: usualMs, sender = createSender(clock) }: TransportOptions): Transport & {
  /** Whether anybody is there at all, when the answers themselves cannot be read. */
  knock(path: string): Promise<boolean>
} => {
  const address = (path: string) => `${server}${path[0] === '/' ? '' : '/api/v1/'}${path}`
  return {
    call(method, path, { query = {}, body, headers, timeoutMs = usualMs, signal } = {}) {
      const pairs = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : `${key}=${encodeURIComponent(value)}`))
      return sender.send(address(path) + (pairs.length ? `?${pairs.join('&')}` : ''), { method, json: body, timeoutMs, signal, headers: { ...always, ...headers } })
    },
    knock: async (path) => (await sender.send(address(path), { mode: 'no-cors', timeoutMs: 10_000 })).kind !== 'silent',
  }
}
