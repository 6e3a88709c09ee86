/** What the visitor has seen, and a sound for what they have not: once, however many tabs are open. */
import type { Core } from '../../visitor/contracts'
import type { Message } from '../contracts'
import { counts, type Conversation } from '../conversation'

export interface NoticesOptions {
  core: Core
  conversation: Conversation
  tell(word: Word): void
  play(url: string): void
}

type Word = { kind: 'seen'; at: number } | { kind: 'muted'; muted: boolean }

const seenKey = 'chat/seen'
const rungKey = 'chat/rung'
const mutedKey = 'chat/muted'

const last = (messages: Message[], wanted: (message: Message) => boolean): Message | undefined => {
  for (let index = messages.length; index--;) if (wanted(messages[index]!)) return messages[index]
}

/** A sound, if the browser lets us: before the visitor has touched the page it does not. */
export const playSound = (url: string): void => {
  if (navigator.userActivation?.hasBeenActive === false) return
  new Audio(url).play().catch(() => undefined)
}

export const createNotices = ({ core, conversation, tell, play }: NoticesOptions) => {
  const { facts, note, messages } = conversation

  const seen = (at: number) => {
    if (at > facts.seenAt.peek()) note({ seenAt: at })
  }

  /** Whatever is there has been seen, as long as somebody looks. */
  const look = () => {
    if (!facts.open.peek() || !facts.visible.peek()) return
    const newest = last(messages.peek(), ({ state, greeting }) => state === 'sent' && !greeting)
    if (!newest || newest.at <= facts.seenAt.peek()) return
    seen(newest.at)
    tell({ kind: 'seen', at: newest.at })
    void core.storage.update<number>(seenKey, (old = 0) => Math.max(old, newest.at))
  }

  const undos = [messages.subscribe(look), facts.open.subscribe(look), facts.visible.subscribe(look)]

  return {
    async recall() {
      note({ seenAt: (await core.storage.get<number>(seenKey)) ?? 0 })
      look()
    },

    hear(said: unknown) {
      const word = said as Word
      if (word.kind === 'seen') seen(word.at)
      else if (word.kind === 'muted') note({ muted: word.muted })
    },

    mute(muted: boolean) {
      note({ muted })
      tell({ kind: 'muted', muted })
      void core.storage.set(mutedKey, muted)
    },

    /** Messages that came in just now. */
    async ring(fresh: Message[]) {
      const newest = last(fresh, (message) => counts(message) && !message.edited)
      if (!newest) return
      const { soundUrl } = facts.config.peek() ?? {}
      const wanted =
        core.options().sound !== false &&
        !facts.muted.peek() &&
        !(facts.open.peek() && facts.visible.peek()) &&
        soundUrl
      let first = false
      await core.storage.update<number>(rungKey, (old = 0) => {
        first = newest.at > old
        return first ? newest.at : old
      })
      if (first && wanted) play(wanted)
    },

    stop: () => undos.forEach((undo) => undo()),
  }
}
