import type { IncomingMessage, ServerResponse } from 'node:http'
import { actions } from './agent/actions.ts'
import type { Sockets } from '../realtime/sockets.ts'
import { readFaults } from './faults.ts'
import { readJson } from '../http/incoming.ts'
import { send } from '../http/send.ts'
import type { Port } from '../http/port.ts'
import { isRecord } from '../http/schema.ts'
import { changeSettings } from '../office/store/settings.ts'
import { visitsOf } from '../office/visits.ts'
import type { ServerState } from '../state.ts'

interface Reply {
  status: number
  body: unknown
}

const answered = (body: unknown): Reply => ({ status: 200, body })
const refused = (error: string): Reply => ({ status: 400, body: { error } })

/** The door beside the server: what arrived, what is stored, what shall go wrong. Open to every origin. */
export function createControl(state: ServerState, livechat: Port, sockets: Sockets) {
  const streams = new Set<ServerResponse>()

  const plug = () => (state.faults.isPlugPulled() ? livechat.close() : livechat.open())

  async function putFaults(body: unknown): Promise<Reply> {
    const read = readFaults(body)
    if (read.kind === 'refused') return refused(read.error)
    state.faults.replace(read.faults)
    sockets.meetFault()
    if (state.faults.cutsConnections()) livechat.closeIdle()
    await plug()
    state.feed.tell('faults', state.faults.list())
    return answered({ faults: state.faults.list() })
  }

  function putSettings(body: unknown): Reply {
    if (!isRecord(body)) return refused('settings are an object')
    const next = structuredClone(state.settings)
    const problem = changeSettings(next, body)
    if (problem) return refused(problem)
    state.settings = next
    state.saveSettings()
    state.feed.tell('settings', next)
    return answered({ settings: next })
  }

  async function reset(): Promise<Reply> {
    state.reset()
    sockets.clear()
    await plug()
    return answered({})
  }

  function act(body: unknown): Reply {
    if (!isRecord(body)) return refused('an action is an object')
    const action = actions[String(body['does'])]
    if (!action) return refused(`an agent does ${Object.keys(actions).join(', ')}; not '${String(body['does'])}'`)
    const outcome = action(state, body)
    state.save()
    return outcome.kind === 'done' ? answered(outcome.result) : refused(outcome.why)
  }

  const doors: Record<string, (query: URLSearchParams, body: unknown) => Reply | Promise<Reply>> = {
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
    'POST /control/agent': (_query, body) => act(body),
    'GET /control/faults': () => answered({ faults: state.faults.list() }),
    'PUT /control/faults': (_query, body) => putFaults(body),
    'GET /control/settings': () => answered({ settings: state.settings }),
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
    const stop = state.feed.observe((event, data) =>
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    )
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
    const body = readJson(Buffer.concat(chunks))
    const door = doors[`${request.method} ${url.pathname}`]
    const { status, body: answer } = door
      ? await door(url.searchParams, body)
      : { status: 404, body: { error: `no such door: ${request.method} ${url.pathname}` } }
    send(response, { status, headers: open, body: answer })
  }
}
