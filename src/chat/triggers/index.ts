import type { Undo } from '../../browser/ports'
import { toJson } from '../../wire/json'
import { createPatternsLoader } from '../patternsLoader'
import type { Triggers, TriggersParts } from './contracts'
import { decodeTriggers, type Condition, type Trigger } from './decode'
import { createFiring } from './firing'
import { createKeptGreetings } from './keptGreetings'
import { createTimers } from './timers'

/** Servers know no condition for what a host tells of: the condition of the address names it, where no address begins so. */
const eventPrefix = 'event:'

/** Greetings that the server wants said when something happens on the page. They exist only here: the server has no such messages. */
export const createTriggers = (parts: TriggersParts): Triggers => {
  const { core, conversation } = parts
  const { facts } = conversation
  const keptGreetings = createKeptGreetings(core, conversation)
  const { fire, hasFired, takeBackInvitations } = createFiring(parts, keptGreetings)
  const patterns = createPatternsLoader({ core })
  let triggers: Trigger[] = []
  let href = ''
  let undoAddress: Undo | undefined

  const timers = createTimers({
    core,
    hasFired,
    // Whoever has the chat open needs not be called to it.
    fire: async (trigger) => (facts.isPanelOpen.peek() ? undefined : fire(trigger)),
  })

  const fireAll = (condition: Condition) => {
    for (const trigger of triggers)
      if (trigger.conditions.some(({ name }) => name === condition)) core.guard(fire)(trigger)
  }
  /** `here` is the address whose triggers are asked for: an answer that comes when the visitor has gone on is too late. */
  const fireIfOn = core.guard(async (trigger: Trigger, here: string) => {
    for (const { name, value } of trigger.conditions)
      if (name === 'page-url' && (await patterns.matches(value, here)) === 'yes' && here === href) return fire(trigger)
  })
  const fireForAddress = () => triggers.forEach((trigger) => fireIfOn(trigger, href))

  const greetAfterRegistration = () => fireAll('after-guest-registration')

  /** A chat has begun, or has ended and left the visitor as registered as at first. */
  const followRoom = () => {
    let wasOpen = facts.room.peek()?.open
    return facts.room.subscribe((room) => {
      if (room?.open && !wasOpen) {
        takeBackInvitations()
        core.guard(keptGreetings.forget)()
      }
      if (wasOpen && !room?.open) greetAfterRegistration()
      wasOpen = room?.open
    })
  }
  const undoRoom = followRoom()
  core.guard(keptGreetings.restore)()

  const followAddress = () => {
    let ofPage = ''
    const follow = () => {
      const address = core.options().triggerUrl ?? ofPage
      if (!address || address === href) return
      href = address
      fireForAddress()
    }
    const undos = [
      core.observeAddress((address) => {
        ofPage = address
        follow()
      }),
      core.observeOptions(follow),
    ]
    undoAddress = () => undos.forEach((undo) => undo())
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
    onEvent(event) {
      for (const trigger of triggers)
        if (trigger.conditions.some(({ name, value }) => name === 'page-url' && value === eventPrefix + event))
          core.guard(fire)(trigger)
    },
    stop() {
      timers.stop()
      patterns.stop()
      undoRoom()
      undoAddress?.()
    },
  }
}
