import type { Core } from '../../visitor/contracts'
import type { Chat } from '../contracts'
import type { Conversation } from '../conversation'
import { failedMessagePrefix } from '../keys'
import type { MessageRecord, TabMessage } from '../sending/records'
import type { Sending } from '../sending/sending'

export interface FailedMessagesParts {
  core: Pick<Core, 'storage'>
  conversation: Pick<Conversation, 'findMessage'>
  sending: Pick<Sending, 'lane' | 'failedMessages' | 'hide' | 'put'>
  postToTabs(message: TabMessage): void
}

/** A message that could not be sent is sent again, or given up, when the visitor says so. */
export const createFailedMessages = ({
  core,
  conversation,
  sending: { lane, failedMessages, hide, put },
  postToTabs,
}: FailedMessagesParts): Pick<Chat, 'retry' | 'discard'> => {
  const deleteRecords = async (messageId: string) => {
    const idIn = (records: MessageRecord[]) => records.find((record) => record.messageId === messageId)?.id
    const [waitingId, failedId] = [idIn(await lane.waiting()), idIn(await failedMessages())]
    await Promise.all([
      waitingId && lane.remove(waitingId),
      failedId && core.storage.delete(failedMessagePrefix + failedId),
    ])
  }

  return {
    async retry(messageId) {
      const message = conversation.findMessage(messageId)
      if (message?.state !== 'failed') return
      await deleteRecords(messageId)
      hide(messageId)
      await put(messageId, message.text)
    },

    async discard(messageId) {
      if (conversation.findMessage(messageId)?.state === 'sent') return
      hide(messageId)
      postToTabs({ kind: 'discarded', id: messageId })
      await deleteRecords(messageId)
    },
  }
}
