import { decodeAnswer, type Answer } from '../../wire/answer'
import type { Check } from '../../options'
import { checkResult, type CheckName } from '../../diagnosis/checks'
import { socketAddress } from '../../wire/paths'
import { uncheckedConfig, checksOfConfig } from '../../diagnosis/diagnose'
import { checkCors } from '../server/cors'
import { checkReached, findServer } from '../server/findServer'
import type { HttpReply } from '../server/http'
import { checkLimiter } from '../server/limiter'
import { opensSocket } from '../server/upgrade'
import { mayRead } from '../server/preflight'
import { printable } from '../terminal'

const checkApi = (
  reply: Extract<HttpReply, { kind: 'answer' }>,
  answer: Answer,
  origin: string,
  isSameOrigin: boolean,
): Check => {
  if (answer.kind === 'odd') return checkResult('api', 'not-api', String(answer.status))
  if (answer.kind === 'refused') return checkResult('api', 'refused', printable(answer.says))
  return isSameOrigin || mayRead(reply, origin) ? checkResult('api', 'good') : checkResult('api', 'blocked', origin)
}

/** The checks that need a server which answers. */
const needAnswer = [
  'api',
  'livechat',
  'cors',
  'websocket',
  'limits',
  'monitor',
  'agents',
] as const satisfies CheckName[]

/** What a widget on a page of this origin will meet, check by check, in an order in which each explains the next. */
export const examine = async (given: string, origin: string): Promise<Check[]> => {
  const found = await findServer(given, origin)
  const { server, reply } = found
  if (reply.kind === 'silent')
    return [
      checkReached(found, origin),
      ...needAnswer.map((name) => checkResult(name, 'unchecked', 'the server cannot be reached')),
    ]
  const answer = decodeAnswer(reply.status, reply.text)
  const isSameOrigin = new URL(server).origin === origin
  const url = socketAddress(server)
  const [cors, isSocketOpen] = await Promise.all([checkCors(server, origin), opensSocket(url, origin)])
  const { livechat, monitor, agents } =
    answer.kind === 'ok'
      ? checksOfConfig(answer.body)
      : uncheckedConfig(
          answer.kind === 'limited' ? 'the server takes no more calls for now' : 'the configuration cannot be read',
        )
  return [
    checkReached(found, origin),
    checkApi(reply, answer, origin, isSameOrigin),
    livechat,
    cors,
    isSocketOpen ? checkResult('websocket', 'good') : checkResult('websocket', 'no-socket', url),
    checkLimiter(reply, answer),
    monitor,
    agents,
  ]
}
