import { randomBytes } from 'node:crypto'
import type { Check } from '../../options'
import { asFlag, asObject, asText } from '../../wire/coerce'
import type { Json } from '../../wire/json'
import { checkCors } from '../server/cors'
import { checkReached, findServer } from '../server/findServer'
import { checkLimiter } from '../server/limiter'
import type { Expectation, Report, Subject } from './contracts'
import { configExpectation, conversation, erasure, opening, registration, withoutRoom } from './expectations'
import { createProbe, type Probe } from './probe'
import { checkSocket } from './socket'
import { findVersion } from './version'

const isOf =
  (major: number) =>
  ({ from = 0, to = Infinity }: Expectation): boolean =>
    from <= major && major <= to

const checkUploads = (config: Json | undefined, { calls }: Probe): Check => {
  const check = (ok: boolean, says: string, code?: string): Check => ({
    name: 'uploads',
    ok,
    ...(code ? { code } : {}),
    says,
  })
  if (config && !asFlag(asObject(config.settings).fileUpload))
    return check(true, 'Visitors may not send files: FileUpload_Enabled or Livechat_fileupload_enabled is off.')
  switch (calls.find(({ call }) => call.includes('/upload/'))?.way) {
    case 'proper':
      return check(true, 'Visitors can send files.')
    case 'blocked':
      return check(
        false,
        'Visitors cannot send files: that takes a permission for the header x-visitor-token, which servers from 3.0 on give while “Enable CORS” (API_Enable_CORS) is on.',
        'blocked',
      )
    default:
      return check(false, 'Not checked: the call was not answered as expected.', 'unchecked')
  }
}

/** Makes each call in turn: a limiter counts them, and an order that is always the same is easier to compare. */
const makeAll = async (probe: Probe, expectations: Expectation[]): Promise<void> => {
  for (const expectation of expectations) await probe.make(expectation)
}

/** The same call is not made twice: what is tried in a conversation needs not be tried without one. */
const notIn =
  (others: Expectation[]) =>
  ({ method, path }: Expectation): boolean =>
    !others.some((other) => other.method === method && other.path === path)

/** One conversation: agents see it come and end. */
const holdConversation = async (probe: Probe, subject: Subject, major: number): Promise<void> => {
  const { body } = await probe.make(opening)
  if (!body) return
  subject.rid = asText(asObject(body.room)._id)
  await makeAll(probe, conversation.filter(isOf(major)))
}

const eraseVisitor = async (probe: Probe): Promise<Check> => {
  const { body, result } = await probe.make(erasure)
  return body
    ? { name: 'visitor', ok: true, says: 'The visitor of this run was deleted.' }
    : {
        name: 'visitor',
        ok: true,
        says: `The visitor of this run stays on the server, under the name “Tagalong server check”: deleting was answered with ${result.answer}.`,
      }
}

const createSubject = (): Subject => ({
  token: `tagalong-server-check-${randomBytes(24).toString('hex')}`,
  rid: 'tagalong-server-check',
  messageId: randomBytes(9).toString('hex').slice(1),
})

/** The calls of the run's own visitor; says at the end what became of the visitor. */
const actAsVisitor = async (
  probe: Probe,
  subject: Subject,
  major: number,
  withConversation: boolean,
): Promise<Check[]> => {
  const { body } = await probe.make(registration)
  if (!body) return []
  subject.token = asText(asObject(body.visitor).token) || subject.token
  const skipped = withConversation ? conversation : []
  await makeAll(probe, withoutRoom.filter(isOf(major)).filter(notIn(skipped)))
  if (withConversation) await holdConversation(probe, subject, major)
  return [await eraseVisitor(probe)]
}

/** Makes a visitor of its own, tries every call of the widget as a page of this origin would, and deletes the visitor. */
export const examineServer = async (given: string, origin: string, withConversation: boolean): Promise<Report> => {
  const found = await findServer(given, origin)
  const { server } = found
  const base = { server, origin, at: new Date().toISOString() }
  const reached = checkReached(found, origin)
  if (found.reply.kind === 'silent') return { ...base, checks: [reached], calls: [], deviations: [] }
  const version = await findVersion(server)
  const cors = await checkCors(server, origin)
  const subject = createSubject()
  const probe = createProbe(server, origin, subject)
  const { body, reply, answer } = await probe.make(configExpectation)
  const visitor = await actAsVisitor(probe, subject, version.major, withConversation)
  return {
    ...base,
    version: version.told,
    checks: [
      reached,
      version.check,
      cors,
      checkLimiter(reply, answer),
      await checkSocket(server, origin, subject),
      checkUploads(body && asObject(body.config), probe),
      ...visitor,
    ],
    calls: probe.calls,
    deviations: probe.deviations,
  }
}
