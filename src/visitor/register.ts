import type { Json } from '../wire/json'
import { asObject, asText } from '../wire/coerce'
import type { VisitorBody } from '../wire/rest'
import { decodeWireVisitor } from '../wire/visitor'
import type { Guest, Visitor } from '../options'
import type { Answer } from '../wire/answer'
import type { Transport } from '../browser/ports'

/** The visitor as the server has stored them. The token may be another than the one sent: a known phone number or address makes two visitors one. */
export const decodeVisitor = (body: Json): { token: string; visitor: Visitor } | undefined => {
  const found = asObject(body.visitor)
  const visitor = decodeWireVisitor(found)
  return visitor && { token: asText(found.token), visitor }
}

const visitorBody = (token: string, { customFields, name, email, phone, department }: Guest): VisitorBody => ({
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
  const answer = await call('POST', 'livechat/visitor', { body: visitorBody(token, guest) })
  if (answer.kind !== 'ok') return answer
  const decoded = decodeVisitor(answer.body)
  return decoded
    ? { kind: 'registered', ...decoded, token: decoded.token || token }
    : { kind: 'odd', status: answer.status }
}
