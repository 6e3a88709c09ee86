/** What the visitor says: shown at once, kept until the server has it, in order and exactly once. */
import type { Core } from '../visitor/contracts'
import type { Verdict, LaneRecord } from '../tracking/contracts'
import type { Json } from '../wire/json'
import type { Paragraphs } from './contracts'
import { blank, type Conversation } from './conversation'
import { later } from './room'

/** One message on its way. `id` sorts by time, `messageId` is what the server knows it by. */
export interface Said extends LaneRecord {
  messageId: string
  text: string
  /** The conversation it belongs to; none: it begins one. */
  roomId?: string
}

export interface Failed extends Said {
  code: string
  says: string
}

/** What tabs tell each other of their own messages. */
export type Word =
  | { kind: 'said'; said: Said }
  | { kind: 'failed'; failed: Failed }
  | { kind: 'discarded'; id: string }
  | { kind: 'stored'; message: unknown; id: string }

export interface SendingOptions {
  core: Core
  conversation: Conversation
  /** The text as pieces to draw. */
  read(said: string): Paragraphs[]
  room: {
    ensure(): Promise<{ kind: 'open'; token: string; roomId: string } | Verdict>
    gone(roomId: string): Promise<void>
  }
  /** A message the server has. */
  take(message: unknown, id: string): Promise<void>
  tell(word: Word): void
  /** A message was refused for good: what is known of the server may be out of date. */
  onRefused(): void
}

export const failedKey = 'chat/failed/'

export const createSending = ({ core, conversation, read, room, take, tell, onRefused }: SendingOptions) => {
  const { note } = conversation
  let lastMs = 0

  const stored = (id: string, { message }: Json): Verdict => {
    void take(message, id)
    tell({ kind: 'stored', message, id })
    return { kind: 'done' }
  }

  /** A message the server already has is refused with whatever its code stumbles over: whether it has it is asked. */
  const settle = async (
    { messageId }: Said,
    token: string,
    rid: string,
    code: string,
    says: string,
  ): Promise<Verdict> => {
    const found = await core.call('GET', `livechat/message/${messageId}`, { query: { token, rid } })
    if (found.kind === 'ok') return stored(messageId, found.body)
    return found.kind === 'refused' ? { kind: 'drop', code: code || 'refused', says } : later(found)
  }

  const deliver = async (said: Said): Promise<Verdict> => {
    const { messageId, text, roomId: meant } = said
    const { token: now, roomId: open } = await core.visitor.state()
    if (meant && meant !== open) return settle(said, now, meant, 'room-closed', '')
    const place = await room.ensure()
    if (place.kind !== 'open') return place
    const { token, roomId } = place
    const answer = await core.call('POST', 'livechat/message', {
      body: { token, rid: roomId, _id: messageId, msg: text },
    })
    if (answer.kind === 'ok') return stored(messageId, answer.body)
    if (answer.kind !== 'refused' || answer.status >= 500 || answer.code === 'invalid-token') return later(answer)
    const { code, says } = answer
    const outcome = await settle(said, token, roomId, code, says)
    if (outcome.kind === 'drop' && /^(room-closed|invalid-room)$/.test(code)) {
      await room.gone(roomId)
      // Nothing was said in that one yet by this message: it may begin another.
      if (!meant) return { kind: 'wait', ms: 0 }
    }
    return outcome
  }

  const fail = ({ messageId, code, says }: Failed) => {
    if (conversation.find(messageId)?.state === 'sending')
      conversation.amend(messageId, { state: 'failed', failure: { code, says } })
  }

  const show = ({ messageId, text, at }: Said, failed?: Failed) => {
    const author = { username: core.visitor.current()?.visitor?.username ?? '', name: '' }
    conversation.receive([
      {
        message: { ...blank, id: messageId, at, from: 'visitor', author, state: 'sending', text, body: read(text) },
        updatedAt: 0,
      },
    ])
    if (failed) fail(failed)
  }

  const lane = core.lane<Said>({
    name: 'message',
    deliver,
    onDrop(said, reason, code = reason, says = '') {
      const failed = { ...said, code, says }
      if (conversation.find(said.messageId)?.state === 'sent') return
      void core.storage.set(failedKey + said.id, failed)
      fail(failed)
      tell({ kind: 'failed', failed })
      onRefused()
    },
    onWait: (wait) => note({ wait }),
  })

  const put = async (messageId: string, text: string) => {
    // Two in one millisecond are two in order all the same.
    const at = (lastMs = Math.max(core.clock.now(), lastMs + 1))
    const there = conversation.facts.room.peek()
    const said: Said = {
      id: at.toString(36).padStart(9, '0') + messageId,
      at,
      messageId,
      text,
      ...(there?.open && { roomId: there.id }),
    }
    show(said)
    tell({ kind: 'said', said })
    await lane.put(said)
    lane.wake()
  }

  const forget = (messageId: string) => {
    conversation.keep(({ id, state }) => id !== messageId || state === 'sent')
  }

  const failures = () => core.storage.list<Failed>(failedKey)

  return {
    lane,
    put,
    forget,
    /** What was refused for good, and not given up yet. */
    failures,

    async send(text: string) {
      if (text.trim()) await put(core.randomId(), text.trim())
    },

    /** What another tab says. */
    hear(word: Word) {
      if (word.kind === 'said') {
        forget(word.said.messageId)
        show(word.said)
      } else if (word.kind === 'failed') fail(word.failed)
      else if (word.kind === 'discarded') forget(word.id)
      else if (word.kind === 'stored') void take(word.message, word.id)
    },

    /** What waits or failed on an earlier page. */
    async recall() {
      const [waiting, failed] = await Promise.all([lane.waiting(), failures()])
      failed.forEach((one) => show(one, one))
      waiting.forEach((said) => show(said))
    },
  }
}

export type Sending = ReturnType<typeof createSending>
