import type { Guest } from '../options'
import { isObject, toJson } from '../wire/json'

/** What is known of a guest, later facts first; custom fields one by one. */
export const mergeGuests = (known: Guest, later: Guest): Guest => {
  // `fromEntries` forgets the names; without undefined and null it is as much a guest as before.
  const given = Object.fromEntries(Object.entries(later).filter(([, value]) => value != null)) as Guest
  const hasCustomFields = known.customFields || given.customFields
  return {
    ...known,
    ...given,
    ...(hasCustomFields && { customFields: { ...known.customFields, ...given.customFields } }),
  }
}

/** As text, whatever the order of fields: the server stores every value as text. */
const canonical = (value: unknown): string =>
  isObject(value)
    ? toJson(
        Object.entries(value)
          .sort()
          .map(([key, inner]) => [key, canonical(inner)]),
      )
    : String(value)

export const isSameGuest = (one: Guest, other: Guest): boolean => canonical(one) === canonical(other)

/** Without the fields that the server has refused, as long as they say the same. */
export const withoutRefused = (guest: Guest, refused: Guest): Guest =>
  // `fromEntries` forgets the names; with fewer of them it is as much a guest as before.
  Object.fromEntries(
    Object.entries(guest).filter(([name, value]) => canonical(value) !== canonical(refused[name as keyof Guest])),
  ) as Guest
