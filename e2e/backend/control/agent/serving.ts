import { agentByName, asPerson } from '../../office/agents.ts'
import { departmentByIdOrName } from '../../office/departments.ts'
import {
  assign,
  close as closeRoom,
  transfer as transferRoom,
  unassign,
  type Transfer,
} from '../../office/conversation.ts'
import { isQueued } from '../../office/queue.ts'
import { createMessage, putInRoom } from '../../office/messages/messages.ts'
import { done, inRoom, refused, textOf, type AgentAction } from './action.ts'
import { demoAgent } from '../../office/users.ts'

export const take = inRoom((office, room, agent) => {
  if (!room.open) return refused('the room is closed')
  if (!room.servedBy && !isQueued(office, room)) return refused('the room is not queued')
  assign(office, room, agent)
  return done({ room })
})

/** Back into the queue: nobody serves the room. */
export const release = inRoom((office, room) => {
  if (!room.open) return refused('the room is closed')
  unassign(office, room)
  return done({ room })
})

export const transfer = inRoom((office, room, agent, given) => {
  if (!room.open) return refused('the room is closed')
  const to = textOf(given, 'to') ?? ''
  const other = agentByName(to)
  const department = departmentByIdOrName(office, to)
  const target: Transfer['to'] | undefined =
    to === 'queue' ? 'queue' : other ? { agent: other } : department ? { department } : undefined
  if (!target) return refused(`there is no agent or department '${to}'`)
  const comment = textOf(given, 'comment')
  transferRoom(office, room, {
    by: { ...asPerson(agent), userType: 'user' },
    to: target,
    ...(comment ? { comment } : {}),
  })
  return done({ room })
})

export const close = inRoom((office, room, agent, given) => {
  if (!room.open) return refused('the room is closed')
  closeRoom(office, room, {
    by: asPerson(agent),
    closer: 'user',
    comment: textOf(given, 'comment') ?? '',
    transcriptRequested: given['transcriptRequested'] === true,
    promptTranscript: given['promptTranscript'] === true,
  })
  return done({ room })
})

/** Told to the rooms the agent serves, unless agents are hidden. */
export const status: AgentAction = (office, given) => {
  const agent = agentByName(textOf(given, 'username') ?? demoAgent.username)
  const next = textOf(given, 'status')
  if (!agent || !next) return refused('a status takes a known username and a status')
  office.store.setAgentStatus(agent.username, next)
  if (!office.settings.settings.agentHiddenInfo)
    for (const room of office.store.rooms().filter(({ open, servedBy }) => open && servedBy?._id === agent._id))
      office.streams.publish('stream-livechat-room', room._id, [{ type: 'agentStatus', status: next }])
  return done()
}

export const command = inRoom((office, room, agent, given) =>
  done({
    message: putInRoom(
      office,
      room,
      createMessage(office, room._id, asPerson(agent), { t: 'command', msg: textOf(given, 'msg') ?? 'survey' }),
    ),
  }),
)

/** Anything on the room's own stream, for what this server has no action for. */
export const event = inRoom((office, room, _agent, given) => {
  office.streams.publish('stream-livechat-room', room._id, [given['event']])
  return done()
})
