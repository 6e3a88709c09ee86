import type { Undo } from '../../browser/ports'
import type { Core } from '../../visitor/contracts'
import { toJson } from '../../wire/json'
import type { Message, Paragraphs, Person } from '../contracts'
import { textOnly, type Conversation } from '../conversation'
import { firedTriggersKey } from '../keys'
import type { ServerState } from '../serverState'
import { decodeTriggers, type Condition, type Trigger } from './decode'
import { createGreetings } from './greetings'
import { createTimers } from './timers'

export interface TriggersParts {
  core: Pick<Core, 'storage' | 'clock' | 'guard' | 'visitor' | 'call' | 'randomId' | 'observeAddress'>
  conversation: Pick<Conversation, 'facts' | 'update' | 'receive'>
  personOf: ServerState['personOf']
  parseText(text: string): Paragraphs[]
}

export interface Triggers {
  /** The triggers that the server lists now. */
  load(list: unknown[]): Promise<void>
  onPanelOpened(): void
  onRegistered(): void
  stop(): void
}

const matches = (pattern: string, href: string): boolean => {
  try {
    return new RegExp(pattern).test(href)
  } catch {
    // The administrator has written no regular expression, or one for another engine.
    return false
  }
}

/** Greetings that the server wants said when something happens on the page. They exist only here: the server has no such messages. */
export const createTriggers = ({ core, conversation, personOf, parseText }: TriggersParts): Triggers => {
  const { clock, storage } = core
  const { facts, update } = conversation
  const greetings = createGreetings({ core, personOf })
  const firedHere = new Set<string>()
  let triggers: Trigger[] = []
  let href = ''
  let undoAddress: Undo | undefined
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

  const greet = (text: string, author: Person) => {
    if (!text) return
    const at = (lastAtMs = Math.max(clock.now(), lastAtMs + 1))
    const id = `greeting-${core.randomId()}`
    const message: Message = { ...textOnly, id, at, from: 'agent', author, text, body: parseText(text), greeting: true }
    conversation.receive([{ message, updatedAt: 0 }])
    if (!facts.isPanelOpen.peek()) update({ greetings: [...facts.greetings.peek(), message] })
  }

  const fire = async ({ id, isOnce, actions }: Trigger) => {
    if (facts.room.peek()?.open || !facts.online.peek()) return
    if (isOnce) {
      if (firedHere.has(id)) return
      firedHere.add(id)
      if (!(await claimForever(id))) return
    }
    for (const action of actions) {
      const { author, texts } = await greetings.of(id, action)
      texts.forEach((text) => greet(text, author))
    }
  }

  const timers = createTimers({ core, hasFired: (id) => firedHere.has(id), fire })

  const fireAll = (condition: Condition, isMet: (value: string) => boolean = () => true) => {
    for (const trigger of triggers)
      if (trigger.conditions.some(({ name, value }) => name === condition && isMet(value))) void fire(trigger)
  }
  const fireForAddress = () => fireAll('page-url', (pattern) => matches(pattern, href))

  const followAddress = () => {
    undoAddress = core.observeAddress((address) => {
      if (address === href) return
      href = address
      fireForAddress()
    })
  }

  return {
    async load(list) {
      const listed = decodeTriggers(list)
      if (toJson(listed) === toJson(triggers)) return
      triggers = listed
      if (undoAddress) fireForAddress()
      else followAddress()
      await timers.start(triggers)
    },
    onPanelOpened: () => fireAll('chat-opened-by-visitor'),
    onRegistered: () => fireAll('after-guest-registration'),
    stop() {
      timers.stop()
      undoAddress?.()
    },
  }
}
