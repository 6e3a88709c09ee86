/** Tells the agent when the visitor has been elsewhere for long, and when they are back. */
import type { Core } from '../../visitor/contracts'
import type { Calls } from './calls'
import type { Conversation } from '../conversation'

/** As the official widget. */
const awayAfterMs = 300_000

export const createPresence = ({
  core,
  conversation: { facts },
  calls,
}: {
  core: Core
  conversation: Conversation
  calls: Calls
}) => {
  let away = false
  let undo = () => {}

  const say = async (status: 'online' | 'away') => {
    if (!facts.room.peek()?.open) return
    away = status === 'away'
    await calls.status((await core.visitor.state()).token, status)
  }

  return {
    /** Nobody looks at this tab. */
    leave() {
      undo()
      undo = core.clock.after(
        awayAfterMs,
        core.guard(() => say('away')),
      )
    },
    /** Somebody looks at another one. */
    elsewhere: () => undo(),
    come() {
      undo()
      if (away) void say('online')
    },
    stop: () => undo(),
  }
}
