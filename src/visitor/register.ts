import type { Json } from '../wire/json'
import { object, objects, text } from '../wire/coerce'
import type { VisitorBody } from '../wire/rest'
import type { Guest, Visitor } from '../options'
import type { Answer } from '../wire/answer'
import type { Transport } from '../browser/ports'

const given = (value: unknown): string | undefined => text(value) || undefined

/** The visitor as the server writes them, with the token it wants used from now on. */
export const decodeVisitor = (body: Json): { token: string; visitor: Visitor } | undefined => {
  const found = object(body.visitor)
  const visitorId = text(found._id)
  if (!visitorId) return undefined
  return {
    token: text(found.token),
    visitor: {
      visitorId,
      username: text(found.username),
      name: given(found.name),
      email: given(objects(found.visitorEmails)[0]?.address),
      phone: given(objects(found.phone)[0]?.phoneNumber),
      department: given(found.department),
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
    customFields:
      customFields &&
      Object.entries(customFields).map(([key, value]) => ({ key, value: String(value), overwrite: true })),
  },
})

export type Registered = { kind: 'registered'; token: string; visitor: Visitor } | Exclude<Answer, { kind: 'ok' }>

export const register = async (call: Transport['call'], token: string, guest: Guest): Promise<Registered> => {
  const answer = await call('POST', 'livechat/visitor', { body: bodyOf(token, guest) })
  if (answer.kind !== 'ok') return answer
  const decoded = decodeVisitor(answer.body)
  return decoded
    ? { kind: 'registered', ...decoded, token: decoded.token || token }
    : { kind: 'odd', status: answer.status }
}
