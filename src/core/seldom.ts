/** What seldom happens to a visitor: a field refused, a token from elsewhere, the next person, farewell. Fetched when it does. */
import type { Guest } from '../options'
import type { Answer } from './contracts'
import { newToken } from './id'
import type { PersonParts } from './person'
import { decodeVisitor, register, type Registered } from './registration'

const fields = ['department', 'email', 'phone', 'name', 'customFields'] as const
type Field = (typeof fields)[number]

/** Which field a refusal is about, by its code and words. */
const blamed = (code: string, says: string, guest: Guest): Field | undefined => {
  const words = `${code} ${says}`
  const named = /field visitor\.(\w+)/.exec(words)?.[1]
  return fields.find(
    (field) =>
      guest[field] !== undefined &&
      (field === named || (field === 'customFields' ? /custom[- ]?field/i.test(words) || !/token|livechat-visitor-registration/.test(words) : new RegExp(field, 'i').test(words))),
  )
}

/** One bad field never costs the registration: it is repeated without, and the field is named. */
export const registerWithout = async (refused: Registered, { call, onRefused }: PersonParts, token: string, guest: Guest): Promise<Registered> => {
  const { ...left } = guest
  for (let answer = refused; ; answer = await register(call, token, left)) {
    const field = answer.kind === 'refused' && answer.status < 401 ? blamed(answer.code, answer.says, left) : undefined
    if (!field || answer.kind !== 'refused') return answer
    onRefused(`${field}: ${answer.says}`)
    delete left[field]
  }
}

/** A token from elsewhere is asked after before it is used: whoever it belongs to is already registered. */
export const takeToken = async ({ call, visitor }: PersonParts, token: string): Promise<Exclude<Answer, { kind: 'ok' }> | undefined> => {
  const answer = await call('GET', `livechat/visitor/${encodeURIComponent(token)}`)
  if (answer.kind !== 'ok' && !(answer.kind === 'refused' && answer.status === 400)) return answer
  const found = answer.kind === 'ok' ? decodeVisitor(answer.body)?.visitor : undefined
  await visitor.change((old) => (old.token === token ? { ...old, visitor: found ?? old.visitor } : { token, visitor: found, became: old.became }))
  return undefined
}

export const reset = async ({ storage, tabs, visitor, visits }: PersonParts): Promise<void> => {
  const { token } = await visitor.state()
  // What was noticed before the token was known belongs to this one.
  for (const record of await visits.waiting()) if (!record.token) await visits.put({ ...record, token })
  for (const prefix of ['chat/', 'ui/', 'message/', 'register/']) await storage.clear(prefix)
  await visitor.change((old) => ({ token: newToken(), became: old.became }))
  tabs.say('reset')
}

/** What the server says to it; undefined when there is nobody left to forget. */
export const forget = async ({ call, visitor, forgetHere }: PersonParts): Promise<Exclude<Answer, { kind: 'ok' }> | undefined> => {
  const { token, visitor: registered, roomId } = await visitor.state()
  if (registered) {
    if (roomId) await call('POST', 'livechat/room.close', { body: { rid: roomId, token } })
    const answer = await call('DELETE', `livechat/visitor/${encodeURIComponent(token)}`)
    if (answer.kind !== 'ok' && !(answer.kind === 'refused' && answer.code === 'invalid-token')) return answer
  }
  await forgetHere()
  return undefined
}
