import { inspect } from 'node:util'
import { demoAgent, outsider } from '../backend/index.ts'
import { test as base, type Server } from '../backend/fixture.ts'
import { createAgent, type Agent, type AgentError, type AgentParts } from '../../src/agent.ts'

export const token = 'visitor-token-of-the-tests'

export const agentOf = (server: { origin: string }, parts?: AgentParts, user = demoAgent): Agent =>
  createAgent({ server: server.origin, userId: user._id, authToken: user.authToken }, parts)

export const outsiderOf = (server: { origin: string }): Agent => agentOf(server, undefined, outsider)

/** A visitor with a room and so many pages, by the API a widget uses. */
export const visitorWithRoom = async (server: Server, pages: number, of = token) => {
  await server.settings({ limiter: false })
  const registered = await server.post('visitor', {
    visitor: {
      token: of,
      name: 'Vera',
      email: of === token ? 'vera@shop.example' : `${of}@shop.example`,
      phone: `55 51 ${of.length}`,
    },
  })
  const { room } = (await server.get(`room?token=${of}`)).body
  const visit = (title: string) =>
    server.post('page.visited', {
      token: of,
      rid: room._id,
      pageInfo: { change: 'url', title, location: { href: `https://shop.example/${title}` } },
    })
  for (let page = 1; page <= pages; page++) await visit(`p${page}`)
  return { rid: room._id as string, visitorId: registered.body.visitor._id as string, visit }
}

/** Why it was refused; fails when it was not. */
export const refusalOf = async (attempt: Promise<unknown>): Promise<AgentError> => {
  try {
    await attempt
  } catch (error) {
    return error as AgentError
  }
  throw new Error('it was not refused')
}

/** Everything a log could show of a value. */
export const shown = (value: unknown): string => inspect(value, { depth: 12, showHidden: true, getters: true })

export const test = base
