/** Greetings the server wants said when something happens on the page. They exist only here. */
import type { Core } from '../../visitor/contracts'
import type { Undo } from '../../browser/ports'
import { decodeAgent } from '../../wire/config'
import { toJson, type Json } from '../../wire/json'
import { count, object, objects, text } from '../../wire/coerce'
import type { Message, Paragraphs, Person } from '../contracts'
import { blank, type Conversation } from '../conversation'

export interface TriggersOptions {
  core: Core
  conversation: Conversation
  person(agent: ReturnType<typeof decodeAgent>): Person | undefined
  read(said: string): Paragraphs[]
}

type Condition = 'page-url' | 'time-on-site' | 'chat-opened-by-visitor' | 'after-guest-registration'

interface Trigger {
  id: string
  once: boolean
  conditions: { name: string; value: string }[]
  actions: Json[]
}

const firedKey = 'chat/fired'
const arrivedKey = 'chat/arrived'
const agentKey = 'chat/next-agent'
/** Away for longer than this, and the visit is another one. */
const visitMs = 30 * 60_000
const agentForMs = 3_600_000

const decode = (value: unknown): Trigger[] => {
  const trigger = object(value)
  const id = text(trigger._id)
  return id && trigger.enabled !== false
    ? [
        {
          id,
          once: trigger.runOnce === true,
          conditions: objects(trigger.conditions).map(({ name, value }) => ({
            name: text(name),
            value: `${value ?? ''}`,
          })),
          actions: objects(trigger.actions),
        },
      ]
    : []
}

const matches = (pattern: string, href: string): boolean => {
  try {
    return new RegExp(pattern).test(href)
  } catch {
    return false
  }
}

export const createTriggers = ({ core, conversation, person, read }: TriggersOptions) => {
  const { facts, note } = conversation
  const waiting = new Map<string, Undo>()
  const fired = new Set<string>()
  let triggers: Trigger[] = []
  let href: string | undefined
  let lastMs = 0
  let undoAddress: Undo | undefined

  /** True for the first to ask in this browser, for ever. */
  const claim = async (id: string): Promise<boolean> => {
    let first = false
    await core.storage.update<string[]>(firedKey, (old = []) => {
      first = !old.includes(id)
      return first ? [...old, id] : old
    })
    return first
  }

  const nextAgent = async (department: string): Promise<Person | undefined> => {
    const now = core.clock.now()
    const kept = await core.storage.get<{ at: number; agent: unknown }>(agentKey)
    if (kept && now - kept.at < agentForMs) return person(decodeAgent(kept.agent))
    const { token } = await core.visitor.state()
    const answer = await core.call('GET', `livechat/agent.next/${token}`, {
      query: { department: department || undefined },
    })
    const agent = answer.kind === 'ok' ? answer.body.agent : undefined
    if (agent) await core.storage.set(agentKey, { at: now, agent })
    return person(decodeAgent(agent))
  }

  const external = async (id: string, fallback: string): Promise<string[]> => {
    const { token } = await core.visitor.state()
    const answer = await core.call('POST', `livechat/triggers/${id}/external-service/call`, {
      body: { token, extraData: [] },
    })
    const contents = answer.kind === 'ok' ? objects(object(answer.body.response).contents) : []
    const said = contents.sort((a, b) => (count(a.order) ?? 0) - (count(b.order) ?? 0)).map(({ msg }) => text(msg))
    return said.some(Boolean) ? said : [fallback]
  }

  const greet = (said: string, author: Person) => {
    if (!said) return
    const at = (lastMs = Math.max(core.clock.now(), lastMs + 1))
    const message: Message = {
      ...blank,
      id: `greeting-${core.randomId()}`,
      at,
      from: 'agent',
      author,
      text: said,
      body: read(said),
      greeting: true,
    }
    conversation.receive([{ message, updatedAt: 0 }])
    if (!facts.open.peek()) note({ greetings: [...facts.greetings.peek(), message] })
  }

  const fire = async (trigger: Trigger) => {
    if (facts.room.peek()?.open || !facts.online.peek()) return
    if (trigger.once) {
      if (fired.has(trigger.id)) return
      fired.add(trigger.id)
      if (!(await claim(trigger.id))) return
    }
    for (const { name, params } of trigger.actions) {
      const { sender, name: shownAs, msg, department, serviceFallbackMessage } = object(params)
      const agent = sender === 'queue' ? await nextAgent(text(department)) : undefined
      const author = agent ?? { username: '', name: text(shownAs), hidden: !text(shownAs) || undefined }
      const said =
        name === 'use-external-service' ? await external(trigger.id, text(serviceFallbackMessage)) : [text(msg)]
      said.forEach((one) => greet(one, author))
    }
  }

  const happens = (condition: Condition, holds: (value: string) => boolean = () => true) => {
    for (const trigger of triggers)
      if (trigger.conditions.some(({ name, value }) => name === condition && holds(value))) void fire(trigger)
  }

  const clear = () => {
    waiting.forEach((undo) => undo())
    waiting.clear()
  }

  const time = async () => {
    clear()
    if (!triggers.some(({ conditions }) => conditions.some(({ name }) => name === 'time-on-site'))) return
    const now = core.clock.now()
    const visit = await core.storage.update<{ since: number; last: number }>(arrivedKey, (old) => ({
      since: old && now - old.last < visitMs ? old.since : now,
      last: now,
    }))
    for (const trigger of triggers)
      for (const { name, value } of trigger.conditions) {
        const atMs = (count(value) ?? 0) * 1000 + (visit?.since ?? now)
        if (name === 'time-on-site' && !fired.has(trigger.id))
          waiting.set(
            trigger.id,
            core.clock.after(
              Math.max(0, atMs - now),
              core.guard(() => fire(trigger)),
            ),
          )
      }
  }

  const arrive = () => happens('page-url', (pattern) => matches(pattern, href!))

  return {
    /** What the server's config lists now. */
    async load(list: unknown[]) {
      const next = list.flatMap(decode)
      if (toJson(next) === toJson(triggers)) return
      triggers = next
      if (!undoAddress)
        undoAddress = core.observeAddress((address) => {
          if (address === href) return
          href = address
          arrive()
        })
      else arrive()
      await time()
    },
    opened: () => happens('chat-opened-by-visitor'),
    registered: () => happens('after-guest-registration'),
    stop() {
      clear()
      undoAddress?.()
    },
  }
}

export type Triggers = ReturnType<typeof createTriggers>
