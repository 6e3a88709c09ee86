/** What was not sent: tried again, or given up, when the visitor says so. */
import type { Core } from '../../visitor/contracts'
import type { Conversation } from '../conversation'
import { failedKey, type Said, type Sending, type Word } from '../sending'

export interface FailuresOptions {
  core: Core
  conversation: Conversation
  sending: Sending
  tell(word: Word): void
}

export const createFailures = ({
  core,
  conversation,
  sending: { lane, failures, forget, put },
  tell,
}: FailuresOptions) => {
  const gone = async (messageId: string) => {
    const of = (list: Said[]) => list.find((said) => said.messageId === messageId)?.id
    const [waiting, failed] = [of(await lane.waiting()), of(await failures())]
    await Promise.all([waiting && lane.remove(waiting), failed && core.storage.delete(failedKey + failed)])
  }

  return {
    async retry(messageId: string) {
      const message = conversation.find(messageId)
      if (message?.state !== 'failed') return
      await gone(messageId)
      forget(messageId)
      await put(messageId, message.text)
    },

    async discard(messageId: string) {
      if (conversation.find(messageId)?.state === 'sent') return
      forget(messageId)
      tell({ kind: 'discarded', id: messageId })
      await gone(messageId)
    },
  }
}
