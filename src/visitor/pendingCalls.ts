import type { Tabs } from '../browser/ports'
import { TagalongError, type Visitor } from '../options'
import type { Core } from './contracts'

/** The message to the other tabs, under the topic `answered`: their pages may wait for the same answer. */
interface AnsweredMessage {
  ids: string[]
  visitor?: Visitor
  code?: string
  says?: string
}

export interface PendingCalls {
  /** The answer to the record with this id, whichever tab delivers the record. `isPatient`: as in `Registration`. */
  answerTo(id: string, isPatient: boolean | undefined): Promise<Visitor>
  settle(ids: string[], result: Visitor | TagalongError): void
  /** No answer comes for now: whoever is not patient is refused. */
  refuse(error: TagalongError): void
  /** As `settle`, in the other tabs as well: for what the server has said for good. */
  settleEverywhere(ids: string[], result: Visitor | TagalongError): void
}

/** The calls of the host and the chat that wait for the server's answer to their registration. */
export const createPendingCalls = ({ tabs, guard }: { tabs: Tabs; guard: Core['guard'] }): PendingCalls => {
  const pending = new Map<string, (result: Visitor | TagalongError) => void>()
  const impatientIds = new Set<string>()

  const settle = (ids: string[], result: Visitor | TagalongError) => {
    for (const id of ids) {
      pending.get(id)?.(result)
      pending.delete(id)
      impatientIds.delete(id)
    }
  }

  tabs.observe(
    'answered',
    guard((data) => {
      const { ids, visitor, code, says = '' } = data as AnsweredMessage
      settle(ids, visitor ?? new TagalongError('refused', says, { serverCode: code, says }))
    }),
  )

  return {
    settle,
    refuse(error) {
      settle([...impatientIds], error)
    },
    settleEverywhere(ids, result) {
      settle(ids, result)
      const message: AnsweredMessage =
        result instanceof TagalongError ? { ids, code: result.serverCode, says: result.says } : { ids, visitor: result }
      tabs.post('answered', message)
    },
    answerTo(id, isPatient) {
      const answer = new Promise<Visitor>((resolve, reject) =>
        pending.set(id, (result) => (result instanceof TagalongError ? reject(result) : resolve(result))),
      )
      if (!isPatient) impatientIds.add(id)
      // A host that does not wait for its call hears nothing of a rejection.
      answer.catch(() => {})
      return answer
    },
  }
}
