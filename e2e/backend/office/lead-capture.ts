import type { Message, Office, Room } from './contracts.ts'

/** The server's own expressions, as they come. */
const email = /\b[A-Z0-9._%+-]+@(?:[A-Z0-9-]+\.)+[A-Z]{2,4}\b/gi
const phone =
  /((?:\([0-9]{1,3}\)|[0-9]{2})[ -]*?[0-9]{4,5}(?:[-\s_]{1,2})?[0-9]{4}(?:(?=[^0-9])|$)|[0-9]{4,5}(?:[-\s_]{1,2})?[0-9]{4}(?:(?=[^0-9])|$))/g

/** Addresses and numbers in what a visitor says are kept beside those known: a later registration may be matched by them. */
export function captureLead(office: Office, room: Room, { msg }: Message): void {
  const visitor = office.store.visitorById(room.v._id)
  const emails = msg.match(email) ?? []
  const phones = msg.match(phone) ?? []
  if (!visitor || emails.length + phones.length === 0) return
  const addresses = new Set([...(visitor.visitorEmails ?? []).map(({ address }) => address), ...emails])
  const numbers = new Set([...(visitor.phone ?? []).map(({ phoneNumber }) => phoneNumber), ...phones])
  if (addresses.size > 0) visitor.visitorEmails = [...addresses].map((address) => ({ address }))
  if (numbers.size > 0) visitor.phone = [...numbers].map((phoneNumber) => ({ phoneNumber }))
  office.store.putVisitor(visitor)
}
