/** What seldom happens to a visitor: a field refused, a token from elsewhere, the next person, farewell. Fetched when it does. */
import { newToken } from '../../browser/id'
import type { Guest } from '../../options'
import type { VisitRecord } from '../../tracking/contracts'
import { visitPrefix } from '../../tracking/keys'
import type { Answer } from '../../wire/answer'
import type { RegistrationParts } from '../contracts'
import { decodeVisitor, register, type Registered } from '../register'

/** A page settles within a second. */
const settleTryMs = 100
const settleTries = 12

const fields = ['department', 'email', 'phone', 'name', 'customFields'] as const
type Field = (typeof fields)[number]

/** Which field a refusal is about, by its code and words. */
const blamed = (code: string, says: string, guest: Guest): Field | undefined => {
  const words = `${code} ${says}`
  const named = /field visitor\.(\w+)/.exec(words)?.[1]
  return fields.find(
    (field) =>
      guest[field] !== undefined &&
      (field === named ||
        (field === 'customFields'
          ? /custom[- ]?field/i.test(words) || !/token|livechat-visitor-registration/.test(words)
          : new RegExp(field, 'i').test(words))),
  )
}

/** One bad field never costs the registration: it is repeated without, and the field is named. */
export const registerWithout = async (
  refused: Registered,
  { call, onRefused }: RegistrationParts,
  token: string,
  guest: Guest,
): Promise<Registered> => {
  const { ...left } = guest
  for (let answer = refused; ; answer = await register(call, token, left)) {
    const field = answer.kind === 'refused' && answer.status < 401 ? blamed(answer.code, answer.says, left) : undefined
    if (!field || answer.kind !== 'refused') return answer
    onRefused(`${field}: ${answer.says}`)
    delete left[field]
  }
}

/** A token from elsewhere is asked after before it is used: whoever it belongs to is already registered. */
export const takeToken = async (
  { call, visitor }: RegistrationParts,
  token: string,
): Promise<Exclude<Answer, { kind: 'ok' }> | undefined> => {
  const answer = await call('GET', `livechat/visitor/${encodeURIComponent(token)}`)
  if (answer.kind !== 'ok' && !(answer.kind === 'refused' && answer.status === 400)) return answer
  const found = answer.kind === 'ok' ? decodeVisitor(answer.body)?.visitor : undefined
  await visitor.change((old) =>
    old.token === token ? { ...old, visitor: found ?? old.visitor } : { token, visitor: found, became: old.became },
  )
  return undefined
}

/** The journal's copy may be the newer one: each is changed where it lies. */
const stamp = async ({ storage, journal, visits, clock, documentId }: RegistrationParts, token: string) => {
  // What this page has noticed before it knew its token learns it when it settles.
  const early = async () => (await visits.waiting()).some((record) => record.open === documentId && !record.token)
  for (let tries = 0; tries < settleTries && (await early()); tries++)
    await new Promise<void>((resolve) => clock.after(settleTryMs, resolve))
  const stamped = (record: VisitRecord): VisitRecord => (record.token ? record : { ...record, token })
  for (const key of journal.keys(visitPrefix)) {
    const noted = journal.read<VisitRecord>(key)
    // Of a page that is still open: it knows its token by now.
    if (noted && !noted.open) journal.write(key, stamped(noted))
  }
  for (const { id, token: known } of await visits.waiting())
    if (!known) await storage.update<VisitRecord>(visitPrefix + id, (old) => old && stamped(old))
}

export const reset = async (parts: RegistrationParts): Promise<void> => {
  const { storage, tabs, visitor } = parts
  const { token } = await visitor.state()
  // What was noticed before the token was known belongs to this one.
  await stamp(parts, token)
  for (const prefix of ['chat/', 'ui/', 'message/', 'register/']) await storage.clear(prefix)
  await visitor.change((old) => ({ token: newToken(), became: old.became }))
  tabs.post('reset')
}

/** What the server says to it; undefined when there is nobody left to forget. */
export const forget = async ({
  call,
  visitor,
  forgetHere,
}: RegistrationParts): Promise<Exclude<Answer, { kind: 'ok' }> | undefined> => {
  const { token, visitor: registered, roomId } = await visitor.state()
  if (registered) {
    if (roomId) await call('POST', 'livechat/room.close', { body: { rid: roomId, token } })
    const answer = await call('DELETE', `livechat/visitor/${encodeURIComponent(token)}`)
    if (answer.kind !== 'ok' && !(answer.kind === 'refused' && answer.code === 'invalid-token')) return answer
  }
  await forgetHere()
  return undefined
}
