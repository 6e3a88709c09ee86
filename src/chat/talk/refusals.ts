import type { Answer } from '../../wire/answer'
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
