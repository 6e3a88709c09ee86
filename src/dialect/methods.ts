import { hiddenNotes, type Appearance, type Options, type Tagalong } from '../options'
import type { OfficialField, OfficialMethods, OfficialTheme, Say } from './contracts'
import { createGuest, readField } from './guest'
import { createInitialize } from './initialize'
import { warn } from './warn'

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

const appearanceOf = (theme: OfficialTheme): Appearance => ({
  accent: theme.color,
  onAccent: theme.fontColor,
  icon: theme.iconColor,
  title: theme.title,
  offlineTitle: theme.offlineTitle,
  background: theme.background,
  visitorMessage: theme.guestBubbleBackgroundColor,
  agentMessage: theme.agentBubbleBackgroundColor,
  avatars: !theme.hideAgentAvatar,
})

const isSide = (position: string | undefined): position is 'left' | 'right' =>
  position === 'left' || position === 'right'

/** A call that the server may refuse: what it says is on the console, where the official widget keeps it to itself. */
const attempt = (name: string, call: (api: Tagalong) => Promise<unknown>) => (api: Tagalong) =>
  void call(api).catch((error: Error) => warn(`${name}() was refused: ${error.message}`))

const createSetTheme = (say: Say): OfficialMethods['setTheme'] => {
  let theme: OfficialTheme = {}
  return (given) => {
    if (!isObject(given)) return
    theme = { ...theme, ...given }
    const { position } = given
    if (position && !isSide(position)) warn(`setTheme({ position }) takes left or right, not “${position}”.`)
    say({ appearance: appearanceOf(theme), ...(isSide(position) && { position }) })
  }
}

/** Every method of the official widget in our own words. */
export const createMethods = (say: Say): OfficialMethods => {
  const setField = (field: OfficialField) => {
    const { key, value = '', overwrite = true } = readField(field)
    // A refusal is on the console already.
    if (key) say((api) => void api.setCustomField(key, `${value}`, { overwrite }).catch(() => {}))
  }
  const guest = createGuest(say, setField)
  const setDepartment = (department: string) => {
    guest.change({ department: undefined })
    say({ department })
  }
  const setBusinessUnit = (id: string) => {
    if (`${id ?? ''}`.trim()) say({ businessUnit: id })
    else warn('setBusinessUnit() takes an id: clearBusinessUnit() shows all departments again.')
  }

  const methods: Omit<OfficialMethods, 'initialize'> = {
    pageVisited(change) {
      // The server keeps no other kind.
      if (change === 'url' || change === 'title') say((api) => void api.page({ change }))
    },
    setCustomField: (key, value, overwrite) => setField([key, value, overwrite]),
    setTheme: createSetTheme(say),
    setDepartment: (department) => setDepartment(department ?? ''),
    clearDepartment: () => setDepartment(''),
    setGuestToken: (token) => guest.change({ token }),
    setGuestName: (name) => guest.change({ name }),
    setGuestEmail: (email) => guest.change({ email }),
    registerGuest(given) {
      if (isObject(given)) guest.register(given)
    },
    setAgent(agent) {
      if (!agent) return
      const { _id: id, username } = agent
      if (id && username) say({ agent: { id, username } })
      else warn('setAgent() takes { _id, username }: both are needed.')
    },
    setLanguage: (language) => say({ language }),
    showWidget: () => say((api) => api.show()),
    hideWidget: () => say((api) => api.hide()),
    maximizeWidget: () => say((api) => void api.open()),
    minimizeWidget: () => say((api) => void api.close()),
    setBusinessUnit,
    clearBusinessUnit: () => say({ businessUnit: '' }),
    setParentUrl: (triggerUrl) => say({ triggerUrl }),
    setGuestMetadata(metadata) {
      if (isObject(metadata)) say({ metadata })
      else warn('setGuestMetadata() takes an object of texts.')
    },
    setHiddenSystemMessages(types) {
      if (!Array.isArray(types)) return warn('setHiddenSystemMessages() takes a list.')
      for (const type of types)
        if (!hiddenNotes.includes(type))
          warn(`setHiddenSystemMessages() takes ${hiddenNotes.join(', ')}, not “${type}”.`)
      say({ hiddenNotes: types.filter((type) => hiddenNotes.includes(type)) as Options['hiddenNotes'] })
    },
    transferChat: (department) => say(attempt('transferChat', (api) => api.transfer(department))),
  }
  return { ...methods, initialize: createInitialize(methods, setField) }
}
