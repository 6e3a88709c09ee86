import type { Check } from '../../options'
import { decodeAnswer } from '../../wire/answer'
import { checkResult } from '../../diagnosis/checks'
import { askServer } from './http'
import { askPermission, mayRead, type Permission } from './preflight'

/** The type of a request that a browser makes without a preflight, and that servers from 7.6 on read as JSON all the same. */
export const simpleType = 'text/plain;type=application/json'

/** What the widget does that is never without a preflight, and what the preflight asks for. */
const guarded: [what: string, path: string, method: string, headers: string[]][] = [
  ['sending files', 'api/v1/livechat/upload/x', 'POST', ['x-visitor-token']],
  ['forget()', 'api/v1/livechat/visitor/x', 'DELETE', []],
  // With the setting off these may be pressed from anywhere.
  ['the buttons of apps', 'api/apps/ui.interaction/x', 'POST', ['content-type', 'x-visitor-token']],
]

const inWords = (items: string[]): string =>
  items.length > 1 ? `${items.slice(0, -1).join(', ')} and ${items.at(-1)}` : items.join('')

/** Of what is guarded, the deeds for which this origin has no permission, as a list in words. */
const guardedDeeds = async (server: string, origin: string): Promise<string> => {
  const deeds: string[] = []
  for (const [what, path, method, headers] of guarded)
    if ((await askPermission(`${server}/${path}`, origin, method, headers)).kind !== 'allowed') deeds.push(what)
  return inWords(deeds)
}

/** Asks with a token that nobody has: a server that says so has read the body. Nothing is stored. */
const tellNobodysStatus = (server: string, origin: string, type: string) =>
  askServer(
    'POST',
    `${server}/api/v1/livechat/visitor.status`,
    { Origin: origin, 'Content-Type': type },
    JSON.stringify({ token: 'tagalong-doctor', status: 'online' }),
  )

/** Whether the server reads a request that needs no preflight, and lets the page read the answer. */
const readsSimply = async (server: string, origin: string): Promise<'yes' | 'no' | 'unknown'> => {
  const reply = await tellNobodysStatus(server, origin, simpleType)
  if (reply.kind === 'silent' || !mayRead(reply, origin)) return 'no'
  const answer = decodeAnswer(reply.status, reply.text)
  if (answer.kind === 'limited') return 'unknown'
  return answer.kind === 'refused' && answer.code === 'invalid-token' ? 'yes' : 'no'
}

const refusalOf = (permission: Exclude<Permission, { kind: 'allowed' }>, server: string, origin: string): Check => {
  switch (permission.kind) {
    case 'silent':
      return permission.why === 'timeout'
        ? checkResult('cors', 'timeout', server)
        : checkResult('cors', 'unchecked', 'the server has stopped answering')
    case 'missing-headers':
      return checkResult('cors', 'missing-headers', permission.names.join(', '))
    case 'not-listed':
      return checkResult('cors', 'not-listed', origin)
    default:
      return checkResult('cors', 'blocked', origin)
  }
}

/** What a page of this origin may ask of the server, and what an administrator would have to allow. */
export const checkCors = async (server: string, origin: string): Promise<Check> => {
  if (new URL(server).origin === origin) return checkResult('cors', 'same-origin', origin)
  const url = `${server}/api/v1/livechat/visitor.status`
  const permission = await askPermission(url, origin, 'POST', ['content-type', 'x-visitor-token'])
  if (permission.kind === 'silent') return refusalOf(permission, server, origin)
  if (permission.kind === 'allowed') {
    const post = await tellNobodysStatus(server, origin, 'application/json')
    return mayRead(post, origin) ? checkResult('cors', 'good', origin) : checkResult('cors', 'blocked', origin)
  }
  if (permission.kind === 'missing-headers') return refusalOf(permission, server, origin)
  switch (await readsSimply(server, origin)) {
    case 'yes':
      return checkResult('cors', 'not-needed', await guardedDeeds(server, origin))
    case 'no':
      return refusalOf(permission, server, origin)
    case 'unknown':
      return checkResult('cors', 'unchecked', 'the server takes no more calls for now')
  }
}
