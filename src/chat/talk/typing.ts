/** Who is typing, both ways, in the words of today's servers and of old ones. */
import type { Core } from '../../visitor/contracts'
import { decodeTyping } from '../../wire/frames'
import type { Conversation } from '../conversation'
import type { Subscription } from './realtime'

export interface TypingOptions {
  core: Core
  conversation: Conversation
  method(name: string, params: unknown[]): void
}

const stream = 'stream-notify-room'
const sayEveryMs = 4500
const stopAfterMs = 5000
/** Who neither types on nor stops has gone. */
const forgetAfterMs = 15_000

type Dialect = 'user-activity' | 'typing'

export const createTyping = ({ core, conversation, method }: TypingOptions) => {
  const { facts, note } = conversation
  const { clock, visitor } = core
  const forgetting = new Map<string, () => void>()
  /** Nobody says which one a server speaks, and what is said in the other is dropped in silence: both, until the agent has typed. */
  let dialects: Dialect[] = ['user-activity', 'typing']
  let saidAtMs: number | undefined
  let undoStop = () => {}

  const say = (typing: boolean) => {
    const room = facts.room.peek()
    const state = visitor.current()
    if (!room?.open || !state?.visitor) return
    const {
      token,
      visitor: { username },
    } = state
    for (const dialect of dialects)
      method(stream, [
        `${room.id}/${dialect}`,
        username,
        dialect === 'typing' ? typing : typing ? ['user-typing'] : [],
        { token },
      ])
  }

  const stop = () => {
    undoStop()
    if (saidAtMs !== undefined) say(false)
    saidAtMs = undefined
  }

  const forget = (name: string) => {
    forgetting.get(name)?.()
    if (forgetting.delete(name)) note({ typing: [...forgetting.keys()] })
  }

  return {
    stop,
    subscriptions: (roomId: string): Subscription[] =>
      dialects.map((dialect) => ({ stream, event: `${roomId}/${dialect}` })),

    typed() {
      undoStop()
      undoStop = clock.after(stopAfterMs, core.guard(stop))
      const now = clock.now()
      if (saidAtMs !== undefined && now - saidAtMs < sayEveryMs) return
      saidAtMs = now
      say(true)
    },

    heard(event: string, args: unknown[]) {
      const dialect = event.split('/')[1] as Dialect
      const heard = decodeTyping(args)
      const agent = facts.agent.peek()
      if (
        !heard ||
        heard.username === visitor.current()?.visitor?.username ||
        agent?.hidden ||
        facts.config.peek()?.agentHidden
      )
        return
      dialects = [dialect]
      const name = agent?.username === heard.username ? agent.name : heard.username
      if (!heard.typing) return forget(name)
      forgetting.get(name)?.()
      forgetting.set(
        name,
        clock.after(
          forgetAfterMs,
          core.guard(() => forget(name)),
        ),
      )
      note({ typing: [...forgetting.keys()] })
    },

    /** What somebody typed has arrived, or nobody is there to hear it. */
    clear() {
      forgetting.forEach((undo) => undo())
      forgetting.clear()
      if (facts.typing.peek().length) note({ typing: [] })
    },
  }
}
