/** What the visitor may ask for beside talking. Each rejects with a refusal when it was not done. */
import type { Answer } from '../../wire/answer'
import type { Core } from '../../visitor/contracts'
import { refusalOf, type Calls } from './calls'
import type { Chat } from '../contracts'
import type { Conversation } from '../conversation'

export interface VerbsOptions {
  core: Core
  conversation: Conversation
  calls: Calls
  room: { end(roomId: string): void; leave(): Promise<void> }
  refresh(): Promise<void>
}

type Verbs = Pick<Chat, 'finish' | 'startNew' | 'switchDepartment' | 'survey' | 'transcript' | 'act'>

export const createVerbs = ({ core, conversation, calls, room, refresh }: VerbsOptions): Verbs => {
  const { facts } = conversation

  const surely = async (asked: Promise<Answer>, fine: (answer: Answer) => boolean = () => false): Promise<void> => {
    const answer = await asked
    const refusal = refusalOf(answer)
    if (refusal && !fine(answer)) throw refusal
  }

  const place = async () => ({ token: (await core.visitor.state()).token, roomId: facts.room.peek()?.id ?? '' })

  return {
    async finish() {
      const { token, roomId } = await place()
      if (!facts.room.peek()?.open) return
      await surely(
        calls.close(token, roomId),
        (answer) => answer.kind === 'refused' && /^(room-closed|invalid-room)$/.test(answer.code),
      )
      room.end(roomId)
    },

    async startNew() {
      if (facts.room.peek()?.open) return
      if (facts.config.peek()?.clearWhenEnded) await core.reset()
      await room.leave()
      await refresh()
    },

    async switchDepartment(id) {
      const { token, roomId } = await place()
      if (facts.room.peek()?.open) await surely(calls.transfer(token, roomId, id))
      else await core.visitor.register({ department: id })
    },

    async survey(answers) {
      const { token, roomId } = await place()
      const data = Object.entries(answers).flatMap(([name, value]) =>
        value.trim() ? [{ name, value: value.trim() }] : [],
      )
      if (data.length) await surely(calls.survey(token, roomId, data))
    },

    async transcript(email) {
      const { token, roomId } = await place()
      await surely(calls.transcript(token, roomId, email.trim()))
    },

    async act(messageId, { appId, actionId, blockId, value }) {
      const { token, roomId } = await place()
      const body = {
        type: 'blockAction',
        actionId,
        rid: roomId,
        mid: messageId,
        container: { type: 'message', id: messageId },
        triggerId: core.randomId(),
        payload: { blockId, value },
      }
      // Apps answer as they like; whether it was taken is in the status alone.
      await surely(calls.act(token, appId, body), (answer) => answer.kind === 'odd' && answer.status < 300)
    },
  }
}
