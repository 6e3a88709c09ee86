/** The official widget's own words, as its documentation has them: types only. None of these names may be shortened, for host pages use them. */
import type { Options, Tagalong } from '../options'

/** What is said to our own widget: options, or a function that is called with the object for the host. */
export type Say = (statement: Partial<Options> | ((api: Tagalong) => void)) => void

export interface OfficialGuest {
  token?: string
  name?: string
  email?: string
  department?: string
  phone?: string
  username?: string
  customFields?: OfficialField[]
}

export interface OfficialTheme {
  color?: string
  fontColor?: string
  iconColor?: string
  title?: string
  offlineTitle?: string
  position?: string
  background?: string
  guestBubbleBackgroundColor?: string
  agentBubbleBackgroundColor?: string
  hideGuestAvatar?: boolean
  hideAgentAvatar?: boolean
  hideExpandChat?: boolean
}

/** As an object up to 1.13, as a tuple since. */
export type OfficialField =
  | { key: string; value?: string; overwrite?: boolean }
  | [key: string, value?: string, overwrite?: boolean]

export interface OfficialAgent {
  _id?: string
  username?: string
}

/** What `initialize` takes. */
export interface InitializeKeys {
  customField: OfficialField
  setCustomFields: OfficialField[]
  theme: OfficialTheme
  department: string
  businessUnit: string
  guestToken: string
  guestName: string
  guestEmail: string
  registerGuest: OfficialGuest
  language: string
  agent: OfficialAgent
  parentUrl: string
  setGuestMetadata: Record<string, string>
  hiddenSystemMessages: string[]
}

/** `RocketChat.livechat`, and `this` in functions that are handed to `RocketChat`; the registrars of callbacks are in `callbacks.ts`. */
export interface OfficialMethods {
  initialize(given: Partial<InitializeKeys>): void
  pageVisited(change: string): void
  setCustomField(key: string, value?: string, overwrite?: boolean): void
  setTheme(theme: OfficialTheme): void
  setDepartment(idOrName: string): void
  clearDepartment(): void
  setGuestToken(token: string): void
  setGuestName(name: string): void
  setGuestEmail(email: string): void
  registerGuest(guest: OfficialGuest): void
  setAgent(agent: OfficialAgent): void
  setLanguage(tag: string): void
  showWidget(): void
  hideWidget(): void
  maximizeWidget(): void
  minimizeWidget(): void
  setBusinessUnit(id: string): void
  clearBusinessUnit(): void
  setParentUrl(url: string): void
  setGuestMetadata(metadata: Record<string, string>): void
  setHiddenSystemMessages(types: string[]): void
  transferChat(department: string): void
}
