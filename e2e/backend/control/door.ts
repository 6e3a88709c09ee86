import type { IncomingMessage, ServerResponse } from 'node:http'
import { deeds } from './agent/actions.ts'
import type { Sockets } from '../realtime/sockets.ts'
import { readFaults } from './faults.ts'
import { readBody } from '../http/incoming.ts'
import { send } from '../livechat.ts'
import type { Port } from '../http/port.ts'
import { isRecord } from '../http/schema.ts'
import { changeSettings } from '../office/store/settings.ts'
import { visitsOf } from '../office/visits.ts'
import type { World } from '../state.ts'

interface Told {
  status: number
  body: unknown
}

const told = (body: unknown): Told => ({ status: 200, body })
const refused = (error: string): Told => ({ status: 400, body: { error } })

/** The door beside the server: what arrived, what is stored, what shall go wrong. Open to every origin. */
export function createControl(world: World, livechat: Port, sockets: Sockets) {
  const streams = new Set<ServerResponse>()

  const plug = () => (world.faults.plugged() ? livechat.close() : livechat.open())

  async function putFaults(body: unknown): Promise<Told> {
    const read = readFaults(body)
    if (read.kind === 'refused') return refused(read.error)
    world.faults.replace(read.faults)
    sockets.meetFault()
    if (world.faults.drops()) livechat.closeIdle()
    await plug()
    world.feed.tell('faults', world.faults.list())
    return told({ faults: world.faults.list() })
  }

  function putSettings(body: unknown): Told {
    if (!isRecord(body)) return refused('settings are an object')
    const next = structuredClone(world.settings)
    const problem = changeSettings(next, body)
    if (problem) return refused(problem)
    world.settings = next
    world.saveSettings()
    world.feed.tell('settings', next)
    return told({ settings: next })
  }

  async function reset(): Promise<Told> {
    world.reset()
    sockets.clear()
    await plug()
    return told({})
  }

  function act(body: unknown): Told {
    if (!isRecord(body)) return refused('a deed is an object')
    const deed = deeds[String(body['does'])]
    if (!deed) return refused(`an agent does ${Object.keys(deeds).join(', ')}; not '${String(body['does'])}'`)
    const done = deed(world, body)
    world.save()
    return done.kind === 'done' ? told(done.result) : refused(done.why)
  }

  const doors: Record<string, (query: URLSearchParams, body: unknown) => Told | Promise<Told>> = {
    'GET /control/ledger': (query) => told({ entries: world.ledger.since(Number(query.get('since') ?? 0)) }),
    'GET /control/visits': () => told({ visits: visitsOf(world) }),
    'GET /control/visitors': () => told({ visitors: world.store.visitors() }),
    'GET /control/rooms': () => told({ rooms: world.store.rooms() }),
    'GET /control/messages': (query) =>
      told({ messages: world.store.messages().filter(({ rid, navigation }) => rid === query.get('rid') && !navigation) }),
    'GET /control/mails': () => told({ mails: world.store.mails() }),
    'GET /control/sockets': () => told({ open: sockets.open(), frames: sockets.frames() }),
    'POST /control/agent': (_query, body) => act(body),
    'GET /control/faults': () => told({ faults: world.faults.list() }),
    'PUT /control/faults': (_query, body) => putFaults(body),
    'GET /control/settings': () => told({ settings: world.settings }),
    'PUT /control/settings': (_query, body) => putSettings(body),
    'POST /control/reset': () => reset(),
  }

  const open = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, PUT, POST',
    'Access-Control-Allow-Headers': 'Content-Type',
    'Access-Control-Max-Age': '600',
  }

  function stream(response: ServerResponse) {
    response.writeHead(200, { ...open, 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    response.write(': open\n\n')
    streams.add(response)
    const stop = world.feed.observe((event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
    response.on('close', () => {
      stop()
      streams.delete(response)
    })
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url!, 'http://control')
    if (request.method === 'OPTIONS') return send(response, { status: 200, headers: open, body: '' })
    if (request.method === 'GET' && url.pathname === '/control/events') return stream(response)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = readBody('application/json', Buffer.concat(chunks))
    const door = doors[`${request.method} ${url.pathname}`]
    const { status, body: answer } = door
      ? await door(url.searchParams, body)
      : { status: 404, body: { error: `no such door: ${request.method} ${url.pathname}` } }
    send(response, { status, headers: open, body: answer })
  }
}
