import type { Answer } from '../../wire/answer'
import type { Core } from '../../visitor/contracts'
import type { Refusal } from '../contracts'

class Refused extends Error implements Refusal {
  readonly code: string
  readonly says: string
  readonly retryAfterMs?: number
  constructor(code: string, says = '', retryAfterMs?: number) {
    super(says || code)
    this.name = 'Refusal'
    this.code = code
    this.says = says
    this.retryAfterMs = retryAfterMs
  }
}

/** Undefined when the server did as it was asked. */
export const refusalOf = (answer: Answer): Refusal | undefined => {
  switch (answer.kind) {
    case 'ok':
      return
    case 'refused':
      return new Refused(answer.code || 'refused', answer.says)
    case 'limited':
      return new Refused('limited', answer.says, answer.retryAfterMs)
    case 'silent':
      return new Refused(answer.why)
    default:
      return new Refused('unreachable')
  }
}

/** Old servers answer an unknown route with the page of their own chat, newer ones with a bare 404. */
const isUnknownRoute = (answer: Answer): boolean =>
  answer.kind === 'odd' || (answer.kind === 'refused' && (answer.status === 404 || answer.status === 405))

const transferRoute = 'livechat/visitor/department.transfer'
const olderTransferRoute = 'livechat/room.transfer'

export interface LivechatApi {
  history(token: string, roomId: string, limit: number, end?: string): Promise<Answer>
  message(token: string, roomId: string, messageId: string): Promise<Answer>
  status(token: string, status: 'online' | 'away'): Promise<Answer>
  close(token: string, roomId: string): Promise<Answer>
  survey(token: string, roomId: string, data: { name: string; value: string }[]): Promise<Answer>
  transcript(token: string, roomId: string, email: string): Promise<Answer>
  leaveMessage(body: { name: string; email: string; message: string; department?: string }): Promise<Answer>
  /** A click in a block, for the app that has made it. */
  interact(token: string, appId: string, body: unknown): Promise<Answer>
  transfer(token: string, roomId: string, department: string): Promise<Answer>
}

/** The REST calls of a conversation. */
export const createLivechatApi = (call: Core['call']): LivechatApi => {
  let hasOlderTransfer = false
  return {
    history: (token, roomId, limit, end) =>
      call('GET', `livechat/messages.history/${roomId}`, { query: { token, limit, end } }),
    message: (token, rid, messageId) => call('GET', `livechat/message/${messageId}`, { query: { token, rid } }),
    status: (token, status) => call('POST', 'livechat/visitor.status', { body: { token, status } }),
    close: (token, rid) => call('POST', 'livechat/room.close', { body: { rid, token } }),
    survey: (token, rid, data) => call('POST', 'livechat/room.survey', { body: { rid, token, data } }),
    transcript: (token, rid, email) => call('POST', 'livechat/transcript', { body: { rid, token, email } }),
    leaveMessage: (body) => call('POST', 'livechat/offline.message', { body }),
    interact: (token, appId, body) =>
      call('POST', `/api/apps/ui.interaction/${encodeURIComponent(appId)}`, {
        body,
        headers: { 'x-visitor-token': token },
      }),
    // The route has moved: the newer one is tried first, and which of them the server knows is remembered.
    async transfer(token, rid, department) {
      const body = { rid, token, department }
      if (!hasOlderTransfer) {
        const answer = await call('POST', transferRoute, { body })
        if (!isUnknownRoute(answer)) return answer
      }
      const answer = await call('POST', olderTransferRoute, { body })
      hasOlderTransfer ||= !isUnknownRoute(answer)
      return answer
    },
  }
}
