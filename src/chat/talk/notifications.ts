import type { Core } from '../../visitor/contracts'
import type { Chat, Message } from '../contracts'
import { countsAsUnread, type Conversation } from '../conversation'
import { mutedKey, rungKey, seenKey } from '../keys'
import type { TabMessage } from '../sending/records'

export interface NotificationsParts {
  core: Pick<Core, 'storage' | 'options'>
  conversation: Pick<Conversation, 'facts' | 'update' | 'messages'>
  postToTabs(message: TabMessage): void
  playSound(url: string): void
}

export interface Notifications extends Pick<Chat, 'setMuted'> {
  /** Reads what the visitor has seen on earlier pages. */
  restore(): Promise<void>
  followTab(message: TabMessage): void
  /** Plays a sound for messages that have just come, unless the visitor looks at them or wants none. */
  ring(newMessages: Message[]): Promise<void>
  stop(): void
}

/** Arrays have a `findLast` of their own only in ES2023. */
const findLast = (messages: Message[], isWanted: (message: Message) => boolean): Message | undefined => {
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index]
    if (message && isWanted(message)) return message
  }
}

/** Before the visitor has touched the page browsers let no sound play, and say so on the console. */
export const playSound = (url: string): void => {
  if (navigator.userActivation?.hasBeenActive === false) return
  // The browser may refuse all the same (autoplay policies differ); then there is no sound.
  new Audio(url).play().catch(() => undefined)
}

/** What the visitor has seen, and a sound for what they have not: once, however many tabs are open. */
export const createNotifications = ({
  core,
  conversation,
  postToTabs,
  playSound: play,
}: NotificationsParts): Notifications => {
  const { facts, update, messages } = conversation

  const isLookedAt = () => facts.isPanelOpen.peek() && facts.isPageVisible.peek()

  const setSeen = (seenAtMs: number) => {
    if (seenAtMs > facts.seenAtMs.peek()) update({ seenAtMs })
  }

  const markSeen = () => {
    if (!isLookedAt()) return
    const newest = findLast(messages.peek(), ({ state, greeting }) => state === 'sent' && !greeting)
    if (!newest || newest.at <= facts.seenAtMs.peek()) return
    setSeen(newest.at)
    postToTabs({ kind: 'seen', at: newest.at })
    void core.storage.update<number>(seenKey, (old = 0) => Math.max(old, newest.at))
  }

  const soundToPlay = (): string | undefined => {
    const isSilent = core.options().sound === false || facts.muted.peek() || isLookedAt()
    return isSilent ? undefined : facts.config.peek()?.soundUrl
  }

  const undos = [messages, facts.isPanelOpen, facts.isPageVisible].map((signal) => signal.subscribe(markSeen))

  return {
    async restore() {
      update({ seenAtMs: (await core.storage.get<number>(seenKey)) ?? 0 })
      markSeen()
    },

    followTab(message) {
      if (message.kind === 'seen') setSeen(message.at)
      else if (message.kind === 'muted') update({ muted: message.muted })
    },

    setMuted(muted) {
      update({ muted })
      postToTabs({ kind: 'muted', muted })
      void core.storage.set(mutedKey, muted)
    },

    async ring(newMessages) {
      const newest = findLast(newMessages, (message) => countsAsUnread(message) && !message.edited)
      if (!newest) return
      const sound = soundToPlay()
      // Each tab receives the message; the first of them to write it down plays the sound.
      let isFirst = false
      await core.storage.update<number>(rungKey, (old = 0) => {
        isFirst = newest.at > old
        return isFirst ? newest.at : old
      })
      if (isFirst && sound) play(sound)
    },

    stop: () => undos.forEach((undo) => undo()),
  }
}
