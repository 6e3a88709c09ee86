import { agentByName, servingAgent } from '../../office/agents.ts'
import { demoAgent, type User } from '../../office/users.ts'
import type { Message, Office, Room } from '../../office/contracts.ts'

/** What came of an action; `why` is the sentence the control door answers with. */
export type Outcome = { kind: 'done'; result: unknown } | { kind: 'refused'; why: string }

/** The fields that came with an action. */
export type Fields = Record<string, unknown>
export type AgentAction = (office: Office, given: Fields) => Outcome

export const done = (result: unknown = {}): Outcome => ({ kind: 'done', result })
export const refused = (why: string): Outcome => ({ kind: 'refused', why })

export const textOf = (given: Fields, key: string): string | undefined =>
  typeof given[key] === 'string' ? given[key] : undefined

export const countOf = (given: Fields, key: string, unless: number, most: number): number => {
  const count = Number(given[key] ?? unless)
  return count > 0 ? Math.min(most, Math.floor(count)) : 0
}

/** The room named, else the newest open one. */
export const roomFor = (office: Office, given: Fields): Room | undefined => {
  const rid = textOf(given, 'rid')
  return rid === undefined
    ? office.store
        .rooms()
        .filter(({ open }) => open)
        .at(-1)
    : office.store.room(rid)
}

/** Who acts: the one named, else who serves the room, else the demo agent. */
export const actorFor = (given: Fields, room: Room | undefined): User | undefined => {
  const username = textOf(given, 'username')
  return username === undefined ? ((room && servingAgent(room)) ?? demoAgent) : agentByName(username)
}

/** An action in a room, by somebody. */
export const inRoom =
  (act: (office: Office, room: Room, agent: User, given: Fields) => Outcome): AgentAction =>
  (office, given) => {
    const room = roomFor(office, given)
    if (!room) return refused('there is no such room')
    const agent = actorFor(given, room)
    return agent ? act(office, room, agent, given) : refused(`there is no agent '${String(given['username'])}'`)
  }

/** An action to a stored message, by its `mid`. */
export const toMessage =
  (act: (office: Office, message: Message, agent: User, given: Fields) => Outcome): AgentAction =>
  (office, given) => {
    const message = office.store.message(textOf(given, 'mid') ?? '')
    if (!message) return refused('there is no such message')
    const agent = actorFor(given, office.store.room(message.rid ?? ''))
    return agent ? act(office, message, agent, given) : refused(`there is no agent '${String(given['username'])}'`)
  }
