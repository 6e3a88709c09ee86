import type { Guest, Tagalong, Visitor } from '../options'
import type { OfficialField, OfficialGuest, Say } from './contracts'
import { warn } from './warn'

/** A field in either form of the arguments. */
export const readField = (field: OfficialField): { key: string; value?: string; overwrite?: boolean } => {
  if (!Array.isArray(field)) return Object(field) as { key: string }
  const [key, value, overwrite] = field
  return { key, value, overwrite }
}

/** Without what is not said, which would otherwise hide what an option says. */
const said = (guest: Guest): Guest =>
  Object.fromEntries(Object.entries(guest).filter(([, value]) => value !== undefined))

const lower = (text = ''): string => text.trim().toLowerCase()

/** Whether the guest is somebody else than the visitor whom the server knows here: by the first thing that is said of both. */
const isAnother = (guest: Guest, visitor: Visitor): boolean => {
  for (const name of ['email', 'phone', 'name'] as const)
    if (guest[name] && visitor[name]) return lower(guest[name]) !== lower(visitor[name])
  return false
}

export interface GuestMethods {
  change(facts: Guest): void
  register(given: OfficialGuest): void
}

/** Who the visitor is, as the official methods tell it piece by piece. */
export const createGuest = (say: Say, setField: (field: OfficialField) => void): GuestMethods => {
  let guest: Guest = {}
  /** One registration after another: the second of two at once must know of the first. */
  let registering = Promise.resolve()

  const register = async (api: Tagalong, given: Guest): Promise<void> => {
    const visitor = await api.getVisitor()
    // Without a token of their own a second guest would be taken for the first, and read what the first has written.
    if (!given.token && visitor && isAnother(given, visitor)) await api.reset()
    await api.identify(given)
  }

  return {
    change(facts) {
      guest = said({ ...guest, ...facts })
      say({ guest })
    },

    register({ token, name, email, phone, department, username, customFields = [] }) {
      if (username) warn('registerGuest() takes no username: the server gives every visitor one.')
      guest = said({ token, name, email, phone, department })
      const registered = guest
      say((api) => {
        registering = registering.then(() => register(api, registered)).catch(() => {})
        // Only then: what is written before would be somebody else's. And who opens the chat later is the same guest.
        void registering.then(() => api.update({ prechatForm: false, ...(registered === guest && { guest }) }))
      })
      if (Array.isArray(customFields)) customFields.forEach(setField)
    },
  }
}
