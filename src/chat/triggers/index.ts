import type { Undo } from '../../browser/ports'
import { toJson } from '../../wire/json'
import type { Triggers, TriggersParts } from './contracts'
import { decodeTriggers, type Condition, type Trigger } from './decode'
import { createFiring } from './firing'
import { createKeptGreetings } from './keptGreetings'
import { createTimers } from './timers'

const matches = (pattern: string, href: string): boolean => {
  try {
    return new RegExp(pattern).test(href)
  } catch {
    // The administrator has written no regular expression, or one for another engine.
    return false
  }
}

/** Greetings that the server wants said when something happens on the page. They exist only here: the server has no such messages. */
export const createTriggers = (parts: TriggersParts): Triggers => {
  const { core, conversation } = parts
  const { facts } = conversation
  const keptGreetings = createKeptGreetings(core, conversation)
  const { fire, hasFired } = createFiring(parts, keptGreetings)
  let triggers: Trigger[] = []
  let href = ''
  let undoAddress: Undo | undefined

  const timers = createTimers({
    core,
    hasFired,
    // Whoever has the chat open needs not be called to it.
    fire: async (trigger) => (facts.isPanelOpen.peek() ? undefined : fire(trigger)),
  })

  const fireAll = (condition: Condition, isMet: (value: string) => boolean = () => true) => {
    for (const trigger of triggers)
      if (trigger.conditions.some(({ name, value }) => name === condition && isMet(value))) void fire(trigger)
  }
  const fireForAddress = () => fireAll('page-url', (pattern) => matches(pattern, href))

  const greetAfterRegistration = () => fireAll('after-guest-registration')

  /** A chat has begun, or has ended and left the visitor as registered as at first. */
  const followRoom = () => {
    let wasOpen = facts.room.peek()?.open
    return facts.room.subscribe((room) => {
      if (room?.open && !wasOpen) core.guard(keptGreetings.forget)()
      if (wasOpen && !room?.open) greetAfterRegistration()
      wasOpen = room?.open
    })
  }
  const undoRoom = followRoom()
  core.guard(keptGreetings.restore)()

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
    onRegistered: greetAfterRegistration,
    stop() {
      timers.stop()
      undoRoom()
      undoAddress?.()
    },
  }
}
