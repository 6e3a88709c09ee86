import { departmentById } from './departments.ts'
import { users, type User } from './users.ts'
import type { Office, Person, Room } from './contracts.ts'

export const agents = users.filter(({ permissions }) => permissions.includes('view-l-room'))

export const agentByName = (username: string): User | undefined => agents.find((agent) => agent.username === username)
export const agentById = (id: string | undefined): User | undefined => agents.find(({ _id }) => _id === id)

export const asPerson = ({ _id, username, name }: User): Person => ({ _id, username, name })

export const statusOf = (office: Office, agent: User): string => office.store.agentStatus()[agent.username] ?? 'online'

/** What a visitor may know of an agent. */
export function agentData(office: Office, agent: User): Record<string, unknown> {
  if (office.settings.settings.agentHiddenInfo) return { hiddenInfo: true }
  const { _id, name, username, email } = agent
  return {
    _id,
    name,
    username,
    status: statusOf(office, agent),
    livechat: {},
    phone: [],
    customFields: {},
    ...(office.settings.showAgentEmail ? { emails: [{ address: email }] } : {}),
  }
}

/** Who gets the next conversation of this department or of any, if anybody is there. */
export function nextAgent(office: Office, departmentId?: string, except?: string): User | undefined {
  const serving = departmentById(office, departmentId)?.agents
  const there = agents.filter(
    (agent) => statusOf(office, agent) !== 'offline' && (!serving || serving.includes(agent.username)),
  )
  return there.find(({ _id }) => _id !== except) ?? there[0]
}

export const servingAgent = (room: Room): User | undefined => agentById(room.servedBy?._id)

/** Livechat is online while it is switched on and an agent is there, of the department where one is asked for. An unknown department has none. */
export function isOnline(office: Office, departmentId?: string): boolean {
  if (departmentId !== undefined && !departmentById(office, departmentId)) return false
  return office.settings.online && nextAgent(office, departmentId) !== undefined
}
