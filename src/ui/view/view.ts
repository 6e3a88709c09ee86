import type { Chat } from '../../chat/contracts'
import type { Core } from '../../visitor/contracts'
import type { Strings } from '../strings/en'

/** What every screen is given. */
export interface View {
  core: Core
  chat: Chat
  /** The words. */
  strings: Strings
  language: string
  /** How many messages the visitor had not read when the panel opened. */
  unread: number
  /** A style sheet that came with a later part; each is taken once. */
  adopt(css: string): void
}

/** Nothing of the server or the host becomes an address a click could run as a script. */
export const safeHref = (href: string | undefined): string | undefined =>
  href && /^(https?:|mailto:|tel:)/i.test(href) ? href : undefined
