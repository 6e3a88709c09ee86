import { fail, ok, type Answer } from '../../http/envelope.ts'
import { isVisitorField, mergeFields } from '../../office/visitors.ts'
import type { Call, Route } from '../route.ts'
import { flag, list, shape, text } from '../../http/schema.ts'
import type { Office, Visitor } from '../../office/contracts.ts'
import type { CustomFieldValue } from '../../../../src/wire/rest.ts'

function fits(regexp: string, value: string) {
  try {
    return new RegExp(regexp).test(value)
  } catch {
    return true
  }
}

function setField(office: Office, visitor: Visitor, given: CustomFieldValue): Answer | undefined {
  const field = office.settings.customFields.find(({ _id }) => _id === given.key)
  if (!field) return fail('invalid-custom-field')
  if (field.regexp && !fits(field.regexp, given.value)) return fail(`Invalid value for ${field.label} field`)
  if (isVisitorField(field)) {
    visitor.livechatData = mergeFields(visitor.livechatData, [given])
    office.store.putVisitor(visitor)
    return undefined
  }
  const room = office.store.openRoom(visitor.token)
  if (!room) return fail()
  room.livechatData = mergeFields(room.livechatData, [given])
  office.store.putRoom(room)
  return undefined
}

function one({ office, body }: Call<unknown, CustomFieldValue & { token: string }>) {
  const { token, key, value, overwrite } = body
  const visitor = office.store.visitorByToken(token)
  if (!visitor) return fail('invalid-token')
  return setField(office, visitor, { key, value, overwrite }) ?? ok({ field: { key, value, overwrite } })
}

function many({ office, body }: Call<unknown, { token: string; customFields: CustomFieldValue[] }>) {
  const visitor = office.store.visitorByToken(body.token)
  if (!visitor) return fail('invalid-token')
  for (const given of body.customFields) {
    const refusal = setField(office, visitor, given)
    if (refusal) return refusal
  }
  return ok({ fields: body.customFields.map(({ key, value, overwrite }) => ({ Key: key, value, overwrite })) })
}

const field = { key: text, value: text, overwrite: flag }

export const customFieldRoutes: Route[] = [
  { method: 'POST', path: 'livechat/custom.field', body: shape({ token: text, ...field }), act: one },
  {
    method: 'POST',
    path: 'livechat/custom.fields',
    body: shape({ token: text, customFields: list(shape(field)) }),
    act: many,
  },
]
