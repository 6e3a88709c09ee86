import type { Chat } from '../../chat/contracts'
import type { Core } from '../../visitor/contracts'
import type { Strings } from '../strings/en'
import type { QuestionKind } from './question'

/** What every screen is given. */
export interface View {
  core: Core
  chat: Chat
  /** The words of the language. */
  strings: Strings
  language: string
  /** How many messages the visitor had not read when the panel opened. */
  unread: number
  /** Adds the style sheet of a part that was fetched later; each is added once. */
  adopt(css: string): void
  /** Covers the conversation with a question. */
  ask(kind: QuestionKind): void
  /** A part that was fetched is on screen: the focus goes to its first field, where the panel itself has it. */
  moveFocus(): void
}

/** An address of the server or the host is taken only if it is one, and a click on it cannot run a script. */
export const safeHref = (href: string | undefined): string | undefined =>
  href && /^(https?:|mailto:|tel:)/i.test(href) && URL.canParse(href) ? href : undefined
