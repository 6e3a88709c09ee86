import { agentData, nextAgent, servingAgent } from '../../office/agents.ts'
import { defaultDepartment } from '../../office/departments.ts'
import { fail, ok } from '../../http/envelope.ts'
import { roomOf } from '../../office/rooms.ts'
import type { Call, Named, Route } from '../route.ts'
import { shape, textOrNull } from '../../http/schema.ts'

function info({ office, params }: Call & Named<'rid' | 'token'>) {
  const { rid, token } = params
  if (!office.store.visitorByToken(token)) return fail('invalid-token')
  const room = roomOf(office, rid, token)
  if (!room) return fail('invalid-room')
  const agent = servingAgent(room)
  return agent ? ok({ agent: agentData(office, agent) }) : fail('invalid-agent')
}

/**
 * Who would take a conversation that is not open yet; nobody needs to be registered to ask. Where agents choose their
 * rooms themselves, nobody is next.
 */
function next({ office, era, params, query }: Call<{ department?: string | null }> & Named<'token'>) {
  if (office.store.openRoom(params.token)) return era < 6 ? fail('invalid-token') : ok()
  if (office.settings.routing === 'manual') return fail('agent-not-found')
  const agent = nextAgent(office, query.department || defaultDepartment(office)?._id)
  return agent ? ok({ agent: agentData(office, agent) }) : fail('agent-not-found')
}

export const agentRoutes: Route[] = [
  { method: 'GET', path: 'livechat/agent.info/:rid/:token', act: info },
  { method: 'GET', path: 'livechat/agent.next/:token', query: shape({ 'department?': textOrNull }), act: next },
]
