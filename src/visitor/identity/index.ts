/** Changes of identity, which are rare: a refused field, a token from elsewhere, the next visitor, erasure. A download of its own. */
import { newToken } from '../../browser/id'
import { TagalongError, type Guest } from '../../options'
import type { Tabs } from '../../browser/ports'
import type { StoredConfig, VisitRecord } from '../../tracking/stored'
import {
  chatPrefix,
  configKey,
  messageLane,
  recordPrefixOf,
  registrationLane,
  uiPrefix,
  visitPrefix,
} from '../../tracking/keys'
import type { Answer } from '../../wire/answer'
import { pathSegment } from '../../wire/paths'
import type { RegistrationParts } from '../contracts'
import { decodeVisitor, register, type Registered } from '../register'

type Failure = Exclude<Answer, { kind: 'ok' }>

/** A page settles within a second, which is ten of these. */
const settlePollMs = 100
const mostSettlePolls = 12

const fields = ['department', 'email', 'phone', 'name', 'customFields'] as const
type Field = (typeof fields)[number]

/** The field that a text names as a whole word: `company_name` is a custom field, and not `name`. */
const fieldNamedIn = (text: string): Field | undefined =>
  fields.find((field) => new RegExp(`\\b${field}\\b`, 'i').test(text))

/**
 * Which field a refusal is about. Its code says so, else its words; a sentence about an address repeats the address, in which anything may stand.
 * What names none of our fields is about a custom field: the server has words of its own for each of them.
 */
export const refusedField = (code: string, says: string, guest: Guest): Field | undefined => {
  const isAboutCustomField = /custom[- ]fields?\b/i.test(says)
  const named = isAboutCustomField ? 'customFields' : (fieldNamedIn(code) ?? fieldNamedIn(says))
  const isAboutAll = /token|livechat-visitor-registration/.test(`${code} ${says}`)
  const given = (field: Field | undefined) => (field && guest[field] !== undefined ? field : undefined)
  return given(named) ?? (isAboutAll ? undefined : given('customFields'))
}

/** One bad field never costs the registration: the visitor is registered without it, and the host is told which it was. */
export const registerWithout = async (
  refused: Registered,
  { call, onFieldRefused }: Pick<RegistrationParts, 'call' | 'onFieldRefused'>,
  token: string,
  guest: Guest,
): Promise<{ answer: Registered; refusedFields: Guest }> => {
  const remaining = { ...guest }
  const refusedFields: Guest = {}
  let answer = refused
  while (answer.kind === 'refused' && answer.status < 401) {
    const field = refusedField(answer.code, answer.says, remaining)
    if (!field) break
    onFieldRefused(`${field}: ${answer.says}`)
    Object.assign(refusedFields, { [field]: guest[field] })
    delete remaining[field]
    answer = await register(call, token, remaining)
  }
  return { answer, refusedFields }
}

/** What the server has said of its visitor in the copy of its settings is another visitor's from now on: the next page would take their room for its own. */
const forgetAnswer = async ({ storage }: Pick<RegistrationParts, 'storage'>): Promise<void> => {
  await storage.update<StoredConfig>(configKey, (kept) => {
    if (!kept?.config) return kept
    const { guest: _guest, room: _room, agent: _agent, queueInfo: _queueInfo, ...config } = kept.config
    // Of no age, so that the server is asked about the new one.
    return { ...kept, at: 0, triedAt: 0, config }
  })
}

/** Uses a token from elsewhere from now on. The server is asked first: the visitor it belongs to may be registered already. */
export const takeToken = async (
  { call, visitor, storage }: Pick<RegistrationParts, 'call' | 'visitor' | 'storage'>,
  token: string,
): Promise<Failure | undefined> => {
  const answer = await call('GET', `livechat/visitor/${pathSegment(token)}`)
  // With 400 the server says that it knows no such visitor.
  if (answer.kind !== 'ok' && !(answer.kind === 'refused' && answer.status === 400)) return answer
  const found = answer.kind === 'ok' ? decodeVisitor(answer.body)?.visitor : undefined
  await forgetAnswer({ storage })
  await visitor.change((old) =>
    old.token === token ? { ...old, visitor: found ?? old.visitor } : { token, visitor: found, became: old.became },
  )
  return undefined
}

const serverKeeps =
  'Everything was deleted in this browser. The server still has the visitor: pages may delete there only while an administrator has turned on “Enable CORS” (API_Enable_CORS).'

export interface ResetParts extends Pick<
  RegistrationParts,
  'storage' | 'journal' | 'clock' | 'documentId' | 'visitor'
> {
  tabs: Pick<Tabs, 'post'>
}

/**
 * Writes the token into visits that were noticed before it was known. Of journal and database either may have the newer copy of a visit, so each
 * copy is changed where it lies.
 */
const stampVisits = async ({ storage, journal, clock, documentId }: ResetParts, token: string): Promise<void> => {
  const waiting = () => storage.list<VisitRecord>(visitPrefix)
  // The visit of this very page learns the token when the page settles.
  const isUnsettled = async () => (await waiting()).some((record) => record.open === documentId && !record.token)
  for (let polls = 0; polls < mostSettlePolls && (await isUnsettled()); polls++)
    await new Promise<void>((resolve) => clock.after(settlePollMs, resolve))
  const stamped = (record: VisitRecord): VisitRecord => (record.token ? record : { ...record, token })
  for (const key of journal.keys(visitPrefix)) {
    const record = journal.read<VisitRecord>(key)
    // A page that is still open knows its token by now, and writes the record itself.
    if (record && !record.open) journal.write(key, stamped(record))
  }
  for (const record of await waiting())
    if (!record.token) await storage.update<VisitRecord>(visitPrefix + record.id, (old) => old && stamped(old))
}

/** The next visitor of this browser: a token of their own, and nothing left of the conversation. */
export const reset = async (parts: ResetParts): Promise<void> => {
  const { storage, tabs, visitor } = parts
  const { token } = await visitor.state()
  await stampVisits(parts, token)
  for (const prefix of [chatPrefix, uiPrefix, recordPrefixOf(messageLane), recordPrefixOf(registrationLane)])
    await storage.clear(prefix)
  await forgetAnswer(parts)
  await visitor.change((old) => ({ token: newToken(), became: old.became }))
  // Again, for an answer that has come meanwhile.
  await forgetAnswer(parts)
  tabs.post('reset')
}

/**
 * Erases the visitor at the server and here. The server's answer when it did not; then nothing is erased here either. Where its settings keep pages
 * from deleting, trying again would never help: then all that can be erased is, and the host is told what remains.
 */
export const forget = async ({
  call,
  visitor,
  eraseHere,
}: Pick<RegistrationParts, 'call' | 'visitor' | 'eraseHere'>): Promise<Failure | undefined> => {
  const { token, visitor: registered, roomId } = await visitor.state()
  if (registered) {
    if (roomId) await call('POST', 'livechat/room.close', { body: { rid: roomId, token } })
    const answer = await call('DELETE', `livechat/visitor/${pathSegment(token)}`)
    if (answer.kind === 'silent' && (await call('GET', 'livechat/config')).kind === 'ok') {
      await eraseHere()
      throw new TagalongError('blocked', serverKeeps)
    }
    // A server that does not know the token has nothing left to erase.
    if (answer.kind !== 'ok' && !(answer.kind === 'refused' && answer.code === 'invalid-token')) return answer
  }
  await eraseHere()
  return undefined
}
