import type { Lane, Verdict } from '../tracking/contracts'
import { messageLane } from '../tracking/keys'
import { sortable } from '../browser/id'
import type { Core } from '../visitor/contracts'
import type { Json } from '../wire/json'
import type { Paragraphs } from './contracts'
import { textOnly, type Conversation } from './conversation'
import { failedMessagePrefix } from './keys'
import type { FailedMessage, MessageRecord, TabMessage } from './records'
import { retryVerdict, type OpenRoom, type Room } from './room'

export interface SendingParts {
  core: Pick<Core, 'call' | 'clock' | 'lane' | 'randomId' | 'storage' | 'visitor'>
  conversation: Pick<Conversation, 'facts' | 'update' | 'receive' | 'findMessage' | 'changeMessage' | 'keepMessages'>
  /** Turns a text into pieces to draw. */
  parseText(text: string): Paragraphs[]
  room: Pick<Room, 'ensureOpen' | 'endRefused'>
  /** The server has this message: `message` is its own copy. */
  onStored(message: unknown, id: string): void
  postToTabs(message: TabMessage): void
  /** A message was refused for good: the server's settings may have changed since they were fetched. */
  onRefused(): void
}

export interface Sending {
  lane: Lane<MessageRecord>
  send(text: string): Promise<void>
  /** Shows a message and puts it into the lane. */
  put(messageId: string, text: string): Promise<void>
  /** Takes an unsent message off the screen. */
  hide(messageId: string): void
  failedMessages(): Promise<FailedMessage[]>
  followTab(message: TabMessage): void
  /** Shows what waits or has failed since an earlier page. */
  restore(): Promise<void>
}

/** What the visitor writes: shown at once, kept until the server has it, sent in order and exactly once. */
export const createSending = (parts: SendingParts): Sending => {
  const { core, conversation, parseText, room, onStored, postToTabs, onRefused } = parts
  let lastAtMs = 0

  const stored = (id: string, { message }: Json): Verdict => {
    onStored(message, id)
    postToTabs({ kind: 'stored', message, id })
    return { kind: 'done' }
  }

  /**
   * Asks whether the server has a message that it has refused. Rocket.Chat does not say so of a message it has stored already: it refuses it
   * with the text of whatever exception its code meets.
   */
  const settleRefused = async (
    { messageId }: MessageRecord,
    { token, roomId: rid }: Pick<OpenRoom, 'token' | 'roomId'>,
    { code, says }: { code: string; says: string },
  ): Promise<Verdict> => {
    const found = await core.call('GET', `livechat/message/${messageId}`, { query: { token, rid } })
    if (found.kind === 'ok') return stored(messageId, found.body)
    return found.kind === 'refused' ? { kind: 'drop', code: code || 'refused', says } : retryVerdict(found)
  }

  const deliver = async (record: MessageRecord): Promise<Verdict> => {
    const { messageId, text, roomId: intendedRoomId } = record
    const { token: currentToken, roomId: openRoomId } = await core.visitor.state()
    if (intendedRoomId && intendedRoomId !== openRoomId)
      return settleRefused(record, { token: currentToken, roomId: intendedRoomId }, { code: 'room-closed', says: '' })
    const target = await room.ensureOpen()
    if (target.kind !== 'open') return target
    const { token, roomId } = target
    const answer = await core.call('POST', 'livechat/message', {
      body: { token, rid: roomId, _id: messageId, msg: text },
    })
    if (answer.kind === 'ok') return stored(messageId, answer.body)
    if (answer.kind !== 'refused' || answer.status >= 500 || answer.code === 'invalid-token')
      return retryVerdict(answer)
    const verdict = await settleRefused(record, target, answer)
    if (verdict.kind === 'drop' && /^(room-closed|invalid-room)$/.test(answer.code)) {
      await room.endRefused(roomId)
      // The message was not an answer to anything in that room, so it may begin another.
      if (!intendedRoomId) return { kind: 'wait', ms: 0 }
    }
    return verdict
  }

  const showFailure = ({ messageId, code, says }: FailedMessage) => {
    if (conversation.findMessage(messageId)?.state === 'sending')
      conversation.changeMessage(messageId, { state: 'failed', failure: { code, says } })
  }

  const show = ({ messageId, text, at }: MessageRecord) => {
    const author = { username: core.visitor.current()?.visitor?.username ?? '', name: '' }
    const own = { ...textOnly, id: messageId, at, from: 'visitor', author, text, body: parseText(text) } as const
    conversation.receive([{ message: { ...own, state: 'sending' }, updatedAt: 0 }])
  }

  const hide = (messageId: string) => {
    conversation.keepMessages(({ id, state }) => id !== messageId || state === 'sent')
  }

  const lane = core.lane<MessageRecord>({
    name: messageLane,
    deliver,
    onDrop(record, reason, code = reason, says = '') {
      const failed = { ...record, code, says }
      if (conversation.findMessage(record.messageId)?.state === 'sent') return
      void core.storage.set(failedMessagePrefix + record.id, failed)
      showFailure(failed)
      postToTabs({ kind: 'failed', failed })
      onRefused()
    },
    onWait: (sendWait) => conversation.update({ sendWait }),
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
