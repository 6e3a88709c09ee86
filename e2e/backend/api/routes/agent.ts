import { agentData, nextAgent, servingAgent } from '../../office/agents.ts'
import { failCode, ok } from '../../http/envelope.ts'
import { roomOf } from '../../office/rooms.ts'
import type { Call, Route } from '../route.ts'
import { shape, textOrNull } from '../../http/schema.ts'

function info({ office, era, params }: Call) {
  const token = params['token']!
  if (!office.store.visitorByToken(token)) return failCode(era, 'invalid-token')
  const room = roomOf(office, params['rid']!, token)
  if (!room) return failCode(era, 'invalid-room')
  const agent = servingAgent(room)
  return agent ? ok({ agent: agentData(office, agent) }) : failCode(era, 'invalid-agent')
}

/** Who would take a conversation that is not open yet; nobody needs to be registered to ask. */
function next({ office, era, params }: Call) {
  if (office.store.openRoom(params['token']!)) return ok()
  const agent = nextAgent(office)
  return agent ? ok({ agent: agentData(office, agent) }) : failCode(era, 'agent-not-found')
}

export const agentRoutes: Route[] = [
  { method: 'GET', path: 'livechat/agent.info/:rid/:token', act: info },
  { method: 'GET', path: 'livechat/agent.next/:token', query: shape({ 'department?': textOrNull }), act: next },
]
