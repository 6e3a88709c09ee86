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

export type Registered = { kind: 'registered'; token: string; visitor: Visitor } | Exclude<Answer, { kind: 'ok' }>

export const register = async (call: Transport['call'], token: string, guest: Guest): Promise<Registered> => {
  const answer = await call('POST', 'livechat/visitor', { body: bodyOf(token, guest) })
  if (answer.kind !== 'ok') return answer
  const decoded = decodeVisitor(answer.body)
  return decoded ? { kind: 'registered', ...decoded, token: decoded.token || token } : { kind: 'odd', status: answer.status }
}
