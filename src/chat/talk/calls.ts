/** The verbs of the conversation over REST. Where a route has moved, the newer one is tried first and the answer remembered. */
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
const unknownRoute = (answer: Answer): boolean =>
  answer.kind === 'odd' || (answer.kind === 'refused' && (answer.status === 404 || answer.status === 405))

export const createCalls = (call: Core['call']) => {
  let moved: string | undefined
  return {
    history: (token: string, rid: string, limit: number, end?: string) =>
      call('GET', `livechat/messages.history/${rid}`, { query: { token, limit, end } }),
    message: (token: string, rid: string, id: string) =>
      call('GET', `livechat/message/${id}`, { query: { token, rid } }),
    status: (token: string, status: string) => call('POST', 'livechat/visitor.status', { body: { token, status } }),
    close: (token: string, rid: string) => call('POST', 'livechat/room.close', { body: { rid, token } }),
    survey: (token: string, rid: string, data: { name: string; value: string }[]) =>
      call('POST', 'livechat/room.survey', { body: { rid, token, data } }),
    transcript: (token: string, rid: string, email: string) =>
      call('POST', 'livechat/transcript', { body: { rid, token, email } }),
    leaveMessage: (body: { name: string; email: string; message: string; department?: string }) =>
      call('POST', 'livechat/offline.message', { body }),
    act: (token: string, appId: string, body: unknown) =>
      call('POST', `/api/apps/ui.interaction/${encodeURIComponent(appId)}`, {
        body,
        headers: { 'x-visitor-token': token },
      }),
    async transfer(token: string, rid: string, department: string): Promise<Answer> {
      const body = { rid, token, department }
      const answer = await call('POST', moved ?? 'livechat/visitor/department.transfer', { body })
      if (moved || !unknownRoute(answer)) return answer
      const older = await call('POST', 'livechat/room.transfer', { body })
      if (!unknownRoute(older)) moved = 'livechat/room.transfer'
      return older
    },
  }
}

export type Calls = ReturnType<typeof createCalls>
