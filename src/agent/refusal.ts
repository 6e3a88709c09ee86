import type { Answer } from '../wire/answer'
import { AgentError, type AgentErrorCode } from './error'

/** What servers say by a code of their own. */
const codesByServerCode: Record<string, AgentErrorCode> = {
  'error-unauthorized': 'not-permitted',
  'error-not-authorized': 'not-permitted',
  'error-not-allowed': 'not-permitted',
  'invalid-room': 'not-found',
  'invalid-visitor': 'not-found',
  'visitor-not-found': 'not-found',
  'invalid-room-visitor': 'not-found',
  'invalid-token': 'not-found',
  'invalid-params': 'bad-request',
  'error-invalid-params': 'bad-request',
  'error-invalid-sort': 'bad-request',
}

const codeOf = (status: number, serverCode: string): AgentErrorCode => {
  if (status === 401) return 'not-logged-in'
  if (status === 403) return 'not-permitted'
  if (status === 405) return 'unknown-route'
  if (status === 404) return 'not-found'
  if (serverCode.startsWith('Match error:')) return 'bad-request'
  return (Object.hasOwn(codesByServerCode, serverCode) && codesByServerCode[serverCode]) || 'refused'
}

/** What to do about it, for the codes where something can be done. */
const remedies: Partial<Record<AgentErrorCode, string>> = {
  'not-logged-in':
    'The server does not accept this userId and authToken: a personal access token of an agent, made in their profile, is needed.',
  'not-permitted':
    'This agent may not do that: the role needs the permission view-l-room, and the room must be theirs to see.',
  'not-found': 'The server knows no such room or visitor.',
  'bad-request': 'The server finds the request wrong.',
  'unknown-route': 'This server does not know the call: it is older or newer than it.',
}

/** The error for an answer that is no success. `withoutSecrets` takes the secrets out of the server's text; `newServer` is where it redirects to. */
export const refusalOf = (
  callName: string,
  answer: Exclude<Answer, { kind: 'ok' }>,
  withoutSecrets: (text: string) => string,
  newServer?: string,
): AgentError => {
  switch (answer.kind) {
    case 'limited':
      return new AgentError(
        'limited',
        `${callName}: too many calls; the next one is welcome in ${Math.ceil(answer.retryAfterMs / 1000)} s.`,
        {
          status: 429,
          serverCode: 'error-too-many-requests',
          says: withoutSecrets(answer.says),
          retryAfterMs: answer.retryAfterMs,
        },
      )
    case 'silent':
      return answer.why === 'timeout'
        ? new AgentError('timeout', `${callName}: the server took too long to answer.`)
        : new AgentError(
            'unreachable',
            newServer
              ? `${callName}: the server redirects to ${withoutSecrets(newServer)}, and credentials are sent nowhere but to the server itself: pass { server: '${withoutSecrets(newServer)}' } if that is the right one.`
              : `${callName}: the server cannot be reached. In a browser it must allow this origin (API_Enable_CORS, API_CORS_Origin).`,
          )
    case 'odd': {
      const isUnknownRoute = answer.status === 200 || answer.status === 404 || answer.status === 405
      return isUnknownRoute
        ? new AgentError('unknown-route', `${callName}: ${remedies['unknown-route']}`, { status: answer.status })
        : new AgentError('not-api', `${callName}: something answered with status ${answer.status}, but not the API.`, {
            status: answer.status,
          })
    }
    case 'refused': {
      const code = codeOf(answer.status, answer.code)
      const says = withoutSecrets(answer.says)
      const reason = [remedies[code], says && `It said: “${says}”.`].filter(Boolean).join(' ')
      return new AgentError(code, `${callName}: ${reason || 'refused without a word.'}`, {
        status: answer.status,
        serverCode: withoutSecrets(answer.code),
        says,
      })
    }
  }
}
