import type { IncomingMessage, ServerResponse } from 'node:http'
import { readRaw } from '../http/bounds.ts'
import { pathOf, readJson, urlOf } from '../http/incoming.ts'
import { send } from '../http/send.ts'
import type { Port } from '../http/port.ts'
import { visitsOf } from '../office/visits.ts'
import type { Sockets } from '../realtime/sockets.ts'
import type { ServerState } from '../state.ts'
import { answered, createChanges, type Reply } from './changes.ts'
import type { Feed } from './feed.ts'
import { servePage, serveWidget, type DoorFolders, type Places } from './site.ts'

/** An agent's file comes through the door as text; a longer one as a `size` alone. */
const maxControlBytes = 33_554_432

type Door = (query: URLSearchParams, body: unknown) => Reply | Promise<Reply>

/** Pages of this machine may read what the door answers, if they know its address. */
const readableBy = (origin: string | undefined): Record<string, string> => ({
  Vary: 'Origin',
  ...(origin !== undefined && {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': 'GET, PUT, POST',
    'Access-Control-Allow-Headers': 'Content-Type',
    'Access-Control-Max-Age': '600',
  }),
})

/** What happens, as it happens, until the listener goes. */
function stream(feed: Feed, response: ServerResponse, headers: Record<string, string>) {
  response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  response.write(': open\n\n')
  const stop = feed.observe((event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
  response.on('close', stop)
}

/** What can be looked at, and what can be changed. */
function createDoors(state: ServerState, livechat: Port, sockets: Sockets): Map<string, Door> {
  const changes = createChanges(state, livechat, sockets)
  const doors: Record<string, Door> = {
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
  return new Map(Object.entries(doors))
}

/** This machine by one of its own names: any other in `Host` is a foreign name that a page has led here (DNS rebinding). */
const isThisMachine = (host: string | undefined): boolean =>
  /^(https?:\/\/)?(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host ?? '')

const refusal =
  'The control door opens by the address that was printed at the start, which has a token in it, and for pages of this machine alone.'

interface Beside {
  /** What the door's address begins with. */
  token: string
  /** The widget's files and pages, where there are some. */
  site?: { folders: DoorFolders; places: () => Places } | undefined
}

/**
 * The door beside the server: what arrived, what is stored, what shall go wrong. Any website that a developer visits meanwhile could ask
 * for it, so it opens only under an address that nobody guesses: `/<token>/control/…`.
 */
export function createControl(state: ServerState, livechat: Port, sockets: Sockets, { token, site }: Beside) {
  const doors = createDoors(state, livechat, sockets)

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { host, origin } = request.headers
    const path = pathOf(request)
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const file = isRead && site ? await serveWidget(site.folders, path) : undefined
    if (file) return send(response, file)
    const isAllowed = isThisMachine(host) && (origin === undefined || isThisMachine(origin))
    const page = isRead && isAllowed && site ? await servePage(site.folders, path, site.places) : undefined
    if (page) return send(response, page)
    if (!isAllowed || !path.startsWith(`/${token}/`))
      return send(response, { status: 403, headers: { Connection: 'close' }, body: { error: refusal } })
    const headers = readableBy(origin)
    if (request.method === 'OPTIONS') return send(response, { status: 200, headers, body: '' })
    const name = `${request.method} ${path.slice(token.length + 1)}`
    if (name === 'GET /control/events') return stream(state.feed, response, headers)
    const raw = await readRaw(request, maxControlBytes)
    if (!raw) return send(response, { status: 413, headers, body: { error: `more than ${maxControlBytes} bytes` } })
    const door = doors.get(name)
    const query = new URLSearchParams(urlOf(request).slice(path.length))
    const { status, body: answer } = door
      ? await door(query, readJson(raw))
      : { status: 404, body: { error: `no such door: ${name}` } }
    send(response, { status, headers, body: answer })
  }
}
