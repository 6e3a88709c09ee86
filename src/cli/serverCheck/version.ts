import type { Check } from '../../options'
import { asObject, asText } from '../../wire/coerce'
import { decodeAnswer, type Answer } from '../../wire/answer'
import type { Json } from '../../wire/json'
import { askServer } from '../server/http'
import { printable } from '../terminal'

/** What is known of how old the server is. */
export interface ServerVersion {
  /** As the server tells it, for example `8.3`. */
  told?: string
  /** The first number of it; where it is not told, that of the newest server which answers so. */
  major: number
  check: Check
}

const ask = async (server: string, path: string): Promise<{ answer: Answer; text: string }> => {
  const reply = await askServer('GET', `${server}/api/${path}`, { Accept: 'application/json' })
  return reply.kind === 'answer'
    ? { answer: decodeAnswer(reply.status, reply.text), text: reply.text }
    : { answer: { kind: 'silent', why: reply.why }, text: '' }
}

/** Servers of 0.6x wrote it into `info`. */
const toldVersion = (body: Json): string | undefined =>
  /^\d+\.\d+[\w.-]*$/.exec(asText(body.version) || asText(asObject(body.info).version))?.[0]

const eras = {
  oldest: { newest: 5, says: '0.70 to 5.1' },
  middle: { newest: 7, says: '5.2 to 7.5' },
  newest: { newest: Infinity, says: '7.6 or newer' },
}

/** By two answers: the first servers sent the error object itself, and those up to 7.5 the page of the chat for an unknown address. */
const eraOfAnswers = async (server: string): Promise<keyof typeof eras | undefined> => {
  const refusal = (await ask(server, 'v1/livechat/visitor/tagalong-server-check')).answer
  if (refusal.kind !== 'refused') return undefined
  if (refusal.body.errorType === 'Meteor.Error') return 'oldest'
  const unknown = (await ask(server, 'v1/livechat/tagalong-server-check')).answer
  if (unknown.kind !== 'odd') return undefined
  return unknown.status === 200 ? 'middle' : 'newest'
}

const eraOfVersion = (major: number, minor: number): keyof typeof eras => {
  const isBefore = (otherMajor: number, otherMinor: number) =>
    major < otherMajor || (major === otherMajor && minor < otherMinor)
  return isBefore(5, 2) ? 'oldest' : isBefore(7, 6) ? 'middle' : 'newest'
}

/** How old the server is: what it tells, held against how it answers. */
export const findVersion = async (server: string): Promise<ServerVersion> => {
  const { answer } = await ask(server, 'info')
  const told = answer.kind === 'ok' ? toldVersion(answer.body) : undefined
  const shown = await eraOfAnswers(server)
  const check = (ok: boolean, says: string, code?: string): Check => ({
    name: 'version',
    ok,
    ...(code ? { code } : {}),
    says,
  })
  if (told === undefined) {
    return shown
      ? {
          major: eras[shown].newest,
          check: check(true, `The server does not tell its version. It answers as ${eras[shown].says} does.`),
        }
      : {
          major: Infinity,
          check: check(false, 'The server does not tell its version, and its answers do not show it.', 'unknown'),
        }
  }
  const [major = 0, minor = 0] = told.split('.').map(Number)
  const isAsTold = shown === undefined || shown === eraOfVersion(major, minor)
  return {
    told,
    major,
    check: isAsTold
      ? check(true, `Rocket.Chat ${printable(told)}.`)
      : check(
          false,
          `The server says it is ${printable(told)}, but answers as ${eras[shown].says} does: a proxy may answer in its place, or it is no Rocket.Chat.`,
          'odd',
        ),
  }
}
