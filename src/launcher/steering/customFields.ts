import type { Clock, Transport } from '../../browser/ports'
import { TagalongError, type ErrorCode } from '../../options'
import type { VisitorStore } from '../../tracking/contracts'
import type { VisitorState } from '../../tracking/stored'
import type { Answer } from '../../wire/answer'

export interface CustomFieldsParts {
  visitor: Pick<VisitorStore, 'state' | 'observe'>
  clock: Pick<Clock, 'after'>
  call: Transport['call']
  warnOnce(code: ErrorCode, says: string): void
}

interface Waiting {
  value: string
  overwrite: boolean
  /** Of the one visitor it is about, where it must be told of no other. */
  token?: string
  resolve(): void
  reject(error: TagalongError): void
}

const retryMs = 10_000

const reasonOf = ({ code, says }: { code: string; says: string }): string =>
  code === 'invalid-custom-field'
    ? 'it has none of that name. Create it in Rocket.Chat, under Omnichannel → Custom Fields, with the scope Visitor or Room.'
    : says || code

/** One field at a time, of the visitor or of the conversation: which of them it belongs to, the server alone knows. */
export interface CustomFields {
  /** `token`: of the visitor that the value is about. Should another use this browser before it is sent, it never is. Without one, it is about whoever comes. */
  set(id: string, value: string, overwrite: boolean, token?: string): Promise<void>
}

export const createCustomFields = ({ visitor, clock, call, warnOnce }: CustomFieldsParts): CustomFields => {
  const waiting = new Map<string, Waiting>()
  let isSending = false
  let isAskedAgain = false

  const settle = (id: string, answer: Answer): 'settled' | 'later' => {
    const field = waiting.get(id)
    if (answer.kind === 'ok') field?.resolve()
    else if (answer.kind === 'refused' && answer.code) {
      warnOnce('refused', `The server does not take the custom field “${id}”: ${reasonOf(answer)}`)
      field?.reject(
        new TagalongError('refused', answer.says || answer.code, { serverCode: answer.code, says: answer.says }),
      )
    } else return 'later'
    waiting.delete(id)
    return 'settled'
  }

  /** Those that the server has no words about belong to a conversation, and wait for one; where one runs, the server has the value already. */
  const send = async ({ token, roomId }: VisitorState): Promise<void> => {
    for (const [id, field] of [...waiting]) {
      if (field.token && field.token !== token) {
        waiting.delete(id)
        field.resolve()
        continue
      }
      const answer = await call('POST', 'livechat/custom.field', {
        body: { token, key: id, value: field.value, overwrite: field.overwrite },
      })
      // It may have been set anew meanwhile.
      if (waiting.get(id) !== field || settle(id, answer) === 'settled') continue
      if (answer.kind !== 'refused') {
        clock.after(answer.kind === 'limited' ? answer.retryAfterMs : retryMs, () => void sendAll())
        return
      }
      if (roomId) settle(id, { kind: 'ok', status: 200, body: {} })
    }
  }

  const sendAll = async (): Promise<void> => {
    isAskedAgain = true
    if (isSending) return
    isSending = true
    try {
      // What is set while others are on their way goes after them.
      while (isAskedAgain && waiting.size) {
        isAskedAgain = false
        const state = await visitor.state()
        if (state.visitor) await send(state)
      }
    } finally {
      isSending = false
    }
  }
  visitor.observe((state, before) => {
    if (state.visitor && (!before?.visitor || state.roomId !== before.roomId)) void sendAll()
  })

  return {
    set: (id, value, overwrite, token) =>
      new Promise((resolve, reject) => {
        waiting.get(id)?.resolve()
        waiting.set(id, { value, overwrite, token, resolve, reject })
        void sendAll()
      }),
  }
}
