import { agentByName, servingAgent } from '../../office/agents.ts'
import { demoAgent, type User } from '../../office/users.ts'
import type { Message, Room } from '../../office/store/store.ts'
import type { World } from '../../state.ts'

export type Done = { kind: 'done'; result: unknown } | { kind: 'refused'; why: string }

export type Given = Record<string, unknown>
export type Deed = (world: World, given: Given) => Done

export const done = (result: unknown = {}): Done => ({ kind: 'done', result })
export const refused = (why: string): Done => ({ kind: 'refused', why })

export const textOf = (given: Given, key: string): string | undefined =>
  typeof given[key] === 'string' ? given[key] : undefined

/** The room named, else the newest open one. */
export const roomFor = (world: World, given: Given): Room | undefined => {
  const rid = textOf(given, 'rid')
  return rid === undefined ? world.store.rooms().filter(({ open }) => open).at(-1) : world.store.room(rid)
}

/** Who acts: the one named, else who serves the room, else the demo agent. */
export const actorFor = (given: Given, room: Room | undefined): User | undefined => {
  const username = textOf(given, 'username')
  return username === undefined ? ((room && servingAgent(room)) ?? demoAgent) : agentByName(username)
}

/** A deed in a room, by somebody. */
export const inRoom =
  (act: (world: World, room: Room, agent: User, given: Given) => Done): Deed =>
  (world, given) => {
    const room = roomFor(world, given)
    if (!room) return refused('there is no such room')
    const agent = actorFor(given, room)
    return agent ? act(world, room, agent, given) : refused(`there is no agent '${String(given['username'])}'`)
  }

/** A deed to a stored message, by its `mid`. */
export const toMessage =
  (act: (world: World, message: Message, agent: User, given: Given) => Done): Deed =>
  (world, given) => {
    const message = world.store.message(textOf(given, 'mid') ?? '')
    if (!message) return refused('there is no such message')
    const agent = actorFor(given, world.store.room(message.rid ?? ''))
    return agent ? act(world, message, agent, given) : refused(`there is no agent '${String(given['username'])}'`)
  }
