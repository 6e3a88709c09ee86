import type { Server } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import type { World } from '../state.ts'
import { createSession } from './session.ts'

export interface LoggedFrame {
  at: number
  socket: number
  frame: unknown
}

const kept = 2000

const readable = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Every websocket on the livechat port, and what its faults do to them. */
export function createSockets(world: World) {
  const server = new WebSocketServer({ noServer: true })
  const open = new Set<WebSocket>()
  let frames: LoggedFrame[] = []
  let count = 0

  const isSilent = () => world.faults.socket() === 'silent'
  const tell = () => world.feed.tell('socket', { open: open.size })

  function greet(socket: WebSocket) {
    const number = ++count
    open.add(socket)
    tell()
    const session = createSession(
      world,
      (frame) => {
        if (!isSilent() && socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame))
      },
      () => socket.close(),
    )
    socket.on('message', (data) => {
      const text = String(data)
      frames = [...frames.slice(1 - kept), { at: Date.now(), socket: number, frame: readable(text) }]
      if (!isSilent()) session.take(text)
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      open.delete(socket)
      session.end()
      tell()
    })
  }

  const dropAll = () => {
    for (const socket of open) socket.terminate()
  }

  return {
    attach(http: Server) {
      http.on('upgrade', (request, stream, head) => {
        const path = request.url!.split('?')[0]
        if (path !== '/websocket' || world.faults.socket() === 'refuse') {
          stream.end('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
          return
        }
        server.handleUpgrade(request, stream, head, greet)
      })
    },
    dropAll,
    /** 'refuse' and 'drop' cut what is open now; only 'refuse' keeps new ones out. */
    meetFault() {
      const fault = world.faults.socket()
      if (fault === 'refuse' || fault === 'drop') dropAll()
    },
    open: () => open.size,
    frames: () => frames,
    clear() {
      frames = []
      dropAll()
    },
  }
}

export type Sockets = ReturnType<typeof createSockets>
