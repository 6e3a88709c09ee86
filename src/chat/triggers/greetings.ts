import type { Core } from '../../visitor/contracts'
import { decodeAgent } from '../../wire/config'
import type { Json } from '../../wire/json'
import { asNumber, asObject, asObjects, asText } from '../../wire/coerce'
import type { Person } from '../contracts'
import { greetingAgentKey } from '../keys'
import type { ServerState } from '../serverState'

export interface GreetingsParts {
  core: Pick<Core, 'storage' | 'clock' | 'visitor' | 'call'>
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

/** The server may choose an agent for each greeting; asking it once an hour spares its limiter. */
const agentMaxAgeMs = 3_600_000

export const createGreetings = ({ core, personOf }: GreetingsParts): Greetings => {
  const nextAgent = async (department: string): Promise<Person | undefined> => {
    const nowMs = core.clock.now()
    const stored = await core.storage.get<{ at: number; agent: unknown }>(greetingAgentKey)
    if (stored && nowMs - stored.at < agentMaxAgeMs) return personOf(decodeAgent(stored.agent))
    const { token } = await core.visitor.state()
    const answer = await core.call('GET', `livechat/agent.next/${token}`, {
      query: { department: department || undefined },
    })
    const agent = answer.kind === 'ok' ? answer.body.agent : undefined
    if (agent) await core.storage.set(greetingAgentKey, { at: nowMs, agent })
    return personOf(decodeAgent(agent))
  }

  /** The texts come from a service of the administrator's own, which the server asks. */
  const externalTexts = async (triggerId: string, fallback: string): Promise<string[]> => {
    const { token } = await core.visitor.state()
    const answer = await core.call('POST', `livechat/triggers/${triggerId}/external-service/call`, {
      body: { token, extraData: [] },
    })
    const contents = answer.kind === 'ok' ? asObjects(asObject(answer.body.response).contents) : []
    const texts = contents
      .sort((a, b) => (asNumber(a.order) ?? 0) - (asNumber(b.order) ?? 0))
      .map(({ msg }) => asText(msg))
    return texts.some(Boolean) ? texts : [fallback]
  }

  return {
    async of(triggerId, action) {
      const { sender, name, msg, department, serviceFallbackMessage } = asObject(action.params)
      const agent = sender === 'queue' ? await nextAgent(asText(department)) : undefined
      return {
        author: agent ?? { username: '', name: asText(name), hidden: !asText(name) || undefined },
        texts:
          action.name === 'use-external-service'
            ? await externalTexts(triggerId, asText(serviceFallbackMessage))
            : [asText(msg)],
      }
    },
  }
}
