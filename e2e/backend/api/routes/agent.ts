import { agentData, nextAgent, servingAgent } from '../../office/agents.ts'
import { failCode, ok } from '../../http/envelope.ts'
import { roomOf } from '../../office/rooms.ts'
import type { Call, Route } from '../route.ts'
import { shape, textOrNull } from '../../http/schema.ts'

function info({ world, era, params }: Call) {
  const token = params['token']!
  if (!world.store.visitorByToken(token)) return failCode(era, 'invalid-token')
  const room = roomOf(world, params['rid']!, token)
  if (!room) return failCode(era, 'invalid-room')
  const agent = servingAgent(room)
  return agent ? ok({ agent: agentData(world, agent) }) : failCode(era, 'invalid-agent')
}

/** Who would take a conversation that is not open yet; nobody needs to be registered to ask. */
function next({ world, era, params }: Call) {
  if (world.store.openRoom(params['token']!)) return ok()
  const agent = nextAgent(world)
  return agent ? ok({ agent: agentData(world, agent) }) : failCode(era, 'agent-not-found')
}

export const agentRoutes: Route[] = [
  { method: 'GET', path: 'livechat/agent.info/:rid/:token', act: info },
  { method: 'GET', path: 'livechat/agent.next/:token', query: shape({ 'department?': textOrNull }), act: next },
]
