import type { Core } from '../../visitor/contracts'
import { decodeTyping } from '../../wire/frames'
import type { Conversation } from '../conversation'
import type { Subscription } from './socket/subscriptions'

export interface TypingParts {
  core: Pick<Core, 'clock' | 'guard' | 'visitor' | 'options'>
  conversation: Pick<Conversation, 'facts' | 'update'>
  callMethod(name: string, params: unknown[]): void
}

export interface Typing {
  subscriptions(roomId: string): Subscription[]
  /** The visitor has pressed a key. */
  onKey(): void
  /** The visitor has sent the text, or gone. */
  stop(): void
  /** Somebody in the room types, or has stopped. */
  receive(event: string, args: unknown[]): void
  /** Nobody is shown as typing any more: the message has come, or the connection is gone. */
  clear(): void
}

const stream = 'stream-notify-room'
const repeatEveryMs = 4500
const stopAfterMs = 5000
/** Somebody who has neither typed on nor stopped by then has gone. */
const forgetAfterMs = 15_000

/** Today's servers speak of `user-activity`; Rocket.Chat before 4.0 spoke of `typing`. */
type Dialect = 'user-activity' | 'typing'

/** Who is typing, in both directions. */
export const createTyping = ({ core, conversation: { facts, update }, callMethod }: TypingParts): Typing => {
  const { clock, visitor } = core
  const forgetTimers = new Map<string, () => void>()
  /** No answer tells which dialect a server speaks, and it drops the other without a word: both are used until the agent has typed. */
  let dialects: Dialect[] = ['user-activity', 'typing']
  let reportedAtMs: number | undefined
  let cancelStop = () => {}

  const report = (isTyping: boolean) => {
    const room = facts.room.peek()
    const state = visitor.current()
    if (!room?.open || !state?.visitor) return
    const { username } = state.visitor
    const activities = isTyping ? ['user-typing'] : []
    for (const dialect of dialects)
      callMethod(stream, [
        `${room.id}/${dialect}`,
        username,
        dialect === 'typing' ? isTyping : activities,
        { token: state.token },
      ])
  }

  const stop = () => {
    cancelStop()
    if (reportedAtMs !== undefined) report(false)
    reportedAtMs = undefined
  }

  const showTyping = () => update({ typing: [...forgetTimers.keys()] })

  const forget = (name: string) => {
    forgetTimers.get(name)?.()
    if (forgetTimers.delete(name)) showTyping()
  }

  return {
    stop,
    subscriptions: (roomId) => dialects.map((dialect) => ({ stream, event: `${roomId}/${dialect}` })),

    onKey() {
      cancelStop()
      cancelStop = clock.after(stopAfterMs, core.guard(stop))
      const nowMs = clock.now()
      if (reportedAtMs !== undefined && nowMs - reportedAtMs < repeatEveryMs) return
      reportedAtMs = nowMs
      report(true)
    },

    receive(event, args) {
      const change = decodeTyping(args)
      const agent = facts.agent.peek()
      const isHidden = agent?.hidden || facts.config.peek()?.agentHidden
      // Under the visitor's own name another tab of this browser types.
      if (!change || isHidden || change.username === visitor.current()?.visitor?.username) return
      dialects = [event.endsWith('/typing') ? 'typing' : 'user-activity']
      // Of somebody else no more is known than a username, which may be the whole name.
      const { agentName: shown = 'full' } = core.options()
      const other = shown === 'full' ? change.username : ''
      const name = agent?.username === change.username ? agent.name : other
      if (!change.typing) return forget(name)
      forgetTimers.get(name)?.()
      forgetTimers.set(
        name,
        clock.after(
          forgetAfterMs,
          core.guard(() => forget(name)),
        ),
      )
      showTyping()
    },

    clear() {
      forgetTimers.forEach((cancel) => cancel())
      forgetTimers.clear()
      if (facts.typing.peek().length) update({ typing: [] })
    },
  }
}
