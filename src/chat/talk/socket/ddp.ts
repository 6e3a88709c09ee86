import type { Core } from '../../../visitor/contracts'
import { decodeFrame } from '../../../wire/frames'
import { toJson } from '../../../wire/json'
import { socketAddress } from '../../../wire/paths'
import { createSubscriptions, type Subscriptions } from './subscriptions'

export interface DdpParts {
  /** With `http:` or `https:`. */
  server: string
  guard: Core['guard']
  /** Anything at all has come from the server. */
  onFrame(): void
  /** The server has answered the handshake. */
  onConnected(): void
  /** The server has accepted the first subscription. */
  onReady(): void
  onEvent(stream: string, event: string, args: unknown[]): void
  /** The server refuses the first subscription. */
  onRefused(): void
  /** The socket could not be opened, was closed, or is of no use any more. */
  onLost(): void
}

export interface Ddp extends Pick<Subscriptions, 'want'> {
  /** Opens a socket, and begins the handshake. */
  open(): void
  close(): void
  subscribe(): void
  ping(): void
  callMethod(name: string, params: unknown[]): void
}

/** A small client of DDP, Rocket.Chat's websocket protocol: one socket at a time, and what its frames mean. */
export const createDdp = (parts: DdpParts): Ddp => {
  const { server, guard, onLost } = parts
  let socket: WebSocket | undefined
  let lastId = 0

  const send = (frame: unknown) => {
    if (socket?.readyState === 1) socket.send(toJson(frame))
  }

  const subscriptions = createSubscriptions(send)

  const receive = (data: unknown) => {
    const frame = decodeFrame(data)
    parts.onFrame()
    switch (frame?.kind) {
      case 'connected':
        return parts.onConnected()
      case 'failed':
        return onLost()
      case 'ping':
        return send({ msg: 'pong', id: frame.id })
      case 'ready':
        return frame.subs.some(subscriptions.isFirst) ? parts.onReady() : undefined
      case 'changed':
        return parts.onEvent(frame.stream, frame.event, frame.args)
      case 'nosub':
        if (!frame.refusal || !subscriptions.has(frame.id)) return
        // The limiter of methods and subscriptions (`too-many-requests`) refuses whatever comes next as well.
        if (/too-many/.test(frame.refusal)) return onLost()
        return subscriptions.isFirst(frame.id) ? parts.onRefused() : undefined
    }
  }

  return {
    want: subscriptions.want,
    subscribe: subscriptions.send,

    open() {
      try {
        socket = new WebSocket(socketAddress(server))
      } catch {
        // The page's Content-Security-Policy forbids it.
        return onLost()
      }
      socket.onopen = guard(() => send({ msg: 'connect', version: '1', support: ['1', 'pre2', 'pre1'] }))
      socket.onmessage = guard(({ data }: MessageEvent) => receive(data))
      socket.onclose = socket.onerror = guard(onLost)
    },

    close() {
      const closing = socket
      socket = undefined
      subscriptions.forget()
      if (!closing) return
      closing.onopen = closing.onmessage = closing.onclose = null
      // Closing a socket that is still being opened is an error in some browsers, and a handler keeps it from the console.
      closing.onerror = () => undefined
      closing.close()
    },

    ping: () => send({ msg: 'ping' }),
    callMethod: (method, params) => send({ msg: 'method', id: `m${++lastId}`, method, params }),
  }
}
