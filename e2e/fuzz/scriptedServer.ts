/** A livechat server that says whatever a test has it say, over HTTP and WebSocket, to pages of any engine. Nothing of it is checked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'

export interface Script {
  /** What a call of this path is answered with, beside `success`. */
  answer(path: string): object
  /** What a subscription is told at once. */
  frames?(): unknown[]
}

export interface ScriptedServer {
  origin: string
  /** From now on. */
  play(script: Script): void
  stop(): Promise<void>
}

const readable = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }

const say = (socket: WebSocket, frame: unknown) => socket.send(JSON.stringify(frame) ?? 'null')

const talk = (socket: WebSocket, script: () => Script) =>
  socket.on('message', (text) => {
    const { msg, id } = JSON.parse(String(text)) as { msg: string; id?: string }
    if (msg === 'connect') say(socket, { msg: 'connected', session: 's' })
    if (msg !== 'sub') return
    say(socket, { msg: 'ready', subs: [id] })
    for (const frame of script().frames?.() ?? []) say(socket, frame)
  })

export const startScriptedServer = async (): Promise<ScriptedServer> => {
  let script: Script = { answer: () => ({}) }
  const answer = ({ method, url = '/' }: IncomingMessage, response: ServerResponse) => {
    const body = method === 'OPTIONS' ? {} : { ...script.answer(url.replace(/\?.*/, '')), success: true }
    response.writeHead(200, { ...readable, 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  const server = createServer(answer)
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => talk(socket, () => script))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    play: (next) => void (script = next),
    async stop() {
      sockets.clients.forEach((socket) => socket.terminate())
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
