import { isObject, type Json } from '../wire/errors'
import type { VisitorBody } from '../wire/rest'
import type { Guest, Visitor } from '../options'
import type { Answer, Transport } from './contracts'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)
const first = (list: unknown, key: string): string | undefined => (Array.isArray(list) && isObject(list[0]) ? text(list[0][key]) : undefined)

/** The visitor as the server writes them, with the token it wants used from now on. */
export const decodeVisitor = (body: Json): { token: string; visitor: Visitor } | undefined => {
  const found = body.visitor
  if (!isObject(found) || !text(found._id)) return undefined
  return {
    token: text(found.token) ?? '',
    visitor: {
      visitorId: found._id as string,
      username: text(found.username) ?? '',
      name: text(found.name),
      email: first(found.visitorEmails, 'address'),
      phone: first(found.phone, 'phoneNumber'),
      department: text(found.department),
    },
  }
}

const bodyOf = (token: string, { customFields, name, email, phone, department }: Guest): VisitorBody => ({
  visitor: {
    token,
    name,
    email,
    phone,
    department,
    customFields: customFields && Object.entries(customFields).map(([key, value]) => ({ key, value: String(value), overwrite: true })),
  },
})

const fields = ['department', 'email', 'phone', 'name', 'customFields'] as const
export type Field = (typeof fields)[number]

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

export type Registered = { kind: 'registered'; token: string; visitor: Visitor } | Exclude<Answer, { kind: 'ok' }>

/** One bad field never costs the registration: it is repeated without, and the field is named. */
export const register = async (call: Transport['call'], token: string, guest: Guest, onRefused: (field: Field, says: string) => void): Promise<Registered> => {
  const { ...left } = guest
  for (;;) {
    const answer = await call('POST', 'livechat/visitor', { body: bodyOf(token, left) })
    if (answer.kind === 'ok') {
      const decoded = decodeVisitor(answer.body)
      return decoded ? { kind: 'registered', ...decoded, token: decoded.token || token } : { kind: 'odd', status: answer.status }
    }
    const field = answer.kind === 'refused' && answer.status < 401 ? blamed(answer.code, answer.says, left) : undefined
    if (!field || answer.kind !== 'refused') return answer
    onRefused(field, answer.says)
    delete left[field]
  }
}
