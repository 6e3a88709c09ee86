import type { Lane } from '../../tracking/contracts'
import { messageLane } from '../../tracking/keys'
import { sortable } from '../../browser/id'
import type { Core } from '../../visitor/contracts'
import type { Message, Paragraphs } from '../contracts'
import { textOnly, type Conversation } from '../conversation'
import { createDelivery, type DeliveryParts } from './delivery'
import { failedMessagePrefix } from '../keys'
import type { FailedMessage, MessageRecord, TabMessage } from './records'

export interface SendingParts extends DeliveryParts {
  core: Pick<Core, 'call' | 'clock' | 'lane' | 'randomId' | 'storage' | 'visitor'>
  conversation: Pick<Conversation, 'facts' | 'update' | 'receive' | 'findMessage' | 'changeMessage' | 'keepMessages'>
  /** Turns a text into pieces to draw. */
  parseText(text: string): Paragraphs[]
  postToTabs(message: TabMessage): void
  /** A message was refused for good, or nobody has answered: what is known of the server may be out of date. */
  checkServer(): void
}

export interface Sending {
  lane: Lane<MessageRecord>
  send(text: string): Promise<void>
  /** Shows a message and puts it into the lane. */
  put(messageId: string, text: string): Promise<void>
  /** Takes an unsent message off the screen. */
  hide(messageId: string): void
  /** The server has a message of this tab: `message` is its own copy. */
  stored(message: unknown, id: string): void
  failedMessages(): Promise<FailedMessage[]>
  followTab(message: TabMessage): void
  /** Shows what waits or has failed since an earlier page. */
  restore(): Promise<void>
}

/** What is shown of a message until the server's own copy is here. */
const shownMessage = (
  { messageId, text, at }: MessageRecord,
  username: string,
  parseText: SendingParts['parseText'],
): Message => ({
  ...textOnly,
  id: messageId,
  at,
  from: 'visitor',
  author: { username, name: '' },
  text,
  body: parseText(text),
  state: 'sending',
})

/** What the visitor writes: shown at once, kept until the server has it, sent in order and exactly once. */
export const createSending = (parts: SendingParts): Sending => {
  const { core, conversation, parseText, onStored, postToTabs, checkServer } = parts
  let lastAtMs = 0

  const showFailure = ({ messageId, code, says }: FailedMessage) => {
    if (conversation.findMessage(messageId)?.state === 'sending')
      conversation.changeMessage(messageId, { state: 'failed', failure: { code, says } })
  }

  const show = (record: MessageRecord) => {
    const username = core.visitor.current()?.visitor?.username ?? ''
    conversation.receive([{ message: shownMessage(record, username, parseText), updatedAt: 0 }])
  }

  const hide = (messageId: string) => conversation.keepMessages(({ id, state }) => id !== messageId || state === 'sent')

  const stored = (message: unknown, id: string) => {
    onStored(message, id)
    postToTabs({ kind: 'stored', message, id })
  }

  const lane = core.lane<MessageRecord>({
    name: messageLane,
    deliver: createDelivery({ ...parts, onStored: stored }),
    onDrop(record, reason, code = reason, says = '') {
      const failed = { ...record, code, says }
      if (conversation.findMessage(record.messageId)?.state === 'sent') return
      void core.storage.set(failedMessagePrefix + record.id, failed)
      showFailure(failed)
      postToTabs({ kind: 'failed', failed })
      checkServer()
    },
    onWait(sendWait) {
      conversation.update({ sendWait })
      // An open room has a websocket that tells.
      if (sendWait && !sendWait.limited && conversation.facts.socket.peek().state === 'idle') checkServer()
    },
  })

  const put = async (messageId: string, text: string) => {
    // Two messages of one millisecond are in order all the same.
    const at = (lastAtMs = Math.max(core.clock.now(), lastAtMs + 1))
    const openRoom = conversation.facts.room.peek()
    const record: MessageRecord = {
      id: sortable(at) + messageId,
      at,
      messageId,
      text,
      ...(openRoom?.open && { roomId: openRoom.id }),
    }
    show(record)
    postToTabs({ kind: 'said', said: record })
    await lane.put(record)
    lane.wake()
  }

  const failedMessages = () => core.storage.list<FailedMessage>(failedMessagePrefix)

  return {
    lane,
    put,
    hide,
    stored,
    failedMessages,

    async send(text) {
      if (text.trim()) await put(core.randomId(), text.trim())
    },

    followTab(message) {
      switch (message.kind) {
        case 'said':
          hide(message.said.messageId)
          return show(message.said)
        case 'failed':
          return showFailure(message.failed)
        case 'discarded':
          return hide(message.id)
        case 'stored':
          return onStored(message.message, message.id)
      }
    },

    async restore() {
      const [waiting, failed] = await Promise.all([lane.waiting(), failedMessages()])
      for (const message of failed) {
        show(message)
        showFailure(message)
      }
      waiting.forEach(show)
    },
  }
}
