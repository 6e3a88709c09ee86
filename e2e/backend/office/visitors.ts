import { createHexId } from './store/ids.ts'
import { departmentByIdOrName } from './departments.ts'
import type { CustomField } from './store/settings.ts'
import type { Office, Visitor } from './contracts.ts'
import { isEmail } from '../../../src/wire/email.ts'
import type { VisitorBody, CustomFieldValue } from '../../../src/wire/rest.ts'

type Guest = VisitorBody['visitor']

export type Registered =
  | { kind: 'registered'; visitor: Visitor }
  | { kind: 'bad-email'; email: string }
  | { kind: 'bad-department' }
  | { kind: 'missing-fields'; keys: string[] }

export const isVisitorField = (field: CustomField) => (field.scope ?? 'visitor') === 'visitor'

/** Token, then phone, then e-mail. A phone match keeps the stored token, an e-mail match takes the one sent. */
function findVisitor(office: Office, token: string, phone: string | undefined, email: string | undefined) {
  const { store } = office
  return (
    store.visitorByToken(token) ??
    (phone
      ? store.visitors().find((visitor) => visitor.phone?.some((item) => item.phoneNumber === phone))
      : undefined) ??
    adoptToken(
      email
        ? store.visitors().find((visitor) => visitor.visitorEmails?.some((item) => item.address === email))
        : undefined,
      token,
    )
  )
}

function adoptToken(visitor: Visitor | undefined, token: string) {
  if (visitor) visitor.token = token
  return visitor
}

export function mergeFields(target: Record<string, string> | undefined, items: CustomFieldValue[]) {
  const merged = { ...target }
  for (const { key, value, overwrite } of items) if (overwrite || merged[key] === undefined) merged[key] = value
  return merged
}

/** They are demanded of who sends any field at all. */
function missingFields(office: Office, known: Record<string, string>) {
  return office.settings.customFields
    .filter((field) => field.required && isVisitorField(field) && !known[field._id])
    .map((field) => field._id)
}

export function register(
  office: Office,
  guest: Guest,
  seen: { userAgent?: string; ip?: string; host?: string },
  era: number,
): Registered {
  const { store, settings } = office
  const token = guest.token.trim()
  const phone = guest.phone?.trim()
  const email = guest.email?.trim().toLowerCase()
  // The servers of 8 look at the address and go on whatever they see.
  if (email && era !== 8 && !isEmail(email)) return { kind: 'bad-email', email }

  const department = guest.department ? departmentByIdOrName(office, guest.department) : undefined
  if (guest.department && !department) return { kind: 'bad-department' }

  const fields = (guest.customFields ?? []).filter(({ key }) =>
    settings.customFields.some((field) => field._id === key && isVisitorField(field)),
  )
  const known = store.visitorByToken(token)?.livechatData
  const missing = era >= 8 && guest.customFields ? missingFields(office, mergeFields(known, fields)) : []
  if (missing.length > 0) return { kind: 'missing-fields', keys: missing }

  const now = store.now()
  const visitor = findVisitor(office, token, phone, email) ?? {
    _id: createHexId(),
    username: store.nextGuest(),
    status: 'online',
    ts: now,
    _updatedAt: now,
    token,
  }
  visitor._updatedAt = now
  if (guest.name) visitor.name = guest.name
  if (phone) visitor.phone = [{ phoneNumber: phone }]
  if (email) visitor.visitorEmails = [{ address: email }]
  if (department) visitor.department = department._id
  if (fields.length > 0) visitor.livechatData = mergeFields(visitor.livechatData, fields)
  if (settings.collectHeaders) Object.assign(visitor, seen)
  store.putVisitor(visitor)

  for (const room of store.rooms().filter((item) => item.open && item.v._id === visitor._id)) {
    room.fname = visitor.name ?? visitor.username
    if (visitor.livechatData) room.livechatData = { ...room.livechatData, ...visitor.livechatData }
    store.putRoom(room)
  }
  return { kind: 'registered', visitor }
}

/** What a call shows of a visitor: V0 answers know neither status nor times nor department. */
export function publicVisitor(visitor: Visitor, era: number) {
  if (era >= 6) return { ...visitor }
  const { status: _status, ts: _ts, department: _department, ...rest } = visitor
  return rest
}
