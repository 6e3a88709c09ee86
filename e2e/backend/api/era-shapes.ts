import { errorObject, type Answer, type Body } from '../http/envelope.ts'

const refusalOf = ({ status, body }: Answer): Body | undefined => {
  const refusal = body as Body
  return status === 400 && refusal['success'] === false && typeof refusal['error'] === 'string' ? refusal : undefined
}

const codeOf = ({ error, errorType }: Body) => String(errorType ?? error)

/** The reason is missing where none was given. */
function meteorError(refusal: Body) {
  const says = String(refusal['error'])
  const hasReason = refusal['errorType'] !== undefined && !says.startsWith('[')
  const { details } = refusal
  return {
    ...errorObject(codeOf(refusal), hasReason ? says.slice(0, says.lastIndexOf(' [')) : undefined),
    ...(details ? { details } : {}),
  }
}

const matchError = (message: string) => ({
  message,
  path: /in field (\S+)$/.exec(message)?.[1] ?? '',
  sanitizedError: errorObject(400, 'Match failed'),
  errorType: 'Match.Error',
})

/** Up to 5.1 livechat's routes caught what was thrown and answered with the error object itself. */
export function asThrown(answer: Answer): Answer {
  const refusal = refusalOf(answer)
  if (!refusal) return answer
  const says = String(refusal['error'])
  const thrown = says.startsWith('Match error:') ? matchError(says) : meteorError(refusal)
  return { ...answer, body: { ...thrown, success: false } }
}

/** A few of those routes answered with the code alone, which a failed type check does not have. */
export function asCode(answer: Answer): Answer {
  const refusal = refusalOf(answer)
  if (!refusal) return answer
  const isMatch = String(refusal['error']).startsWith('Match error:')
  return { ...answer, body: isMatch ? { success: false } : { success: false, error: codeOf(refusal) } }
}

/** Which codes belong to the family is concluded from its name. */
const forbiddenCodes = /not-allowed|not-authorized|^error-unauthorized$/

/** From 9.0 on everything that is not allowed is a 403 of one type: the true code is in the text's brackets only. */
export function asForbidden(answer: Answer): Answer {
  const { status, body } = answer
  const isForbidden = status === 403 && /\[[^\]]+\]$/.test(String((body as Body)['error']))
  const refusal = isForbidden ? (body as Body) : refusalOf(answer)
  if (!refusal || !(isForbidden || forbiddenCodes.test(codeOf(refusal)))) return answer
  const says = String(refusal['error'])
  const error = says.endsWith(']') ? says : `[${says}]`
  return { ...answer, status: 403, body: { ...refusal, error, errorType: 'error-forbidden' } }
}
