import type { IncomingMessage, ServerResponse } from 'node:http'
import { readJson, urlOf } from '../http/incoming.ts'
import { send } from '../http/send.ts'
import type { Port } from '../http/port.ts'
import { visitsOf } from '../office/visits.ts'
import type { Sockets } from '../realtime/sockets.ts'
import type { ServerState } from '../state.ts'
import { answered, createChanges, type Reply } from './changes.ts'
import type { Feed } from './feed.ts'

type Door = (query: URLSearchParams, body: unknown) => Reply | Promise<Reply>

/** Every page may call the door, whatever the livechat server allows. */
const open = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, PUT, POST',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Access-Control-Max-Age': '600',
}

/** What happens, as it happens, until the listener goes. */
function stream(feed: Feed, response: ServerResponse) {
  response.writeHead(200, { ...open, 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  response.write(': open\n\n')
  const stop = feed.observe((event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
  response.on('close', stop)
}

/** What can be looked at, and what can be changed. */
function createDoors(state: ServerState, livechat: Port, sockets: Sockets): Record<string, Door> {
  const changes = createChanges(state, livechat, sockets)
  return {
    'GET /control/ledger': (query) => answered({ entries: state.ledger.since(Number(query.get('since') ?? 0)) }),
    'GET /control/visits': () => answered({ visits: visitsOf(state) }),
    'GET /control/visitors': () => answered({ visitors: state.store.visitors() }),
    'GET /control/rooms': () => answered({ rooms: state.store.rooms() }),
    'GET /control/messages': (query) =>
      answered({
        messages: state.store.messages().filter(({ rid, navigation }) => rid === query.get('rid') && !navigation),
      }),
    'GET /control/mails': () => answered({ mails: state.store.mails() }),
    'GET /control/sockets': () => answered({ open: sockets.open(), frames: sockets.frames() }),
    'POST /control/agent': (_query, body) => changes.act(body),
    'GET /control/faults': () => answered({ faults: state.faults.list() }),
    'PUT /control/faults': (_query, body) => changes.putFaults(body),
    'GET /control/settings': () => answered({ settings: state.settings }),
    'PUT /control/settings': (_query, body) => changes.putSettings(body),
    'POST /control/reset': () => changes.reset(),
  }
}

/** The door beside the server: what arrived, what is stored, what shall go wrong. Open to every origin. */
export function createControl(state: ServerState, livechat: Port, sockets: Sockets) {
  const doors = createDoors(state, livechat, sockets)

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(urlOf(request), 'http://control')
    if (request.method === 'OPTIONS') return send(response, { status: 200, headers: open, body: '' })
    if (request.method === 'GET' && url.pathname === '/control/events') return stream(state.feed, response)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = readJson(Buffer.concat(chunks))
    const door = doors[`${request.method} ${url.pathname}`]
    const { status, body: answer } = door
      ? await door(url.searchParams, body)
      : { status: 404, body: { error: `no such door: ${request.method} ${url.pathname}` } }
    send(response, { status, headers: open, body: answer })
  }
}
