import type { InitializeKeys, OfficialField, OfficialMethods } from './contracts'
import { warn } from './warn'

/** `initialize({ … })`: each key is a call. Unknown keys and those that are not given are passed over, as in the official widget. */
export const createInitialize = (
  methods: Omit<OfficialMethods, 'initialize'>,
  setField: (field: OfficialField) => void,
): OfficialMethods['initialize'] => {
  const calls: { [K in keyof InitializeKeys]: (value: InitializeKeys[K]) => void } = {
    customField: setField,
    setCustomFields(fields) {
      if (Array.isArray(fields)) fields.forEach(setField)
      else warn('initialize({ setCustomFields }) takes a list of fields.')
    },
    theme: methods.setTheme,
    department: methods.setDepartment,
    businessUnit: methods.setBusinessUnit,
    guestToken: methods.setGuestToken,
    guestName: methods.setGuestName,
    guestEmail: methods.setGuestEmail,
    registerGuest: methods.registerGuest,
    language: methods.setLanguage,
    agent: methods.setAgent,
    parentUrl: methods.setParentUrl,
    setGuestMetadata: methods.setGuestMetadata,
    hiddenSystemMessages: methods.setHiddenSystemMessages,
  }
  return (given) => {
    for (const [key, value] of Object.entries(Object(given) as object)) {
      if (value === undefined || !Object.hasOwn(calls, key)) continue
      // Each value is that of its own key, which a loop over names cannot say.
      calls[key as keyof InitializeKeys](value as never)
    }
  }
}
