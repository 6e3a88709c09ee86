import type { VisitorState } from '../../tracking/stored'
import type { Core } from '../../visitor/contracts'
import { decodeAgent } from '../../wire/config'
import type { Json } from '../../wire/json'
import { pathSegment } from '../../wire/paths'
import { asName, asNumber, asObject, asObjects, asText } from '../../wire/coerce'
import type { Person } from '../contracts'
import type { Conversation } from '../conversation'
import { greetingAgentKey } from '../keys'
import type { ServerState } from '../serverState'

export interface GreetingsParts {
  core: Pick<Core, 'storage' | 'clock' | 'visitor' | 'call' | 'options'>
  conversation: Pick<Conversation, 'facts'>
  personOf: ServerState['personOf']
}

export interface Greeting {
  author: Person
  texts: string[]
}

export interface Greetings {
  /** Whom an action of this trigger lets speak, and what they say. */
  of(triggerId: string, action: Json): Promise<Greeting>
}

interface StoredAgent {
  at: number
  agent: unknown
  /** Absent for the agent of any department. */
  department?: string
}

/** The server may choose an agent for each greeting; asking it once an hour spares its limiter. */
const agentMaxAgeMs = 3_600_000

export const createGreetings = ({ core, conversation, personOf }: GreetingsParts): Greetings => {
  /** The visitor's own department, else the host's, by its id: the server finds no agent by a department's name. */
  const departmentOf = ({ told }: VisitorState): string | undefined => {
    const { guest, department = guest?.department } = core.options()
    const wanted = told?.department ?? department
    const listed = conversation.facts.config
      .peek()
      ?.departments.find(({ id, name }) => id === wanted || name === wanted)
    return listed?.id ?? wanted
  }

  const nextAgent = async (): Promise<Person | undefined> => {
    // Whom the host wants is whom the visitor will talk to.
    const { agent: wanted } = core.options()
    if (wanted) return personOf({ username: wanted.username, name: wanted.username })
    const nowMs = core.clock.now()
    const state = await core.visitor.state()
    const department = departmentOf(state)
    const stored = await core.storage.get<StoredAgent>(greetingAgentKey)
    if (stored && stored.department === department && nowMs - stored.at < agentMaxAgeMs)
      return personOf(decodeAgent(stored.agent))
    const answer = await core.call('GET', `livechat/agent.next/${pathSegment(state.token)}`, { query: { department } })
    const agent = answer.kind === 'ok' ? answer.body.agent : undefined
    if (agent) await core.storage.set(greetingAgentKey, { at: nowMs, agent, department } satisfies StoredAgent)
    return personOf(decodeAgent(agent))
  }

  /** What the host has told of its guest beside name and address, and for this very purpose. */
  const extraData = () => {
    const { guest, metadata } = core.options()
    return Object.entries({ ...guest?.customFields, ...metadata }).map(([key, value]) => ({ key, value: `${value}` }))
  }

  /** The texts come from a service of the administrator's own, which the server asks. */
  const externalTexts = async (triggerId: string, fallback: string): Promise<string[]> => {
    const { token } = await core.visitor.state()
    const answer = await core.call('POST', `livechat/triggers/${pathSegment(triggerId)}/external-service/call`, {
      body: { token, extraData: extraData() },
    })
    const contents = answer.kind === 'ok' ? asObjects(asObject(answer.body.response).contents) : []
    const texts = contents
      .sort((a, b) => (asNumber(a.order) ?? 0) - (asNumber(b.order) ?? 0))
      .map(({ msg }) => asText(msg))
    return texts.some(Boolean) ? texts : [fallback]
  }

  return {
    async of(triggerId, action) {
      const { sender, name, msg, serviceFallbackMessage } = asObject(action.params)
      const agent = sender === 'queue' ? await nextAgent() : undefined
      return {
        author: agent ?? { username: '', name: asName(name), hidden: !asName(name) || undefined },
        texts:
          action.name === 'use-external-service'
            ? await externalTexts(triggerId, asText(serviceFallbackMessage))
            : [asText(msg)],
      }
    },
  }
}
