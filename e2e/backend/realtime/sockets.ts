import type { Server } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import { maxFrameBytes, maxLoggedBytes, maxSockets, readJsonText } from '../http/bounds.ts'
import { pathOf } from '../http/incoming.ts'
import type { ServerState } from '../state.ts'
import { createSession } from './session.ts'

export interface LoggedFrame {
  at: number
  socket: number
  frame: unknown
}

const keptFrames = 2000

/** A frame as it can be shown; what is no JSON, as text. */
const readable = (text: string): unknown => readJsonText(text) ?? text.slice(0, maxLoggedBytes)

/** Every websocket on the livechat port, and what its faults do to them. */
export interface Sockets {
  attach(http: Server): void
  dropAll(): void
  /** After a change of the faults: 'refuse' and 'drop' cut what is open now, 'deaf' deafens it for good; only 'refuse' keeps new ones out. */
  meetFault(): void
  open(): number
  /** The last frames that clients sent. */
  frames(): LoggedFrame[]
  clear(): void
}

export function createSockets(state: ServerState): Sockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes })
  const open = new Set<WebSocket>()
  /** They take what is sent and are told nothing of what happens: no sign of it but that silence. */
  const deaf = new Set<WebSocket>()
  let frames: LoggedFrame[] = []
  let count = 0

  const isSilent = () => state.faults.socket() === 'silent'
  const tell = () => state.feed.tell('socket', { open: open.size })

  function greet(socket: WebSocket) {
    const number = ++count
    open.add(socket)
    tell()
    const session = createSession(
      state,
      (frame) => {
        const isUnheard = isSilent() || (deaf.has(socket) && frame['msg'] === 'changed')
        if (!isUnheard && socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame))
      },
      () => socket.close(),
    )
    socket.on('message', (data) => {
      const text = String(data)
      frames = [...frames.slice(1 - keptFrames), { at: Date.now(), socket: number, frame: readable(text) }]
      if (!isSilent()) session.take(text)
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      open.delete(socket)
      deaf.delete(socket)
      session.end()
      tell()
    })
  }

  const dropAll = () => {
    for (const socket of open) socket.terminate()
  }

  return {
    attach(http) {
      http.on('upgrade', (request, stream, head) => {
        // Nobody else listens to what goes wrong on it, and an error that nobody hears would end the process.
        stream.on('error', () => stream.destroy())
        const path = pathOf(request)
        if (path !== '/websocket' || state.faults.socket() === 'refuse' || open.size >= maxSockets) {
          stream.end('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
          return
        }
        server.handleUpgrade(request, stream, head, greet)
      })
    },
    dropAll,
    meetFault() {
      const fault = state.faults.socket()
      if (fault === 'refuse' || fault === 'drop') dropAll()
      if (fault === 'deaf') for (const socket of open) deaf.add(socket)
    },
    open: () => open.size,
    frames: () => frames,
    clear() {
      frames = []
      dropAll()
    },
  }
}
