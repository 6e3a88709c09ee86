import { decodeAnswer, type Answer } from '../../wire/answer'
import type { Json } from '../../wire/json'
import { simpleType } from '../server/cors'
import { askServer, type HttpReply } from '../server/http'
import { askPermission, mayRead } from '../server/preflight'
import { printable } from '../terminal'
import type { CallResult, Deviation, Expectation, Subject, Way } from './contracts'

export interface Attempt {
  reply: HttpReply
  answer: Answer
}

/** What a call came to, with the body where it was a success. */
export interface Probed extends Attempt {
  result: CallResult
  body?: Json
}

export interface Probe {
  /** Makes a call in the ways a page could, and writes down what came of it. */
  make(expectation: Expectation): Promise<Probed>
  calls: CallResult[]
  deviations: Deviation[]
}

const boundary = 'tagalong-server-check'
const fileBody =
  `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="server-check.txt"\r\n` +
  `Content-Type: text/plain\r\n\r\nA test of uploads.\r\n--${boundary}--\r\n`

/** Old servers answer unknown addresses with the page of the chat, newer ones with a 404; another method of the same address is a 405. */
const isMissing = (answer: Answer): boolean =>
  (answer.kind === 'odd' && [200, 404, 405].includes(answer.status)) ||
  (answer.kind === 'refused' && (answer.status === 404 || answer.status === 405))

const isUnderstood = (answer: Answer, { refusals = [] }: Expectation): boolean =>
  answer.kind === 'ok' || (answer.kind === 'refused' && refusals.includes(answer.code))

const shown = ({ reply, answer }: Attempt): string => {
  if (reply.kind === 'silent') return reply.reason
  const code = answer.kind === 'refused' ? answer.code : ''
  return printable(`${reply.status} ${code}`.trim())
}

const expectedOf = ({ refusals = [] }: Expectation): string => ['a success', ...refusals].join(' or ')

/** Makes the calls of one visitor, as a page of this origin would. */
export const createProbe = (server: string, origin: string, subject: Subject): Probe => {
  const calls: CallResult[] = []
  const deviations: Deviation[] = []
  const isSameOrigin = new URL(server).origin === origin

  const addressOf = ({ path, query }: Expectation): string => {
    const filled = path.replace(/:(\w+)/g, (_whole, name) => encodeURIComponent(subject[name as keyof Subject]))
    const search = query ? `?${new URLSearchParams(query(subject)).toString()}` : ''
    return `${server}/api/v1/livechat/${filled}${search}`
  }
  const send = async (expectation: Expectation, type?: string): Promise<Attempt> => {
    const { method, body, file } = expectation
    const headers = {
      Origin: origin,
      Accept: 'application/json',
      ...(type ? { 'Content-Type': type } : {}),
      ...(file ? { 'x-visitor-token': subject.token } : {}),
    }
    const content = file ? fileBody : body && JSON.stringify(body(subject))
    const reply = await askServer(method, addressOf(expectation), headers, content)
    const answer: Answer =
      reply.kind === 'answer' ? decodeAnswer(reply.status, reply.text) : { kind: 'silent', why: reply.why }
    return { reply, answer }
  }
  const isAllowed = async (expectation: Expectation): Promise<boolean> => {
    const headerNames = expectation.file ? ['x-visitor-token'] : expectation.body ? ['content-type'] : []
    return (await askPermission(addressOf(expectation), origin, expectation.method, headerNames)).kind === 'allowed'
  }
  const wayOf = async (attempt: Attempt, expectation: Expectation, goodWay: 'simple' | 'proper'): Promise<Way> => {
    const { answer, reply } = attempt
    if (answer.kind === 'silent' || answer.kind === 'limited') return 'not made'
    if (isMissing(answer)) return 'missing'
    if (!isUnderstood(answer, expectation)) return 'odd'
    const isOpen = isSameOrigin || (mayRead(reply, origin) && (goodWay === 'simple' || (await isAllowed(expectation))))
    return isOpen ? goodWay : 'blocked'
  }
  /** A POST is tried simply, and where that is not understood, properly. */
  const attemptAll = async (expectation: Expectation): Promise<{ attempt: Attempt; way: Way }> => {
    const { method, file } = expectation
    if (method === 'GET') {
      const attempt = await send(expectation)
      return { attempt, way: await wayOf(attempt, expectation, 'simple') }
    }
    if (method === 'POST' && !file) {
      const attempt = await send(expectation, simpleType)
      const way = await wayOf(attempt, expectation, 'simple')
      if (way !== 'odd') return { attempt, way }
    }
    const attempt = await send(expectation, file ? `multipart/form-data; boundary=${boundary}` : 'application/json')
    return { attempt, way: await wayOf(attempt, expectation, 'proper') }
  }

  return {
    calls,
    deviations,
    async make(expectation) {
      const { attempt, way } = await attemptAll(expectation)
      const call = `${expectation.method} livechat/${expectation.path}`
      const result = { call, way, answer: shown(attempt) }
      calls.push(result)
      const body = attempt.answer.kind === 'ok' ? attempt.answer.body : undefined
      const wanted = body && expectation.inspect?.(body, subject)
      if (way === 'odd' || way === 'missing')
        deviations.push({ call, expected: expectedOf(expectation), got: result.answer })
      else if (wanted) deviations.push({ call, expected: wanted, got: 'an answer without' })
      return { ...attempt, result, body }
    },
  }
}
