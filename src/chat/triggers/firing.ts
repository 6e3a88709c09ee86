import type { Message, Person } from '../contracts'
import { textOnly } from '../conversation'
import { firedTriggersKey } from '../keys'
import type { TriggersParts } from './contracts'
import type { Trigger } from './decode'
import { createGreetings } from './greetings'
import type { KeptGreetings } from './keptGreetings'

export interface Firing {
  /** Greets the visitor, unless the trigger has done so, or the moment is wrong. */
  fire(trigger: Trigger): Promise<void>
  /** Of those that fire only once: whether this one has, on this page. */
  hasFired(triggerId: string): boolean
  /** Takes back what called the visitor to the chat: it has done its work. What greeted a registered visitor stays. */
  takeBackInvitations(): void
}

/** Meant for whoever has not spoken yet. The trigger of an opened chat is none of them: here the opening itself registers the visitor. */
const isForStrangers = ({ conditions }: Trigger): boolean =>
  conditions.some(({ name }) => name === 'page-url' || name === 'time-on-site')

const isOfRegistration = ({ conditions }: Trigger): boolean =>
  conditions.some(({ name }) => name === 'after-guest-registration')

/** What happens when a trigger's condition is met. */
export const createFiring = (
  { core, conversation, personOf, parseText }: TriggersParts,
  keptGreetings: KeptGreetings,
): Firing => {
  const { clock, storage } = core
  const { facts, update } = conversation
  const greetings = createGreetings({ core, conversation, personOf })
  const firedHere = new Set<string>()
  const invitationIds = new Set<string>()
  let lastAtMs = 0

  /** True for the first page of this browser that asks, and never again. */
  const claimForever = async (id: string): Promise<boolean> => {
    let isFirst = false
    await storage.update<string[]>(firedTriggersKey, (fired = []) => {
      isFirst = !fired.includes(id)
      return isFirst ? [...fired, id] : fired
    })
    return isFirst
  }

  const greet = async (text: string, author: Person, isKept: boolean) => {
    if (!text) return
    const at = (lastAtMs = Math.max(clock.now(), lastAtMs + 1))
    const id = `greeting-${core.randomId()}`
    const message: Message = { ...textOnly, id, at, from: 'agent', author, text, body: parseText(text), greeting: true }
    conversation.receive([{ message, updatedAt: 0 }])
    if (!facts.isPanelOpen.peek()) update({ greetings: [...facts.greetings.peek(), message] })
    core.emit('greeting', { state: 'shown', id, text, name: author.name })
    if (isKept) await keptGreetings.keep(message)
    else invitationIds.add(id)
  }

  const fire = async (trigger: Trigger) => {
    const { id, isOnce, actions } = trigger
    if (facts.room.peek()?.open || !facts.online.peek()) return
    if (isForStrangers(trigger) && (await core.visitor.state()).visitor) return
    if (isOnce) {
      if (firedHere.has(id)) return
      firedHere.add(id)
      if (!(await claimForever(id))) return
    }
    for (const action of actions) {
      const { author, texts } = await greetings.of(id, action)
      for (const text of texts) await greet(text, author, isOfRegistration(trigger))
    }
  }

  return {
    fire,
    hasFired: (triggerId) => firedHere.has(triggerId),
    takeBackInvitations() {
      update({ greetings: [] })
      conversation.keepMessages(({ id }) => !invitationIds.delete(id))
    },
  }
}
