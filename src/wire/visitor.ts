/** A visitor as the server writes them, in answers and in what the official widget keeps of them. */
import { asObjects, asText } from './coerce'
import type { Json } from './json'

export interface WireVisitor {
  visitorId: string
  username: string
  name?: string
  email?: string
  phone?: string
  department?: string
}

export const textOrNone = (value: unknown): string | undefined => asText(value) || undefined

/** Undefined for what is no visitor. */
export const decodeWireVisitor = (value: Json): WireVisitor | undefined => {
  const visitorId = asText(value._id)
  return visitorId
    ? {
        visitorId,
        username: asText(value.username),
        name: textOrNone(value.name),
        email: textOrNone(asObjects(value.visitorEmails)[0]?.address),
        phone: textOrNone(asObjects(value.phone)[0]?.phoneNumber),
        department: textOrNone(value.department),
      }
    : undefined
}
